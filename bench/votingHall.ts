// A foundation set up only to vote: an embedded database as in production, one council, and motions opened by the dozen.
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { By } from '#acts/capacity.ts'
import type { Charter } from '#acts/charter.ts'
import { createEngine } from '#acts/engine.ts'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import type { Done, Engine } from '#acts/parts.ts'
import { isRefusal } from '#acts/problem.ts'
import { gather } from '#acts/registry.ts'
import { hashOf } from '#base/canonical.ts'
import { mintId, systemFresh } from '#base/ids.ts'
import { instantOf } from '#base/instants.ts'
import { grantAll } from '#database/grants.ts'
import { openDatabase } from '#database/open.ts'
import { bodies } from '#domains/bodies/index.ts'
import { denialsBy } from '#domains/charter/denials.ts'
import { cedarSchema } from '#domains/charter/schema.ts'
import { motions } from '#domains/motions/index.ts'
import { people } from '#domains/people/index.ts'
import { startSequencer } from '#record/sequencer.ts'
import { newKey, signerOf } from '#record/signer.ts'
import { recordMigrations } from '#record/tables.ts'
import { decision } from '#test/kit/motions.ts'
import { council, councilTerms, nth } from '#test/kit/voters.ts'

type Vote = { readonly motion: string; readonly seat: string; readonly person: string }

export type VotingHall = {
  readonly engine: Engine
  /** Through which face the votes go. */
  readonly face: string
  readonly address: { readonly host: string; readonly user: string; readonly database: string }
  /** One vote for every seat on each of so many new motions. */
  readonly openVotes: (motions: number) => Promise<readonly Vote[]>
  /** Resolves once the entry is in the log under a signed checkpoint. */
  readonly receipt: (entry: string) => Promise<unknown>
  readonly bare: { readonly insert: string; readonly values: () => readonly unknown[] }
  /** Statements sent to the database so far, and transactions rolled back. */
  readonly counts: () => Promise<{ readonly statements: number; readonly rollbacks: number }>
  readonly close: () => Promise<void>
}

const rules = [
  ['open-to-all', 'permit (principal is Person, action, resource is House);'],
  [
    'interested-party',
    'forbid (principal is Person, action == Action::"motions.vote", resource is House) when { principal in context.subjectOrganisations };',
  ],
  [
    'separate-spheres',
    'forbid (principal is Person, action == Action::"motions.vote", resource is House) when { context.sphere == "technical" && principal.businessSeats > 0 };',
  ],
  [
    'own-second',
    'forbid (principal is Person, action == Action::"motions.second", resource is House) when { principal == context.mover };',
  ],
] as const

const placed = rules.map(([id, source]) => ({
  source,
  place: { file: 'bench', line: 1, column: 1 },
  rule: { id, clauses: ['1'], title: id, remedy: id, effect: 'forbid' as const, text: source },
}))

const domains = [people, bodies, motions]
const registry = gather(domains)
const acts = [...registry.acts.values()]
const portrayals = domains.flatMap(({ portrays }) => portrays ?? [])
const opensAtOnce = decision({ secondNeeded: false, votingDays: 7 })

const terms: Readonly<Record<string, unknown>> = councilTerms({ decisions: [opensAtOnce] })
const charter: Charter = {
  hash: hashOf(terms),
  clausesOf: term => [term],
  settles: term => terms[term],
  mandatesFor: () => [],
  denials: denialsBy({ rules: placed, schema: cedarSchema(acts, portrayals), acts, portrayals }),
}

const bareTables = {
  'zz-bench-1': {
    async up(db: Kysely<unknown>) {
      for (const name of ['entries', 'pending', 'motion_seats']) {
        await sql`create table ${sql.table(`bare_${name}`)} (like ${sql.table(name)} including all)`.execute(db)
        await grantAll(db, `bare_${name}`)
      }
    },
  },
}

const bareInsert = `with entry as (
    insert into bare_entries (id, at, act, person, capacity, subjects, leaf, hash)
    values ($1, $2, 'motions.vote', $3, 'seat-holder', $4, $5, $6) returning id, hash
  ), vote as (
    insert into bare_motion_seats (motion, seat, choice, voter, voted_as, voted, vote_entry)
    values ($7, $8, 'for', $3, 'principal', $2, $1)
  )
  insert into bare_pending (entry, hash) select id, hash from entry`

/** The same rows as one vote leaves, with a leaf as long as its own. */
function bareValues(leaf: string): readonly unknown[] {
  const at = instantOf(Date.now())
  const [motion, seat, person] = [mintId('mot'), mintId('sea'), mintId('per')]
  const hash = Buffer.from(hashOf([motion, seat]), 'hex')
  return [mintId('ent'), at, person, [motion, person, seat], leaf, hash, motion, seat]
}

let statements = 0
const query = pg.Client.prototype.query
pg.Client.prototype.query = function counted(this: pg.Client, ...given: Parameters<typeof query>) {
  statements += 1
  return Reflect.apply(query, this, given)
} as typeof query // pg declares one overload for each form; this one hands all of them on

export async function votingHall(
  dataDir: string,
  { connections, seats: count }: { connections: number; seats: number },
): Promise<VotingHall> {
  const migrations = { ...recordMigrations, ...idempotencyMigrations, ...registry.migrations, ...bareTables }
  const database = await openDatabase({ dataDir, migrations, log: () => {}, poolSize: connections + 1 })
  const signer = signerOf('bench.example/log', newKey())
  const sequencer = await startSequencer({ database, signer, log: message => console.error(message) })
  const committed = () => sequencer.nudge()
  const engine = createEngine({
    registry,
    database,
    charters: { current: () => charter, byHash: () => charter },
    fresh: systemFresh,
    committed,
  })

  const done = async (act: string, input: unknown, by: string | By): Promise<Done> => {
    const outcome = await engine.perform({
      act,
      input,
      by:
        typeof by !== 'string'
          ? by
          : by === 'operator'
            ? { program: by }
            : by === 'newcomer'
              ? { newcomer: true }
              : { person: by },
    })
    if (isRefusal(outcome)) throw new Error(`${act} was refused: ${JSON.stringify(outcome)}`)
    return outcome
  }
  const { seats, people: voters } = await council(
    { done, clock: { at: () => instantOf(Date.now()) } },
    { seats: count, sphere: 'technical' },
  )
  let leaf = ''
  return {
    engine,
    face: 'through the engine, no HTTP',
    address: database.pool.options as VotingHall['address'],
    receipt: entry => sequencer.integrated(entry),
    bare: { insert: bareInsert, values: () => bareValues(leaf) },
    async openVotes(wanted) {
      const votes: Vote[] = []
      for (let number = 0; number < wanted; number++) {
        const input = {
          body: 'council',
          title: `Resolution ${number}`,
          reasons: 'So that there is something to vote on.',
        }
        const { entry } = await done('motions.move', input, nth(voters, number % count))
        const motion = String(entry.facts.motion)
        votes.push(...seats.map((seat, at) => ({ motion, seat, person: nth(voters, at) })))
        leaf = JSON.stringify(entry)
      }
      return votes
    },
    async counts() {
      const sent = statements
      const { rows } = await database.pool.query(
        'select xact_rollback::int as rollbacks from pg_stat_database where datname = current_database()',
      )
      return { statements: sent, rollbacks: Number(rows[0]?.rollbacks ?? 0) }
    },
    async close() {
      await sequencer.stop()
      await database.close()
    },
  }
}
