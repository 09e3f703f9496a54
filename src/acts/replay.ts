// Replay: the tables rebuilt from the record into an empty database, and the first difference from the living ones.
import { sql } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import type { Database } from '#database/open.ts'
import type { Leaf } from '#record/leaf.ts'
import { leavesFrom, sealedOf } from '#record/queries.ts'
import type { Registry } from './registry.ts'

const batch = 500

/** The facts as `writes` first saw them; sealed ones come from the vault, erased ones are null. */
async function factsOf(from: Read, leaf: Leaf, seals: readonly string[]): Promise<object> {
  if (seals.length === 0) return leaf.facts
  const opened = await sealedOf(from, leaf.id)
  return { ...leaf.facts, ...Object.fromEntries(seals.map(field => [field, opened[field]?.value ?? null])) }
}

/** Working papers lie outside the record; entries name them by hash, and `writes` may read them. */
async function copyPapers(registry: Registry, from: Read, into: Pick<Database, 'transact'>): Promise<void> {
  for (const table of registry.domains.flatMap(domain => domain.papers ?? [])) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
      from.on(),
    )
    await into.transact(async tx => {
      for (const { row } of rows)
        await sql`insert into ${sql.table(table)} select * from jsonb_populate_record(null::${sql.table(table)}, ${row}::jsonb)`.execute(
          tx.on(),
        )
    })
  }
}

/** Performs the writes of every integrated entry of `from`, in the record's order, on the empty tables of `into`. */
export async function replay(
  registry: Registry,
  from: Read,
  into: Pick<Database, 'transact'>,
): Promise<{ entries: number }> {
  await copyPapers(registry, from, into)
  let index = 0
  for (;;) {
    const leaves = await leavesFrom(from, index, batch)
    if (leaves.length === 0) return { entries: index }
    const rewrites = await Promise.all(leaves.map(leaf => rewriteOf(registry, from, leaf)))
    await into.transact(async tx => {
      for (const rewrite of rewrites) await rewrite(tx)
    })
    index += leaves.length
  }
}

async function rewriteOf(registry: Registry, from: Read, leaf: Leaf): Promise<(tx: Write) => Promise<unknown>> {
  const act = registry.acts.get(leaf.act)
  if (!act) throw new Error(`Entry ${leaf.id} is an act this program does not know: ${leaf.act}`)
  const facts = await factsOf(from, leaf, act.seals ?? [])
  return tx => act.writes(tx, facts, leaf)
}

export type Difference = { readonly table: string; readonly living?: string; readonly rebuilt?: string }

const rowsOf = async (read: Read, table: string): Promise<string[]> => {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(t)::text as row from ${sql.table(table)} t order by 1`.execute(read.on())
  return rows.map(({ row }) => row)
}

/** The first row of each domain table that differs between the living database and the rebuilt one. */
export async function differences(registry: Registry, living: Read, rebuilt: Read): Promise<Difference[]> {
  const found: Difference[] = []
  for (const table of registry.domains.flatMap(domain => domain.tables)) {
    const [left, right] = [await rowsOf(living, table), await rowsOf(rebuilt, table)]
    const at = left.findIndex((row, index) => row !== right[index])
    if (at >= 0 || right.length > left.length) {
      const where = at >= 0 ? at : left.length
      found.push({ table, living: left[where], rebuilt: right[where] })
    }
  }
  return found
}
