// What a forge says of a repository, as dated observations beside an assessment. They change no outcome and make no score.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'
import { act } from '#acts/act.ts'
import type { Job } from '#acts/domain.ts'
import { refuse } from '#acts/problem.ts'
import { query } from '#acts/query.ts'
import { addDays, Instant } from '#base/instants.ts'
import { grantAll } from '#database/grants.ts'
import type { Read, Write } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import type { Html } from '#html/html.ts'
import { html, link, sayNumber } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { neverAsked, observedLater } from './problems.ts'
import { standingBy } from './standings.ts'
import { assessing } from './terms.ts'
import { SubjectId } from './words.ts'

/** In the order in which they are shown, each with its name. */
const shown = {
  'is-archived': 'Archived by its owners',
  'default-branch': 'Default branch',
  'latest-release': 'Latest release',
  'successful-runs': 'Successful CI runs on it, 14 days',
  'requires-two-factor': 'Owners require two factors',
  'release-downloads': 'Downloads of that release',
  stars: 'Stars',
  forks: 'Forks',
} as const
const names = Object.keys(shown) as (keyof typeof shown)[] // the keys of a literal

export const Observation = z.object({
  name: z.enum(names),
  value: z.union([z.string().max(300), z.number().int().min(0), z.boolean()]),
  at: Instant,
  source: z.url({ protocol: /^https?$/ }),
})
export type Observation = z.infer<typeof Observation>

/** Asks the forge; undefined where no forge is asked about this repository. `kept` spares asking for what has not changed. */
export type LookAtForge = (asked: {
  readonly repository: string
  readonly kept: {
    readonly get: (address: string) => Promise<{ readonly etag: string; readonly body: string } | undefined>
    readonly put: (address: string, answer: { readonly etag: string; readonly body: string }) => Promise<void>
  }
  readonly signal: AbortSignal
}) => Promise<readonly Observation[]>

export type ObservationTables = {
  observations: { subject: string; name: keyof typeof shown; value: string; at: Date; source: string; entry: string }
  /** The forge's answers by address, so that it is asked only whether they have changed. No effect, so not rebuilt. */
  forge_answers: { address: string; etag: string; body: string }
}

export const observationMigrations: Record<string, Migration> = {
  '2026-11-23-assessments-2': {
    async up(db) {
      await sql`create table observations (
        subject text, name text, value text not null, at timestamptz not null, source text not null, entry text not null,
        primary key (subject, name)
      )`.execute(db)
      await sql`create table forge_answers (address text primary key, etag text not null, body text not null)`.execute(
        db,
      )
      for (const name of ['observations', 'forge_answers']) await grantAll(db, name)
    },
  },
}

export const observe = act({
  name: 'assessments.observe',
  title: 'Note what the forge says',
  describes: 'Notes what the forge of a repository says of it, each with its date and the address that shows the same.',
  under: assessing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ subject: SubjectId, observations: z.array(Observation).min(1).max(names.length) }),
  records: z.object({ subject: SubjectId, observations: z.array(Observation) }),
  refuses: [neverAsked, observedLater],
  finds: ({ subject }, read) => standingBy(read, subject),
  decides({ input, found, at }) {
    if (!found) return refuse(neverAsked)
    // The forge's clock and ours may differ by a little.
    return input.observations.some(one => one.at > addDays(at, 1)) ? refuse(observedLater) : input
  },
  async writes(tx, { subject, observations }, entry) {
    const rows = observations.map(({ name, value, at, source }) => ({
      subject,
      name,
      value: JSON.stringify(value),
      at: new Date(at),
      source,
      entry: entry.id,
    }))
    await tx
      .on<ObservationTables>()
      .insertInto('observations')
      .values(rows)
      .onConflict(same =>
        same.columns(['subject', 'name']).doUpdateSet(given => ({
          value: given.ref('excluded.value'),
          at: given.ref('excluded.at'),
          source: given.ref('excluded.source'),
          entry: given.ref('excluded.entry'),
        })),
      )
      .execute()
  },
  says: ({ subject, observations }) =>
    `noted what the forge says of ${subject}: ${observations.length} ${observations.length === 1 ? 'thing' : 'things'}`,
})

const rowsOf = prepared<ObservationTables, { subject: string }>()((db, { subject }) =>
  db.selectFrom('observations').selectAll().where('subject', '=', subject),
)

/** The last word of the forge on each thing, in the order in which they are shown. */
export async function observationsOf(read: Read, subject: string): Promise<readonly Observation[]> {
  const rows = new Map((await rowsOf(read, { subject })).map(row => [row.name, row]))
  return names.flatMap(name => {
    const row = rows.get(name)
    if (!row) return []
    // Written from facts that their schema had checked.
    const value = JSON.parse(row.value) as Observation['value']
    return [{ name, value, at: row.at.toISOString(), source: row.source }]
  })
}

const keptOver = (read: Read, transact: <T>(work: (tx: Write) => Promise<T>) => Promise<T>) => ({
  get: (address: string) =>
    read
      .on<ObservationTables>()
      .selectFrom('forge_answers')
      .select(['etag', 'body'])
      .where('address', '=', address)
      .executeTakeFirst(),
  put: (address: string, answer: { etag: string; body: string }) =>
    transact(async tx => {
      await tx
        .on<ObservationTables>()
        .insertInto('forge_answers')
        .values({ address, ...answer })
        .onConflict(same => same.column('address').doUpdateSet(answer))
        .execute()
    }),
})

const Asked = z.object({ subject: SubjectId, repository: z.string(), asOf: Instant })

/** With every assessment of the present: what the forge said of an earlier day, nobody knows. */
export const observing = (look: LookAtForge | undefined): readonly Job[] => [
  {
    name: 'assessments.look',
    about: ['assessments.request'],
    async work({ facts, at }, { read, transact, signal }) {
      const { subject, repository, asOf } = Asked.parse(facts)
      if (!look || asOf < addDays(at, -1)) return []
      const observations = await look({ repository, kept: keptOver(read, transact), signal })
      return observations.length === 0 ? [] : [{ act: 'assessments.observe', input: { subject, observations } }]
    },
  },
]

export const observationsQuery = query({
  name: 'assessments.observations',
  title: 'What the forge says',
  describes: 'The last word of a project’s forge on each thing, with its date. What is not there is not known.',
  takes: z.object({ subject: SubjectId }),
  gives: z.object({ observations: z.array(Observation) }),
  finds: async ({ subject }, read) => ({ observations: [...(await observationsOf(read, subject))] }),
})

const said = (value: Observation['value']): Html | string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'number' ? sayNumber(value) : value

const rowShown = ({ name, value, at, source }: Observation) => ({
  what: shown[name],
  value: said(value),
  at: dayTime(at),
  source: link({ label: source.replace(/^https?:\/\//, ''), href: source }),
})

const unknownRow = (name: keyof typeof shown) => ({
  what: shown[name],
  value: html`<span class="quiet">unknown</span>`,
})

/** Nothing where the forge was never asked: that a project does not lie on one is no fault. */
export function observedSection(observations: readonly Observation[]): readonly Section[] {
  if (observations.length === 0) return []
  const known = new Map(observations.map(one => [one.name, rowShown(one)]))
  return [
    {
      title: 'What its forge says',
      id: 'forge',
      says: 'Seen from outside at the time given. It decides no requirement and adds up to no score.',
      body: table({
        caption: 'What its forge says',
        isCaptionHidden: true,
        columns: [
          { key: 'what', label: 'What' },
          { key: 'value', label: 'Value' },
          { key: 'at', label: 'Seen' },
          { key: 'source', label: 'Where' },
        ],
        rows: names.map(name => known.get(name) ?? unknownRow(name)),
        empty: '',
      }),
    },
  ]
}
