// The floor of the votes: the rows that one vote leaves, in one statement, into tables like the real ones.
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { hashOf } from '#base/canonical.ts'
import { mintId } from '#base/ids.ts'
import { instantOf } from '#base/instants.ts'
import { kyselyOver } from '#database/pool.ts'
import { rate } from './figures.ts'

const tables = ['entries', 'pending', 'motion_seats']

const insert = `with entry as (
    insert into bare_entries (id, at, act, person, capacity, subjects, leaf, hash)
    values ($1, $2, 'motions.vote', $3, 'seat-holder', $4, $5, $6) returning id, hash
  ), vote as (
    insert into bare_motion_seats (motion, seat, choice, voter, voted_as, voted, vote_entry)
    values ($7, $8, 'for', $3, 'principal', $2, $1)
  )
  insert into bare_pending (entry, hash) select id, hash from entry`

/** The same rows as one vote leaves, with a leaf as long as its own. */
function values(leaf: string): unknown[] {
  const at = instantOf(Date.now())
  const [motion, seat, person] = [mintId('mot'), mintId('sea'), mintId('per')]
  const hash = Buffer.from(hashOf([motion, seat]), 'hex')
  return [mintId('ent'), at, person, [motion, person, seat], leaf, hash, motion, seat]
}

async function make(db: Kysely<unknown>): Promise<void> {
  for (const name of tables)
    await sql`create table ${sql.table(`bare_${name}`)} (like ${sql.table(name)} including all)`.execute(db)
}

export type Floor = {
  readonly perSecond: (count: number, leaf: string) => Promise<number>
  readonly close: () => Promise<void>
}

/** `owner` may make tables; so many connections insert at the same time. */
export async function bareVotes(owner: pg.ClientConfig, connections: number): Promise<Floor> {
  const pool = new pg.Pool({ ...owner, max: connections })
  await make(kyselyOver(pool))
  return {
    perSecond: (count, leaf) =>
      rate(Array.from({ length: count }), connections, () =>
        pool.query({ name: 'bare', text: insert, values: values(leaf) }),
      ),
    close: () => pool.end(),
  }
}
