// The list of applications: those open first with what comes next, then those decided.
import { type PageRequest, page } from '#acts/page.ts'
import { assessmentsOf, countsLine, latestFiled } from '#domains/assessments/index.ts'
import { pager } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { applicationsPage as applicationsFound } from './finds.ts'
import { applicationBadge, called, numberIn } from './parts.ts'
import { stageName } from './rules.ts'
import { stages } from './terms.ts'
import { type Application, ApplicationStage, openStages } from './words.ts'

const perPage = 50
const decidedStages = ApplicationStage.options.filter(stage => !openStages.includes(stage))

async function loads({ read, query, names, term }: PageRequest) {
  const number = numberIn(query, 'page')
  const open = await applicationsFound(read, { stages: openStages, limit: 200 })
  const found = await applicationsFound(read, {
    stages: decidedStages,
    limit: perPage + 1,
    from: (number - 1) * perPage,
  })
  const decided = found.slice(0, perPage)
  const ids = [...open, ...decided].map(({ id }) => id)
  return {
    open,
    decided,
    number,
    hasMore: found.length > perPage,
    filed: await latestFiled(read, ids),
    asked: new Set((await assessmentsOf(read, ids)).map(({ subject }) => subject)),
    names: await names([...open, ...decided].map(({ applicant }) => applicant)),
    stages: term(stages),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const resultOf = ({ filed, asked }: Loaded, id: string): Html => {
  const found = filed.get(id)
  if (found) return countsLine(found.findings.counts)
  return html`<span class="quiet">${asked.has(id) ? 'not yet there' : 'none'}</span>`
}

const rowOf = (one: Application, loaded: Loaded): Row => ({
  name: link({ label: one.name, href: `/applications/${one.id}` }),
  kind: stageName(loaded.stages, one.kind),
  stage: applicationBadge(one),
  filed: dayTime(one.filed),
  by: called(loaded.names, one.applicant),
  result: resultOf(loaded, one.id),
  decided: one.decided ? dayTime(one.decided) : undefined,
})

const columns = [
  { key: 'name', label: 'Project' },
  { key: 'kind', label: 'Applies as' },
  { key: 'stage', label: 'Stage' },
  { key: 'filed', label: 'Filed' },
  { key: 'by', label: 'By' },
  { key: 'result', label: 'Assessment' },
]

const list = (caption: string, rows: readonly Row[], none: string): Html =>
  table({
    caption,
    isCaptionHidden: true,
    columns: caption === 'Decided' ? [...columns, { key: 'decided', label: 'Decided' }] : columns,
    rows,
    empty: none,
  })

export const applicationsPage = page({
  path: '/applications',
  loads,
  shows(loaded: Loaded) {
    const { open, decided, number, hasMore } = loaded
    const pages = pager({
      newer: number > 1 ? `/applications?page=${number - 1}` : undefined,
      older: hasMore ? `/applications?page=${number + 1}` : undefined,
      summary: `Page ${number}`,
    })
    return {
      title: 'Applications',
      summary:
        'Projects that ask to be taken in, or to be moved to the next stage, and what was decided about them and why.',
      isWide: true,
      next: [{ kind: 'link' as const, label: 'Apply for a project', href: '/apply', weight: 'main' as const }],
      sections: [
        {
          title: 'Open',
          id: 'open',
          body: list(
            'Open',
            open.map(one => rowOf(one, loaded)),
            'No application is open.',
          ),
        },
        {
          title: 'Decided',
          id: 'decided',
          body: html`${list(
            'Decided',
            decided.map(one => rowOf(one, loaded)),
            'None has been decided yet.',
          )}${(number > 1 || hasMore) && pages}`,
        },
      ],
    }
  },
})
