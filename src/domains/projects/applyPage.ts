// Applying in two steps that need no script: first what the project is, then the whole form with the nearest projects proposed.
import { z } from 'zod'
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import type { JsonSchema } from '#html/fields.ts'
import { form } from '#html/form.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { ApplyInput } from './applying.ts'
import { similarList } from './parts.ts'
import { similarTo } from './similar.ts'
import { applying, reapplying, type Stage, stages } from './terms.ts'
import type { Project } from './words.ts'

const first = ['kind', 'name', 'repository', 'summary'] as const

const whole: JsonSchema = z.toJSONSchema(ApplyInput, { io: 'input' })

const kinds = (all: readonly Stage[]): JsonSchema => ({
  title: 'Stage applied for',
  enum: all.map(({ key }) => key),
  labels: Object.fromEntries(all.map(({ key, name }) => [key, name])),
})

const proposed = (similar: readonly Project[]): JsonSchema => ({
  title: 'Similar projects',
  description:
    'The nearest in the landscape by what you wrote. Tick those that your project overlaps with or builds on.',
  type: 'array',
  items: {
    type: 'string',
    enum: similar.map(({ slug }) => slug),
    labels: Object.fromEntries(
      similar.map(({ slug, name, subcategory }) => [slug, subcategory ? `${name} (${subcategory})` : name]),
    ),
  },
})

function firstSchema(all: readonly Stage[]): JsonSchema {
  const properties = Object.fromEntries(first.map(name => [name, whole.properties?.[name] ?? {}]))
  return { ...whole, properties: { ...properties, kind: kinds(all) }, required: [...first] }
}

function wholeSchema(all: readonly Stage[], similar: readonly Project[]): JsonSchema {
  const asked = { ...whole.properties, kind: kinds(all) }
  return { ...whole, properties: similar.length > 0 ? { ...asked, similar: proposed(similar) } : asked }
}

/** Where everybody begins. */
const firstStage = (all: readonly Stage[]): string => all.find(({ requires }) => requires === null)?.key ?? ''

/** Rehearsed as if it were filled in, so that nobody fills in a long form to be told that they may not send it. */
function sample(all: readonly Stage[], contacts: number): Record<string, unknown> {
  const text = 'As somebody who fills in this form would write it.'
  const contact = (_: unknown, index: number) => ({ name: 'A maintainer', email: `maintainer-${index}@sample.example` })
  return {
    kind: firstStage(all),
    name: 'A project that nobody has named so',
    repository: 'https://sample.example/no/such/repository',
    licence: 'Apache-2.0',
    ...{ summary: text, goals: text, nonGoals: text },
    contacts: Array.from({ length: contacts }, contact),
    isMaintainer: true,
  }
}

async function loads({ read, query, term, offer }: PageRequest) {
  const given = Object.fromEntries(first.map(name => [name, query.get(name)?.slice(0, 1000) ?? '']))
  const typed: Record<string, string> = { ...given, kind: given.kind || firstStage(term(stages)) }
  const isSecond = Boolean(typed.name && typed.summary)
  const similar = isSecond ? await similarTo(read, { text: `${typed.name} ${typed.summary}` }) : []
  return {
    typed,
    isSecond,
    similar,
    stages: term(stages),
    term: { ...term(applying), ...term(reapplying) },
    offer: await offer('projects.apply', sample(term(stages), term(applying).contacts)),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const stepOne = ({ typed, stages: all }: Loaded): Section => ({
  title: 'Step 1 of 2: the project',
  id: 'step-1',
  says: 'From this the nearest projects of the landscape are looked up. Nothing is filed yet.',
  body: form({
    name: 'apply-first',
    action: '/apply',
    method: 'get',
    schema: firstSchema(all),
    submit: 'Look for similar projects',
    values: typed,
  }),
})

const none = html`<p>Nothing in the landscape is near to what you wrote. Name similar projects below if you know some.</p>`

const nearest = ({ similar, typed }: Loaded): Html =>
  html`${similar.length > 0 ? similarList(similar) : none}<p>${link({ label: 'Change the summary', href: `/apply?${new URLSearchParams({ ...typed, summary: '' })}` })}</p>`

const stepTwo = (loaded: Loaded): Section => ({
  title: 'Step 2 of 2: the application',
  id: 'step-2',
  says: 'Everything but the contacts becomes public. The repository is assessed as soon as you file.',
  body: form({
    name: 'apply',
    action: '/acts/projects/apply',
    schema: wholeSchema(loaded.stages, loaded.similar),
    submit: 'File the application',
    values: loaded.typed,
    hidden: { _return: '/applications/{application}' },
    after: 'It becomes an entry in the public record, the repository is assessed, and the body that decides is told.',
  }),
})

const stagesSection = ({ stages: all, term: { contacts, months } }: Loaded): Section => ({
  title: 'What is asked of a project',
  id: 'asked',
  says: `Goals and non-goals are both needed, and ${contacts} maintainers as contacts. A declined project may apply again after ${months} months.`,
  body: table({
    caption: 'Stages',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Stage' },
      { key: 'describes', label: 'What it is' },
      { key: 'requires', label: 'Only after' },
    ],
    rows: all.map(({ name, describes, requires, criteria }) => ({
      name,
      describes: html`${describes} <span class="quiet">Criteria: <code>${criteria}</code>.</span>`,
      requires: all.find(({ key }) => key === requires)?.name,
    })),
    empty: '',
  }),
})

function sectionsOf(loaded: Loaded): Section[] {
  if (loaded.offer.refusal) return [stagesSection(loaded)]
  if (!loaded.isSecond) return [stepOne(loaded), stagesSection(loaded)]
  return [{ title: 'Nearest projects', id: 'nearest', body: nearest(loaded) }, stepTwo(loaded)]
}

export const applyPage = page({
  path: '/apply',
  loads,
  shows(loaded: Loaded, view: PageView) {
    const { refusal } = loaded.offer
    return {
      crumbs: [{ label: 'Applications', href: '/applications' }],
      title: 'Apply for a project',
      summary: 'A maintainer asks that a project be taken into the landscape, or be moved to the next stage.',
      ...(refusal && { next: [view.action(loaded.offer)] }),
      sections: sectionsOf(loaded),
    }
  },
})
