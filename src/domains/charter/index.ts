// The charter: the foundation's law as data, loaded, checked and asked.
import type { Domain } from '#acts/domain.ts'
import type { Read } from '#database/handles.ts'
import { charterActs } from './acts.ts'
import { type Body, bodiesIn } from './bodies.ts'
import { charterPages } from './pages.ts'
import { charterQueries } from './queries.ts'
import type { Shelf } from './shelf.ts'
import { charterMigrations, keptCharter } from './tables.ts'
import { amendment } from './terms.ts'

export { appointers, Body, Seat } from './bodies.ts'
export { type OpenCharters, openCharters, type Standing } from './charters.ts'
export type { Citation } from './cross.ts'
export { type Fault, formatFaults, type Place } from './fault.ts'
export { type CharterFiles, charterHash, hashesOf, readCharterFolder } from './files.ts'
export { type Asked, type Loaded, loadCharter, loadFiles } from './load.ts'
export { cedarSchema } from './schema.ts'
export { askedOf, createShelf, type Kept, type Shelf } from './shelf.ts'
export { countStops, type StopCounter } from './stopped.ts'
export { type Adoption, adoptions, hashInForce, keepCharterFiles, keptCharter } from './tables.ts'
export { type Claim, Threshold, type Verdict, verdictOn } from './thresholds.ts'
export { type Clause, ClauseId, Foundation, type LoadedCharter, type Rule, type SettledTerm, Slug } from './words.ts'
export { fitted, readYaml, type Yaml } from './yaml.ts'
export { amendment }

/** The bodies of a charter that was handed in, by its hash; also in a reaction, before it is loaded whole. */
export const bodiesOf = async (read: Read, hash: string): Promise<readonly Body[]> => {
  const kept = await keptCharter(read, hash)
  if (!kept) throw new Error(`No files of charter ${hash} are kept here`)
  return bodiesIn(kept.files['bodies.yml'] ?? '')
}

/** The domain. It shows and changes what lies on the shelf, which knows everything that the other domains ask. */
export const charterDomain = (shelf: Shelf): Domain => ({
  name: 'charter',
  describes: 'The foundation’s law: clauses, rules, terms and measures, adopted and amended in the open.',
  acts: charterActs(shelf),
  terms: [amendment],
  migrations: charterMigrations,
  tables: ['charters'],
  papers: ['charter_files'],
  queries: charterQueries(shelf),
  pages: charterPages(shelf),
  nav: [{ label: 'Charter', href: '/', order: 10 }],
})
