// Requirements excused for a project and a time: who asked, who decided, why, and until when.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { called, type Names, projectBy } from '#domains/projects/index.ts'
import { actionList } from '#html/action.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { waiversIn } from './finds.ts'
import { waiverBadge } from './marks.ts'
import { mayReview, offerAsking, sampleText } from './offers.ts'
import { isInForce } from './rules.ts'
import { planFor, reviewing } from './terms.ts'
import type { Waiver } from './words.ts'

const path = '/stewardship/waivers'

export const waiverTable = (
  list: readonly Waiver[],
  { names, withProject }: { names: Names; withProject: boolean },
): Html => {
  const rowOf = (one: Waiver): Row => ({
    check: html`<span id="${one.id}">${one.check}</span>`,
    project: called(names, one.project),
    state: waiverBadge(one.state),
    until: dayTime(one.until),
    reason: one.reason,
    asked: html`${called(names, one.requester)}, ${dayTime(one.requested)}`,
    decided: one.decided ? html`${called(names, one.decider)}, ${dayTime(one.decided)}<br>${one.decision}` : '',
    entry: link({ label: 'entry', href: `/record/${one.entry}` }),
  })
  return table({
    caption: 'Waivers',
    isCaptionHidden: true,
    columns: [
      { key: 'check', label: 'Requirement' },
      ...(withProject ? [{ key: 'project', label: 'Project' }] : []),
      { key: 'state', label: 'State' },
      { key: 'until', label: 'Until' },
      { key: 'reason', label: 'Why' },
      { key: 'asked', label: 'Asked by' },
      { key: 'decided', label: 'Decided by' },
      { key: 'entry', label: 'Record' },
    ],
    rows: list.map(rowOf),
    empty: 'There is none.',
  })
}

async function offersFor(request: PageRequest, waiver: Waiver) {
  const project = await projectBy(request.read, waiver.project)
  const body = planFor(request.term(reviewing), project?.stage ?? '')?.body
  const mayEnd = mayReview(request, body) || waiver.requester === request.viewer?.person
  if (!project || !mayEnd) return undefined
  return {
    waiver,
    name: project.name,
    decide:
      waiver.state === 'requested' && mayReview(request, body)
        ? await offerAsking(request, 'stewardship.decide-waiver', {
            input: { waiver: waiver.id },
            sample: { decision: 'granted', reason: sampleText },
          })
        : undefined,
    end: await request.offer('stewardship.end-waiver', { waiver: waiver.id }),
  }
}

async function loads(request: PageRequest) {
  const { read, names, at } = request
  const all = await waiversIn(read)
  const live = all.filter(one => one.state === 'requested' || isInForce(one, at))
  const ids = all.flatMap(({ project, requester, decider }) => [project, requester, ...(decider ? [decider] : [])])
  return {
    ...{ all, live },
    names: await names([...new Set(ids)]),
    offers: (await Promise.all(live.map(waiver => offersFor(request, waiver)))).flatMap(one => one ?? []),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

function yours({ offers }: Loaded, view: PageView): Section[] {
  if (offers.length === 0) return []
  const blocks = offers.map(
    ({ waiver, name, decide, end }) =>
      html`<h3>${waiver.check} for ${name}</h3>${actionList([...(decide ? [view.action(decide, { weight: 'main' })] : []), view.action(end)])}`,
  )
  return [{ title: 'Yours to decide or end', id: 'yours', body: html`${blocks}` }]
}

export const waiversPage = page({
  path,
  loads,
  shows(loaded: Loaded, view) {
    const { all, live, names } = loaded
    const over = all.filter(one => !live.includes(one))
    return {
      crumbs: [{ label: 'Stewardship', href: '/stewardship' }],
      title: 'Waivers',
      summary:
        'A requirement may be excused for one project and a time: one person asks, another decides, and both say why.',
      isWide: true,
      facts: [
        { term: 'In force', value: live.filter(({ state }) => state === 'granted').length },
        { term: 'To be decided', value: live.filter(({ state }) => state === 'requested').length },
      ],
      sections: [
        ...yours(loaded, view),
        { title: 'In force or asked for', id: 'live', body: waiverTable(live, { names, withProject: true }) },
        ...(over.length > 0
          ? [{ title: 'Over', id: 'over', body: waiverTable(over, { names, withProject: true }) }]
          : []),
      ],
    }
  },
})
