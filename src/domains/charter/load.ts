// Loads a charter from its files, or tells everything that is wrong with them at once.
import type { Schema } from '@cedar-policy/cedar-wasm/nodejs'
import type { Measure } from '#acts/measure.ts'
import type { Term } from '#acts/term.ts'
import { Bodies, type Body } from './bodies.ts'
import { type Citation, crossFaults } from './cross.ts'
import { denialsBy, evaluationError } from './denials.ts'
import { byPlace, type Fault } from './fault.ts'
import { type CharterFiles, charterHash, hashesOf, readCharterFolder, requiredFiles } from './files.ts'
import { type Prose, readProse } from './prose.ts'
import { type Rules, readRules } from './rules.ts'
import { cedarSchema, type Portrayed, type WeighedAct } from './schema.ts'
import { mayDenyBy } from './scope.ts'
import { readTerms, type Settlement } from './settle.ts'
import { Foundation, type LoadedCharter } from './words.ts'
import { fitted, readYaml, type Yaml } from './yaml.ts'

/** What the program asks of a charter: gathered from its domains. */
export type Asked = {
  readonly terms: readonly Term[]
  readonly acts: readonly WeighedAct[]
  readonly measures: readonly Pick<Measure, 'id' | 'title'>[]
  readonly portrayals: readonly Portrayed[]
  /** Domains that read files of their own, such as criteria: what those cite, and what is wrong with them. */
  readonly readers?: readonly ((files: CharterFiles) => { citations: readonly Citation[]; faults: readonly Fault[] })[]
}

export type Loaded =
  | { readonly charter: LoadedCharter; readonly faults?: undefined }
  | { readonly faults: readonly Fault[]; readonly charter?: undefined }

type Parts = {
  readonly foundation?: Foundation
  readonly prose: Prose
  readonly settlement: Settlement
  readonly rules: Rules
  readonly bodies: { readonly yaml: Yaml; readonly value?: readonly Body[]; readonly faults: readonly Fault[] }
}

/** A folder's charter. Throws only when the folder itself cannot be read. */
export async function loadCharter(from: string | CharterFiles, asked: Asked): Promise<Loaded> {
  if (typeof from !== 'string') return loadFiles(from, asked)
  const { files, faults } = await readCharterFolder(from)
  if (faults.length === 0) return loadFiles(files, asked)
  return { faults: [...faults, ...(loadFiles(files, asked).faults ?? [])].sort(byPlace) }
}

function partsOf(files: CharterFiles, asked: Asked, schema: Schema): Parts & { readonly faults: readonly Fault[] } {
  const text = (name: (typeof requiredFiles)[number]) => files[name] ?? ''
  const founded = readFoundation(text('foundation.yml'))
  const parts: Parts = {
    foundation: founded.value,
    prose: readProse(text('charter.md')),
    settlement: readTerms(text('terms.yml'), { terms: asked.terms, acts: asked.acts.map(({ name }) => name) }),
    rules: readRules(text('rules.cedar'), schema),
    bodies: readBodies(text('bodies.yml')),
  }
  const read = (asked.readers ?? []).map(reader => reader(files))
  const citations = read.flatMap(one => one.citations)
  const own = [founded, parts.prose, parts.settlement, parts.rules, parts.bodies, ...read].flatMap(one => one.faults)
  return { ...parts, faults: [...own, ...crossFaults({ ...parts, measures: asked.measures, citations })].sort(byPlace) }
}

export function loadFiles(files: CharterFiles, asked: Asked): Loaded {
  const missing = requiredFiles
    .filter(name => files[name] === undefined)
    .map(name => ({ file: name, line: 1, expected: `the file ${name}`, found: 'no such file' }))
  if (missing.length > 0) return { faults: missing }
  const schema = cedarSchema(asked.acts, asked.portrayals)
  const { faults, foundation, ...parts } = partsOf(files, asked, schema)
  if (faults.length > 0 || !foundation) return { faults }
  const { rules } = parts.rules
  const denials = denialsBy({ rules, schema, acts: asked.acts, portrayals: asked.portrayals })
  const mayDeny = mayDenyBy(rules.map(({ source }) => source))
  return { charter: assembled(hashesOf(files), { ...parts, foundation }, { denials, mayDeny }) }
}

/**
 * An earlier charter, which this program may ask more of than it settled: what it did settle can still be read.
 * Nothing may be done under it, so its rules deny everything. Throws when even its foundation cannot be read.
 */
export function loadPast(files: CharterFiles, asked: Asked): LoadedCharter {
  const { foundation, ...parts } = partsOf(files, asked, cedarSchema(asked.acts, asked.portrayals))
  if (!foundation) throw new Error('The foundation.yml of an earlier charter cannot be read')
  return assembled(hashesOf(files), { ...parts, foundation }, { denials: () => [evaluationError], mayDeny: () => true })
}

function readFoundation(text: string): { value?: Foundation; faults: readonly Fault[] } {
  const yaml = readYaml('foundation.yml', text)
  return yaml.faults.length > 0 ? { faults: yaml.faults } : fitted(yaml, Foundation)
}

function readBodies(text: string): Parts['bodies'] {
  const yaml = readYaml('bodies.yml', text)
  if (yaml.faults.length > 0) return { yaml, faults: yaml.faults }
  const { value, faults } = fitted(yaml, Bodies)
  return { yaml, value: value?.bodies, faults }
}

function assembled(
  files: Readonly<Record<string, string>>,
  parts: Parts & { readonly foundation: Foundation },
  asks: Pick<LoadedCharter, 'denials' | 'mayDeny'>,
): LoadedCharter {
  const { foundation, prose, settlement, rules, bodies } = parts
  const terms = new Map(settlement.terms.map(term => [term.id, term]))
  const term = (id: string) => {
    const found = terms.get(id)
    if (!found) throw new Error(`The charter does not settle ${id}`)
    return found
  }
  return {
    hash: charterHash(files),
    files,
    foundation,
    preamble: prose.preamble,
    clauses: prose.clauses.map(({ clause }) => clause),
    terms: settlement.terms,
    rules: rules.rules.map(({ rule }) => rule),
    bodies: bodies.value ?? [],
    mandates: settlement.mandates,
    clausesOf: id => term(id).clauses,
    settles: id => term(id).value,
    mandatesFor: act => settlement.mandates[act] ?? [],
    ...asks,
  }
}
