// Where reviewers find otherwise than the checks: each with the reason, or who owes it by when.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { type Outcome, standingsAll } from '#domains/assessments/index.ts'
import { type ApplicationReview, called, disagreeingReviews, type Names, projectBy } from '#domains/projects/index.ts'
import { type Action, actionList } from '#html/action.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime, sayDay } from '#html/time.ts'
import { disagreementsIn } from './finds.ts'
import { cellWords, disagreementBadge } from './marks.ts'
import { offerAsking, sampleText } from './offers.ts'
import type { Disagreement } from './words.ts'

const path = '/stewardship/disagreements'
const tickWords = { met: 'Met', 'not-met': 'Not met', 'left-open': 'Left open' } as const

type Shown = { readonly names: Names; readonly outcomes: Readonly<Record<string, Outcome>> }

const isOver = ({ state }: Disagreement): boolean => state === 'withdrawn' || state === 'lapsed'

/** Whether the newest assessment has come round to what the reviewer found. */
const agreesNow = ({ tick, check }: Disagreement, outcomes: Readonly<Record<string, Outcome>>): boolean =>
  (tick === 'met' && outcomes[check] === 'pass') || (tick === 'not-met' && outcomes[check] === 'fail')

function reasonOf(one: Disagreement, { outcomes }: Pick<Shown, 'outcomes'>): Html {
  const owed = one.state === 'owed' && html`<span class="warn">owed by ${dayTime(one.owedBy)}</span>`
  const now =
    !isOver(one) && agreesNow(one, outcomes) && html`<br><span class="quiet">The newest assessment agrees.</span>`
  return html`${one.reason ?? owed}${now}`
}

const columns = [
  { key: 'check', label: 'Requirement' },
  { key: 'outcome', label: 'Assessment' },
  { key: 'tick', label: 'Reviewer' },
  { key: 'who', label: 'Found by' },
  { key: 'state', label: 'State' },
  { key: 'reason', label: 'Reason' },
] as const

const cellsOf = (one: Disagreement, shown: Shown): Row => ({
  check: html`<span id="${one.id}">${link({ label: one.check, href: `/assessments/${one.assessment}#${one.check}` })}</span>`,
  outcome: cellWords[one.outcome],
  tick: tickWords[one.tick],
  who: html`${called(shown.names, one.reviewer)}, ${link({ label: sayDay(one.found), href: `/stewardship/reviews/${one.review}` })}`,
  state: disagreementBadge(one.state),
  reason: reasonOf(one, shown),
})

/** Those of one project or one review. */
export const disagreementTable = (list: readonly Disagreement[], shown: Shown): Html =>
  table({
    caption: 'Where a reviewer finds otherwise than a check',
    isCaptionHidden: true,
    columns,
    rows: list.map(one => cellsOf(one, shown)),
    empty: 'No reviewer has found otherwise than a check.',
  })

async function offersFor(request: PageRequest, list: readonly Disagreement[]) {
  const mine = list.filter(one => one.reviewer === request.viewer?.person && !isOver(one))
  return Promise.all(
    mine.map(async one => ({
      one,
      reason:
        one.state === 'owed'
          ? await offerAsking(request, 'stewardship.give-reason', {
              input: { disagreement: one.id },
              sample: { reason: sampleText },
            })
          : undefined,
      withdraw: await request.offer('stewardship.withdraw-finding', { disagreement: one.id }),
    })),
  )
}

async function loads(request: PageRequest) {
  const { read, query, names } = request
  const ref = query.get('project') ?? ''
  const project = ref === '' ? undefined : await projectBy(read, ref)
  const all = await disagreementsIn(read, project ? { project: project.id } : {})
  const applications = project ? [] : await disagreeingReviews(read)
  const standings = await standingsAll(read)
  const ids = [
    ...all.flatMap(({ project: id, reviewer }) => [id, reviewer]),
    ...applications.flatMap(({ application, person }) => [application, person]),
  ]
  return {
    ...{ project, all, applications, standings },
    names: await names([...new Set(ids)]),
    offers: await offersFor(request, all),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

function listed({ all, names, standings }: Loaded, which: (one: Disagreement) => boolean): Html {
  const rows = all.filter(which).map(one => ({
    project: called(names, one.project),
    ...cellsOf(one, { names, outcomes: standings.get(one.project)?.filed?.outcomes ?? {} }),
  }))
  return table({
    caption: 'Disagreements',
    isCaptionHidden: true,
    columns: [{ key: 'project', label: 'Project' }, ...columns],
    rows,
    empty: 'There is none.',
  })
}

/** Reviewers of applications give the reason with their review, so none is ever owed there. */
function applicationSection({ applications, names }: Loaded): Section[] {
  if (applications.length === 0) return []
  const rows = applications.flatMap((review: ApplicationReview) =>
    review.disagreements.map(({ check, outcome, tick, reason }) => ({
      application: called(names, review.application),
      check: review.assessment ? link({ label: check, href: `/assessments/${review.assessment}#${check}` }) : check,
      outcome,
      tick: tickWords[tick],
      who: html`${called(names, review.person)}, ${dayTime(review.at)}`,
      reason,
    })),
  )
  return [
    {
      title: 'In applications',
      id: 'applications',
      body: table({
        caption: 'Disagreements in reviews of applications',
        isCaptionHidden: true,
        columns: [{ key: 'application', label: 'Application' }, ...columns.filter(({ key }) => key !== 'state')],
        rows,
        empty: '',
      }),
    },
  ]
}

function ownSection({ offers, names }: Loaded, view: PageView): Section[] {
  if (offers.length === 0) return []
  const blocks = offers.map(({ one, reason, withdraw }) => {
    const actions: Action[] = [
      ...(reason ? [view.action(reason, { weight: 'main' })] : []),
      view.action(withdraw, { says: 'A review that rested on it is due again.' }),
    ]
    return html`<h3>${one.check} of ${called(names, one.project)}</h3>${actionList(actions)}`
  })
  return [{ title: 'Yours', id: 'yours', body: html`${blocks}` }]
}

export const disagreementsPage = page({
  path,
  loads,
  shows(loaded: Loaded, view) {
    const { project, all } = loaded
    const count = (state: Disagreement['state']): number => all.filter(one => one.state === state).length
    const ended = all.filter(isOver).length
    return {
      crumbs: [{ label: 'Stewardship', href: '/stewardship' }],
      title: project ? `Disagreements about ${project.name}` : 'Disagreements',
      summary:
        'A reviewer may find otherwise than a check, and then says why. Both stand here, for everybody to judge.',
      isWide: true,
      facts: [
        { term: 'Reason owed', value: count('owed') },
        { term: 'Reason given', value: count('reasoned') },
        { term: 'Withdrawn or lapsed', value: ended },
      ],
      sections: [
        ...ownSection(loaded, view),
        {
          title: 'Standing',
          id: 'standing',
          body: html`${project && html`<p>${link({ label: 'All disagreements', href: path })}</p>`}${listed(loaded, one => !isOver(one))}`,
        },
        ...applicationSection(loaded),
        ...(ended > 0 ? [{ title: 'Withdrawn or lapsed', id: 'over', body: listed(loaded, isOver) }] : []),
      ],
    }
  },
})
