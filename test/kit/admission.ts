// What the story of an admission needs of each shipped charter, and the cast that plays it on either.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stoppedByRule } from '#acts/problems.ts'
import { codeOfConduct, hashOfCode } from '#domains/conduct/index.ts'
import { arrives, type Deed, does, type Expected, type Face, returns, type Somebody } from './faces.ts'
import { type Hall, officerEmail } from './hall.ts'
import { type FakeCommit, makeRepository } from './repositories.ts'

type Rule = { readonly id: string; readonly clauses: readonly string[] }

/** The same story asks each charter for its own bodies, numbers and clauses. */
export type Statutes = {
  readonly charter: 'pytorch' | 'example'
  readonly group: string
  /** Five seats of the group, the chair's first. */
  readonly seats: readonly [string, string, string, string, string]
  readonly businessSeat: string
  readonly minimumHours: number
  readonly votingDays: number
  /** Whether a vote may be changed until the close: then no outcome is certain before. */
  readonly mayChange: boolean
  readonly rules: Readonly<Record<'conduct' | 'interest' | 'second' | 'spheres' | 'share', Rule>>
  readonly deciding: readonly string[]
  readonly reapplying: { readonly clauses: readonly string[]; readonly months: number }
  /** How the vote stands with three for: before the recusal of one of five seats, and after it. */
  readonly tallies: readonly [before: string, after: string]
  /** A project of the landscape that is near to what the applicant writes. */
  readonly near: string
}

export const statutes: readonly Statutes[] = [
  {
    charter: 'pytorch',
    group: 'ecosystem-working-group',
    seats: ['co-chair-1', 'co-chair-2', 'member-1', 'member-2', 'member-3'],
    businessSeat: 'governing-board/platinum-1',
    minimumHours: 72,
    votingDays: 7,
    mayChange: false,
    rules: {
      conduct: { id: 'conduct-accepted', clauses: ['4'] },
      interest: { id: 'interested-party', clauses: ['3.c'] },
      second: { id: 'own-second', clauses: ['3.c'] },
      spheres: { id: 'separate-spheres', clauses: ['3.c'] },
      share: { id: 'employer-share', clauses: ['3.b', '3.c'] },
    },
    deciding: ['2.a', '3.c'],
    reapplying: { clauses: ['2.a'], months: 3 },
    tallies: [
      'Needs 3 for of 5 seats, has 2; quorum needs 3, has 2.',
      'Needs 3 for of 4 seats, has 2; quorum needs 3, has 2.',
    ],
    near: 'pytorch-geometric',
  },
  {
    charter: 'example',
    group: 'cultivar-review-group',
    seats: ['lead', 'reviewer-1', 'reviewer-2', 'reviewer-3', 'reviewer-4'],
    businessSeat: 'board-of-trustees/patron-1',
    minimumHours: 24,
    votingDays: 5,
    mayChange: true,
    rules: {
      conduct: { id: 'good-neighbour', clauses: ['5'] },
      interest: { id: 'no-vote-for-your-own', clauses: ['2.1'] },
      second: { id: 'two-hands', clauses: ['2.1'] },
      spheres: { id: 'trustees-keep-out', clauses: ['4.1'] },
      share: { id: 'share-of-seats', clauses: ['4.2'] },
    },
    deciding: ['2.1', '4.3'],
    reapplying: { clauses: ['2.2'], months: 6 },
    tallies: [
      'Needs 2 for of 2 votes cast, abstentions left out, has 2; quorum needs 3, has 2.',
      'Needs 2 for of 2 votes cast, abstentions left out, has 2; quorum needs 3, has 2.',
    ],
    near: 'sprout-count',
  },
]

export type Story = {
  readonly hall: Hall
  readonly statutes: Statutes
  /** The face through which everything is done; refusals are met at both. */
  readonly by: Face
}

export type Cast = Readonly<Record<'officer' | 'ada' | 'bea' | 'cal' | 'dov' | 'eve' | 'gil' | 'hal' | 'ivy', Somebody>>

/** Eve works for the company that owns the applicant's; Ivy works where Bea does. */
const employers = {
  officer: 'independent',
  ada: 'Acorn Works',
  bea: 'Birch Labs',
  cal: 'Cedar Mill',
  dov: 'Dogwood Union',
  eve: 'Acorn Holding',
  gil: 'Gorse Partners',
  hal: 'Hazel Institute',
  ivy: 'Birch Labs',
} as const satisfies Record<keyof Cast, string>

const names = Object.keys(employers).filter((name): name is keyof Cast => name !== 'officer')

export const act = ({ hall, by }: Story, who: Somebody, deed: Deed) => does(hall, who, { ...deed, by })

export const today = ({ hall }: Story): string => hall.clock.at().slice(0, 10)

export const accepting = ({ hall }: Story): Deed => ({
  act: 'conduct.accept',
  on: '/conduct',
  settled: { hash: hashOfCode(hall.app.engine.term(codeOfConduct)) },
})

export const appointing = (story: Story, seat: string, person: Somebody): Deed => ({
  act: 'bodies.appoint',
  on: `/seats/${encodeURIComponent(seat)}`,
  settled: { seat, from: today(story) },
  types: { person: person.id },
})

const affiliating = (organisation: string): Deed => ({
  act: 'people.affiliate',
  on: '/account',
  holding: 'Add an organisation I work for',
  types: { organisation, from: '2024-01-01' },
})

async function organisations(story: Story, officer: Somebody): Promise<void> {
  for (const name of new Set(Object.values(employers)))
    if (name !== 'independent')
      await act(story, officer, { act: 'people.add-organisation', on: '/organisations', types: { name } })
  await act(story, officer, {
    act: 'people.state-control',
    on: '/organisations',
    types: { child: 'acorn-works', parent: 'acorn-holding', from: '2020-01-01' },
  })
}

/** Everybody signs in and says whom they work for; all but Ada and Dov accept the code. */
export async function gathers(story: Story): Promise<Cast> {
  const officer = await returns(story.hall, officerEmail)
  await act(story, officer, accepting(story))
  await organisations(story, officer)
  const cast: Partial<Record<keyof Cast, Somebody>> = { officer }
  for (const name of names) {
    const person = await arrives(
      story.hall,
      `${name}@people.example`,
      `${name[0]?.toUpperCase()}${name.slice(1)} Example`,
    )
    await act(story, person, affiliating(employers[name]))
    if (name !== 'ada' && name !== 'dov') await act(story, person, accepting(story))
    cast[name] = person
  }
  return cast as Cast // every name has arrived
}

/** What both faces say when this rule of the charter stops an act, in the charter's own words. */
export function stoppedBy({ hall, statutes: { rules } }: Story, rule: keyof Statutes['rules']): Expected {
  const { id, clauses } = rules[rule]
  const found = hall.app.charters.current().rules.find(one => one.id === id)
  if (!found) throw new Error(`The charter has no rule ${id}`)
  return { problem: stoppedByRule, status: 403, clauses, detail: `${found.title}.`, remedy: found.remedy }
}

const day = 86_400

/** A well-kept repository whose last commit is of the day before the story. */
export function cultivated(hall: Hall, name: string): string {
  const until = Math.floor(hall.clock.now() / 1000) - day
  const authors = ['Ada <ada@acorn.example>', 'Bo <bo@elsewhere.example>', 'Cy <cy@third.example>']
  const files: FakeCommit['files'] = {
    'README.md': `# ${name}\n\nTells leaves apart.\n\n## Quick start\n\n\`\`\`\npip install ${name}\n\`\`\`\n`,
    LICENSE: readFileSync(join(import.meta.dirname, '..', '..', 'LICENSE'), 'utf8'),
    'CONTRIBUTING.md': `# Contributing\n\n${'Open an issue, then send a change with a test. '.repeat(8)}\n`,
    'MAINTAINERS.md': '# Maintainers\n\n- @ada\n- @bo\n',
    'SECURITY.md': 'Write to security@acorn.example. We answer within three days and tell you what we found.\n',
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0.0"\n`,
  }
  const commits = Array.from(
    { length: 40 },
    (_, index): FakeCommit => ({
      at: until - (40 - index) * day,
      author: authors[index % 3] ?? '',
      files: index === 0 ? files : { 'notes.md': `Day ${index}\n` },
    }),
  )
  return makeRepository(join(hall.repositories, `${name}.git`), commits)
}

export type Filled = { readonly kind: string; readonly summary: string; readonly similar?: readonly string[] }

/** An application as a maintainer types it, to the first stage unless said otherwise. */
export const filled = (name: string, repository: string, more: Partial<Filled> = {}) => ({
  kind: 'ecosystem',
  summary: 'Graph networks that count seedlings and germinating leaves in photographs.',
  ...{ name, repository, licence: 'Apache-2.0' },
  goals: 'Anybody can count leaves on a small machine.',
  nonGoals: 'Not a general picture classifier, and not a server.',
  contacts: [
    { name: 'Ada Example', email: 'ada@acorn.example' },
    { name: 'Bo Example', email: 'bo@elsewhere.example' },
  ],
  isMaintainer: true,
  ...more,
})
