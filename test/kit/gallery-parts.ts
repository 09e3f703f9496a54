// Page parts in many states: long words, markup as text, right-to-left names, errors, nothing at all. Invented matter.
import { z } from 'zod'
import { outcomeBadge, stageBadge, verdictBadge } from '#html/badge.ts'
import { barChart, intervalChart, lineChart } from '#html/chart.ts'
import { clauseRef } from '#html/clause.ts'
import { codeBlock, shortCode } from '#html/code.ts'
import { filters, pager } from '#html/filter.ts'
import { type Html, html } from '#html/html.ts'
import { progress } from '#html/progress.ts'
import { table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { timeline } from '#html/timeline.ts'

export const now = '2026-11-22T12:00:00.000Z'
export const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
export const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
export const markup = '<script>alert("x")</script><img src=x onerror=alert(1)>'
export const quorum = { id: '3.c', href: '/charter/3.c', pledge: 'Nobody votes on a matter they have a stake in.' }
export const notice14 = {
  id: '2.b',
  href: '/charter/2.b',
  pledge: 'Votes stay open long enough for every seat to be heard.',
}

const application = z.object({
  name: z.string().min(2).max(80).meta({ title: 'Project', description: 'As it is known, without a version.' }),
  repository: z.url().meta({ title: 'Repository' }),
  contact: z
    .email()
    .optional()
    .meta({ title: 'Contact', description: 'Sealed: only the council reads it.', autocomplete: 'email' }),
  stage: z.enum(['ecosystem', 'hosted']).meta({
    title: 'Wishes to join as',
    labels: { ecosystem: 'Ecosystem project', hosted: 'Foundation-hosted project' },
  }),
  licence: z.enum(['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MPL-2.0']).meta({ title: 'Licence' }),
  summary: z.string().max(600).meta({ title: 'Summary', widget: 'text' }),
  nonGoals: z.array(z.string()).meta({ description: 'What the project will not do.' }),
  founded: z.iso.date().optional().meta({ title: 'First release' }),
  maintainers: z
    .array(
      z.object({
        name: z.string().meta({ title: 'Name' }),
        hours: z.number().min(0).optional().meta({ title: 'Hours a week' }),
      }),
    )
    .max(6)
    .meta({ title: 'Maintainer' }),
  fields: z
    .array(z.enum(['vision', 'speech', 'tooling']))
    .optional()
    .meta({ title: 'Fields' }),
  accepts: z.literal(true).meta({ title: 'The maintainers accept the code of conduct' }),
})
export const schema = z.toJSONSchema(application, { io: 'input' })

const names = ['Anvil', 'Brindle', 'Cooper', 'Drover', 'Ember', 'Fettle', 'Gauge', 'Hawser', 'Ingot', 'Joist']
const fieldsOfWork = ['Training', 'Inference', 'Data', 'Tooling']

const register = Array.from({ length: 200 }, (_, index) => ({
  name: html`<a href="/projects/${index}">${names[index % 10] ?? ''} ${Math.floor(index / 10) + 1}</a>`,
  field: fieldsOfWork[index % 4] ?? '',
  stage: index % 5 === 0 ? stageBadge('Applied') : stageBadge('Admitted', 'good'),
  since: index % 5 === 0 ? undefined : dayTime(`${2021 + (index % 5)}-0${1 + (index % 9)}-14`),
  commits: ((index * 7919) % 4000) + 12,
}))

export const hostile = [
  {
    name: longWord,
    field: 'Data',
    stage: stageBadge('Declined', 'bad'),
    since: dayTime('2024-02-29'),
    commits: 1234567,
  },
  { name: markup, field: markup, stage: stageBadge(markup), since: null, commits: 0 },
  {
    name: html`<span dir="auto">مؤسسة البرمجيات الحرة للتعلّم الآلي</span>`,
    field: 'Training',
    stage: stageBadge('Open', 'warn'),
    since: undefined,
    commits: 42,
  },
]

export const registerTable = (caption: string, rows: typeof register | typeof hostile): Html =>
  table({
    caption,
    columns: [
      { key: 'name', label: 'Project', sort: { href: '?sort=-name', direction: 'ascending' } },
      { key: 'field', label: 'Field' },
      { key: 'stage', label: 'Stage' },
      { key: 'since', label: 'Since', sort: { href: '?sort=since' } },
      { key: 'commits', label: 'Commits in 90 days', align: 'end', sort: { href: '?sort=commits' } },
    ],
    rows,
    empty: 'No project matches these filters.',
    totals: { name: `${rows.length} projects`, commits: rows.reduce((sum, row) => sum + row.commits, 0) },
  })

export const acts = timeline([
  {
    at: '2026-11-21T16:05:00.000Z',
    sentence: html`<a href="/people/1">The chair of the council</a> opened <a href="/motions/7">Admit Brindle as an ecosystem project</a> to votes.`,
    clauses: [notice14],
    receipt: { label: 'Entry 1,204', href: '/record/1204' },
  },
  {
    at: '2026-11-21T09:30:00.000Z',
    sentence: 'Seat 4 recused itself: it works for the organisation behind the applicant.',
    clauses: [quorum, notice14],
    receipt: { label: 'Entry 1,203', href: '/record/1203' },
    note: 'Recused seats do not count towards the majority.',
  },
  {
    at: '2026-11-19T08:00:00.000Z',
    sentence: 'A maintainer gave the contacts of the project.',
    clauses: [quorum],
    receipt: { label: 'Entry 1,180', href: '/record/1180' },
    mark: 'sealed',
  },
  {
    at: '2026-11-19T07:12:00.000Z',
    sentence: 'The name of this person was erased at their own request.',
    receipt: { label: 'Entry 1,179', href: '/record/1179' },
    mark: 'erased',
  },
])

export const counts = html`${progress({ label: 'Quorum', needs: 12, has: 14, of: 23, formula: 'A majority of the 23 seats.' })}${progress(
  {
    label: 'Votes for',
    needs: 12,
    has: 9,
    of: 23,
    formula: 'More than 1/2 of the seats; abstentions count as seats, not as votes for.',
    pending: {
      label: 'May still vote',
      who: [{ label: 'Seat 3', href: '/seats/3' }, { label: 'Seat 9', href: '/seats/9' }, longWord],
    },
  },
)}`

const basis = {
  period: '1 January to 31 October 2026',
  known: { has: 131, of: 137, what: 'projects' },
  formula: html`commits by outside people ÷ all commits, <a href="/record/9">evidence</a>`,
}
export const charts = html`${barChart({
  ...basis,
  title: 'Projects by field',
  bars: [
    { label: 'Training', value: 52, href: '/projects?field=training' },
    { label: 'Inference', value: 38 },
    { label: 'Data', value: 27, note: '3 new' },
    { label: longWord, value: 1.5 },
    { label: 'None', value: 0 },
  ],
})}
${intervalChart({
  ...basis,
  title: 'Share of outside work',
  unit: '%',
  min: 0,
  max: 100,
  reference: { label: 'the pledge', value: 40 },
  intervals: [
    { label: 'Training', low: 31, high: 52, estimate: 41 },
    { label: 'Inference', low: 12, high: 33, estimate: 22.5 },
  ],
})}
${lineChart({ ...basis, title: 'Members over time', points: [3, 5, 8, null, 11, 14, 13, 19, 23].map((value, index) => ({ label: `${2018 + index}`, value })) })}`

export const standings = html`<p>${outcomeBadge('pass')} ${outcomeBadge('fail')} ${outcomeBadge('unknown')} ${outcomeBadge('needs a person')}</p>
<p>${verdictBadge('kept')} ${verdictBadge('strained')} ${verdictBadge('broken')} ${verdictBadge('not measured')}</p>
<p>${stageBadge('Draft', 'quiet')} ${stageBadge('Open')} ${stageBadge('Carried', 'good')} ${stageBadge('Lost', 'bad')} ${stageBadge('Closing', 'warn')}</p>
<p>Leaf ${shortCode(hash)}, under ${clauseRef(quorum)}, at ${instantTime('2026-11-25T18:00:00.000Z', now)}.</p>
${codeBlock(`example.org/log\n1204\n${hash}`, 'Checkpoint')}`

export const typed = {
  name: 'B',
  repository: 'not an address',
  stage: 'hosted',
  summary: `${markup}\n\n${longWord}`,
  nonGoals: ['To train models', markup],
  maintainers: [{ name: 'R. Ashdown', hours: 'many' }],
}
export const errors = [
  { path: 'name', message: 'Use at least 2 characters.' },
  { path: 'repository', message: 'Give a web address such as https://example.org/project.git' },
  { path: 'maintainers.0.hours', message: 'Give a number.' },
  { path: 'accepts', message: 'Somebody must accept the code of conduct for the project.' },
  { path: '', message: 'The project has applied before; it may reapply from 3 March 2027.' },
]

export const finder = html`${filters({
  action: '/projects',
  search: { name: 'q', label: 'Search names and summaries', value: 'an' },
  selects: [
    {
      name: 'field',
      label: 'Field',
      any: 'Any field',
      value: 'Data',
      choices: fieldsOfWork.map(value => ({ value, label: value, count: 50 })),
    },
  ],
  chips: [
    { label: 'Field: Data', href: '/projects?q=an' },
    { label: 'Search: an', href: '/projects?field=Data' },
  ],
  clear: '/projects',
})}
${registerTable('Projects by name', register)}${pager({ newer: '?page=1', older: '?page=3', summary: '201 to 400 of 1,204' })}`
