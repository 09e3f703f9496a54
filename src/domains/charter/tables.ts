// The charter's tables: the charters adopted, their texts by hash, and how often rules stopped something.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { canonical, sha256 } from '#base/canonical.ts'
import type { Day, Instant } from '#base/instants.ts'
import { grantAll, grantAppend } from '#database/grants.ts'
import type { Read, Write } from '#database/handles.ts'
import { compiled } from '#database/prepared.ts'
import type { RecordTables } from '#record/tables.ts'
import { type CharterFiles, charterHash, hashesOf } from './files.ts'

type Tables = {
  charters: { entry: string; hash: string; replaces: string | null; adopted_at: string }
  /** A charter's own hash is that of the canonical list of its files, which lies here like any other text. */
  charter_files: { hash: string; text: string; kept_at: string }
  stopped: { act: string; rule: string; clause: string; day: string; count: number }
}

export const charterMigrations: Record<string, Migration> = {
  '2026-11-22-charter-1': {
    async up(db) {
      await sql`create table charters (
        entry text primary key, hash text not null, replaces text, adopted_at text not null)`.execute(db)
      await sql`create table charter_files (
        hash text primary key, text text not null, kept_at text not null)`.execute(db)
      await sql`create table stopped (
        act text, rule text, clause text, day text, count integer not null,
        primary key (act, rule, clause, day))`.execute(db)
      await grantAll(db, 'charters')
      await grantAppend(db, 'charter_files')
      await grantAll(db, 'stopped')
    },
  },
}

export type Adoption = {
  readonly entry: string
  readonly hash: string
  readonly replaces: string | null
  readonly adoptedAt: Instant
}

/** The entry of the newest adoption: asked with every act. */
export const newestAdoption = compiled<Tables>()(db =>
  db.selectFrom('charters').select('entry').orderBy('entry', 'desc').limit(sql.lit(1)),
)

/** Every adoption, newest first. */
export async function adoptions(read: Read): Promise<Adoption[]> {
  const rows = await read.on<Tables>().selectFrom('charters').selectAll().orderBy('entry', 'desc').execute()
  return rows.map(({ entry, hash, replaces, adopted_at }) => ({ entry, hash, replaces, adoptedAt: adopted_at }))
}

export const hashInForce = async (read: Read): Promise<string | undefined> =>
  (await read.on<Tables>().selectFrom('charters').select('hash').orderBy('entry', 'desc').limit(1).executeTakeFirst())
    ?.hash

export const putAdoption = (tx: Write, { entry, hash, replaces, adoptedAt }: Adoption): Promise<unknown> =>
  tx.on<Tables>().insertInto('charters').values({ entry, hash, replaces, adopted_at: adoptedAt }).execute()

/** Keeps the texts of a charter as working papers, so that an act may name them by the hash it gives. */
export async function keepCharterFiles(tx: Write, files: CharterFiles, at: Instant): Promise<string> {
  const hashes = hashesOf(files)
  const texts = [...Object.values(files), canonical(hashes)]
  const rows = [...new Set(texts)].map(text => ({ hash: sha256(text), text, kept_at: at }))
  await tx
    .on<Tables>()
    .insertInto('charter_files')
    .values(rows)
    .onConflict(conflict => conflict.column('hash').doNothing())
    .execute()
  return charterHash(hashes)
}

const textsBy = (read: Read, hashes: readonly string[]) =>
  read.on<Tables>().selectFrom('charter_files').selectAll().where('hash', 'in', hashes).execute()

/** A charter's files by its hash, and since when they have been kept; undefined when they are not here. */
export async function keptCharter(
  read: Read,
  hash: string,
): Promise<{ readonly files: CharterFiles; readonly keptAt: Instant } | undefined> {
  const [manifest] = await textsBy(read, [hash])
  if (!manifest) return undefined
  const names = namesIn(manifest.text)
  if (!names) return undefined
  const texts = new Map((await textsBy(read, Object.values(names))).map(row => [row.hash, row.text]))
  const text = (file: string) => {
    const found = texts.get(file)
    if (found === undefined || sha256(found) !== file) throw new Error(`The text ${file} of charter ${hash} is lost`)
    return found
  }
  return {
    files: Object.fromEntries(Object.entries(names).map(([name, file]) => [name, text(file)])),
    keptAt: manifest.kept_at,
  }
}

/** Undefined when the text is one of the files themselves and not a list of them. */
function namesIn(text: string): Record<string, string> | undefined {
  if (!/^\{("[^"]+":"[0-9a-f]{64}",?)+\}$/.test(text)) return undefined
  return JSON.parse(text) as Record<string, string> // the pattern admits nothing else
}

export type Stop = { readonly act: string; readonly rule: string; readonly clause: string; readonly day: Day }

export const addStops = (tx: Write, stops: readonly (Stop & { readonly count: number })[]): Promise<unknown> =>
  tx
    .on<Tables>()
    .insertInto('stopped')
    .values([...stops])
    .onConflict(conflict =>
      conflict.columns(['act', 'rule', 'clause', 'day']).doUpdateSet({ count: sql`stopped.count + excluded.count` }),
    )
    .execute()

export type Stopped = { readonly rule: string; readonly clause: string; readonly act: string; readonly count: number }

/** How often each rule stopped each act, over all time. */
export async function stoppedCounts(read: Read): Promise<Stopped[]> {
  const rows = await read
    .on<Tables>()
    .selectFrom('stopped')
    .select(({ fn }) => ['rule', 'clause', 'act', fn.sum<string>('count').as('count')])
    .groupBy(['rule', 'clause', 'act'])
    .orderBy('rule')
    .orderBy('clause')
    .orderBy('act')
    .execute()
  return rows.map(row => ({ ...row, count: Number(row.count) }))
}

/** How many entries each act has left. */
export async function actCounts(read: Read): Promise<ReadonlyMap<string, number>> {
  const rows = await read
    .on<RecordTables>()
    .selectFrom('entries')
    .select(({ fn }) => ['act', fn.countAll<string>().as('count')])
    .groupBy('act')
    .execute()
  return new Map(rows.map(({ act, count }) => [act, Number(count)]))
}
