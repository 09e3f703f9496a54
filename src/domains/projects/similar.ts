// Which projects of the landscape are nearest to a description: full text first, then parts of words, all in portable SQL.
import { sql } from 'kysely'
import type { Read } from '#database/handles.ts'
import { projectsBy } from './finds.ts'
import type { Tables } from './tables.ts'
import type { Project } from './words.ts'

const mostWords = 40

/** Words worth looking for, once each; nothing that `to_tsquery` or LIKE would read as more than letters. */
export const wordsIn = (text: string): string[] =>
  [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])].slice(0, mostWords)

const document = sql`
  setweight(to_tsvector('english', name), 'A') ||
  setweight(to_tsvector('english', coalesce(category, '') || ' ' || coalesce(subcategory, '')), 'B') ||
  setweight(to_tsvector('english', coalesce(summary, '') || ' ' || coalesce(goals, '')), 'C')`

async function byText(read: Read, words: readonly string[], limit: number): Promise<string[]> {
  const query = words.join(' | ')
  const { rows } = await sql<{ id: string }>`
    select id from (select id, name, ts_rank(${document}, to_tsquery('english', ${query})) as rank from projects) as ranked
    where rank > 0 order by rank desc, name, id limit ${limit}`.execute(read.on<Tables>())
  return rows.map(({ id }) => id)
}

/** For names that are no words of a language: `torchgeo` is near to `geo`. */
async function byParts(read: Read, words: readonly string[], limit: number): Promise<string[]> {
  const parts = words.filter(word => word.length >= 4).map(word => `%${word}%`)
  if (parts.length === 0) return []
  const rows = await read
    .on<Tables>()
    .selectFrom('projects')
    .select('id')
    .where(or => or.or(parts.map(part => or(sql`lower(name)`, 'like', part))))
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The nearest first. `but`: the repository or short name that is asked about itself. */
export async function similarTo(
  read: Read,
  { text, limit = 8, but }: { text: string; limit?: number; but?: string },
): Promise<readonly Project[]> {
  const words = wordsIn(text)
  if (words.length === 0) return []
  const ranked = await byText(read, words, limit + 1)
  const parts = ranked.length < limit ? await byParts(read, words, limit) : []
  const ids = [...new Set([...ranked, ...parts])].filter(id => id !== but).slice(0, limit)
  const found = new Map((await projectsBy(read, ids)).map(project => [project.id, project]))
  return ids.flatMap(id => found.get(id) ?? [])
}
