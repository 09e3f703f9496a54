// YAML checked against a schema, with the line and column of everything that does not fit.
import { type Document, isPair, isScalar, LineCounter, type Pair, parseDocument, visit, YAMLMap } from 'yaml'
import type { z } from 'zod'
import type { Fault, Place } from './fault.ts'

type Path = readonly PropertyKey[]

export type Yaml = {
  /** The place of the value at this path, or of its nearest parent that exists. */
  readonly placeOf: (path: Path) => Place
  /** The place of a member's key; the value's where there is no such key. */
  readonly placeOfKey: (path: Path) => Place
  readonly value: unknown
  readonly faults: readonly Fault[]
}

/** Clause numbers are names: `3.10` must not become the number 3.1. */
const keepClausesAsText = (doc: Document): void =>
  visit(doc, {
    Pair(_, { key, value }: Pair) {
      if (!isScalar(key) || (key.value !== 'clause' && key.value !== 'clauses')) return
      // `visit` takes nodes; what is no node has nothing to visit.
      visit(value as never, {
        Scalar(_, scalar) {
          if (typeof scalar.value === 'number') scalar.value = scalar.source ?? String(scalar.value)
        },
      })
    },
  })

/** `from` is the number of lines that stand before the text in its file. */
export function readYaml(file: string, text: string, from = 0): Yaml {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  keepClausesAsText(doc)
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line) + from, column: Math.max(1, col) }
  }
  const nodeAt = (path: Path): unknown => doc.getIn(path.map(String), true) ?? doc.getIn([...path], true)
  const placeOf = (path: Path): Place => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? doc.contents : nodeAt(path.slice(0, length))
      const range = node && typeof node === 'object' && 'range' in node ? (node.range as number[] | null) : null // a node of the library's
      if (range?.[0] !== undefined) return at(range[0])
    }
    return { file, line: 1 + from }
  }
  const placeOfKey = (path: Path): Place => {
    const parent = path.length === 1 ? doc.contents : nodeAt(path.slice(0, -1))
    const pair = parent instanceof YAMLMap && parent.items.find(item => isPair(item) && keyOf(item) === path.at(-1))
    const key = pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined
    return key === undefined ? placeOf(path) : at(key)
  }
  const faults = [...doc.errors].map(error => ({
    ...at(error.pos[0]),
    expected: 'YAML that can be read',
    found: error.message,
  }))
  return { placeOf, placeOfKey, faults, value: faults.length > 0 ? undefined : doc.toJS() }
}

const keyOf = (pair: unknown): unknown => (isPair(pair) && isScalar(pair.key) ? pair.key.value : undefined)

/** One line of a value, short enough for a message. */
export const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}

const within = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (part, key) =>
      // An object may be asked for any member.
      typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )

/** The part of `yaml` under `path`, checked; each issue at the place of what is unfit. */
export function fitted<Value>(
  yaml: Yaml,
  schema: z.ZodType<Value>,
  path: Path = [],
): { value: Value; faults: readonly [] } | { value: undefined; faults: readonly Fault[] } {
  const parsed = schema.safeParse(within(yaml.value, path))
  if (parsed.success) return { value: parsed.data, faults: [] }
  const faults = parsed.error.issues.flatMap(issue => faultsOf(yaml, issue, path))
  return { value: undefined, faults }
}

function faultsOf(yaml: Yaml, issue: z.core.$ZodIssue, base: Path): Fault[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      ...yaml.placeOfKey([...path, key]),
      expected: path.length > 0 ? `no such key under ${path.join('.')}` : 'no such key here',
      found: key,
    }))
  const name = path.join('.')
  const expected = name ? `${name}: ${issue.message}` : issue.message
  return [{ ...yaml.placeOf(path), expected, found: shown(within(yaml.value, path)) }]
}
