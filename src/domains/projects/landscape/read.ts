// Reads a landscape file with the line of every item, every fault and every key that the format does not have.
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { type Item, itemKeys, type LandscapeFault, RawItem, type UnknownKey } from './words.ts'

export type LandscapeRead = {
  readonly items: readonly Item[]
  readonly unknownKeys: readonly UnknownKey[]
  readonly faults: readonly LandscapeFault[]
}

type Reading = {
  readonly lineOf: (node: unknown) => number
  readonly items: Item[]
  readonly faults: LandscapeFault[]
  readonly keys: { key: string; line: number }[]
  /** Names seen, with their lines. */
  readonly seen: Map<string, number>
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? 'nothing')
  return text.length > 80 ? `${text.slice(0, 80)} …` : text
}

const nameIn = (map: YAMLMap): string | undefined => {
  const name: unknown = map.get('name')
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined
}

/** The members of a list that should hold maps; what does not is a fault. */
function mapsIn(reading: Reading, list: unknown, { what, around }: { what: string; around: unknown }): YAMLMap[] {
  if (!isSeq(list)) {
    reading.faults.push({
      line: reading.lineOf(isNode(list) ? list : around),
      item: '',
      expected: `a list of ${what}`,
      found: shown(isNode(list) ? list.toJSON() : list),
    })
    return []
  }
  return list.items.flatMap(node => {
    if (isMap(node)) return [node]
    reading.faults.push({
      line: reading.lineOf(node),
      item: '',
      expected: what,
      found: shown(isScalar(node) ? node.value : node),
    })
    return []
  })
}

const known = (text: string | null | undefined): string | undefined => text?.trim() || undefined

function itemOf(raw: RawItem, place: Pick<Item, 'category' | 'subcategory' | 'line'>): Item {
  const [secondPath] = [raw.second_path ?? []].flat()
  const given = {
    homepage: known(raw.homepage_url),
    repository: known(raw.repo_url),
    project: known(raw.project),
    description: known(raw.description),
    accepted: known(raw.extra?.accepted ?? raw.joined),
    licence: known(raw.extra?.annotations?.licence),
    secondPath: known(secondPath),
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...place, name: raw.name, ...set }
}

/** Where a fault of a member stands: at its key, or at the item where it is missing. */
function lineAt(reading: Reading, map: YAMLMap, path: readonly PropertyKey[]): number {
  const [key] = path
  const pair = map.items.find(one => isScalar(one.key) && one.key.value === key)
  return reading.lineOf(pair?.key ?? map)
}

function readItem(reading: Reading, map: YAMLMap, place: { category: string; subcategory: string }): void {
  const line = reading.lineOf(map)
  const value: unknown = map.toJSON()
  const parsed = RawItem.safeParse(value)
  const item = nameIn(map) ?? `${place.category} / ${place.subcategory}`
  for (const pair of map.items)
    if (isScalar(pair.key) && !itemKeys.has(String(pair.key.value)))
      reading.keys.push({ key: String(pair.key.value), line: reading.lineOf(pair.key) })
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      reading.faults.push({
        line: lineAt(reading, map, path),
        item,
        expected: `${path.join('.')}: ${message}`,
        found: shown(valueAt(value, path)),
      })
    return
  }
  const earlier = reading.seen.get(parsed.data.name.toLowerCase())
  if (earlier !== undefined) {
    reading.faults.push({
      line,
      item,
      expected: `each name once; it stands at line ${earlier} already`,
      found: shown(item),
    })
    return
  }
  reading.seen.set(parsed.data.name.toLowerCase(), line)
  reading.items.push(itemOf(parsed.data, { ...place, line }))
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value,
  )

function named(reading: Reading, map: YAMLMap, what: string): string | undefined {
  const name = nameIn(map)
  if (name === undefined)
    reading.faults.push({ line: reading.lineOf(map), item: '', expected: `a ${what} with a name`, found: 'none' })
  return name
}

function readCategory(reading: Reading, map: YAMLMap): void {
  const category = named(reading, map, 'category')
  if (category === undefined) return
  for (const sub of mapsIn(reading, map.get('subcategories', true), { what: 'subcategories', around: map })) {
    const subcategory = named(reading, sub, 'subcategory')
    if (subcategory === undefined) continue
    for (const item of mapsIn(reading, sub.get('items', true), { what: 'items', around: sub }))
      readItem(reading, item, { category, subcategory })
  }
}

/** Nothing is thrown: what cannot be read is a fault with its line. Items with a fault are left out. */
export function readLandscape(text: string): LandscapeRead {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const lineOf = (node: unknown): number => {
    const range = isNode(node) ? node.range : undefined
    return range ? lines.linePos(range[0]).line : 1
  }
  const reading: Reading = { lineOf, items: [], faults: [], keys: [], seen: new Map() }
  for (const { pos, message } of document.errors)
    reading.faults.push({
      line: lines.linePos(pos[0]).line,
      item: '',
      expected: 'a YAML document',
      found: message.split('\n')[0] ?? '',
    })
  if (reading.faults.length === 0) {
    const top = isMap(document.contents) ? document.contents.get('landscape', true) : undefined
    for (const category of mapsIn(reading, top, { what: 'categories', around: document.contents }))
      readCategory(reading, category)
  }
  const { items, faults, keys } = reading
  return { items, faults, unknownKeys: countedKeys(keys) }
}

function countedKeys(keys: readonly { key: string; line: number }[]): UnknownKey[] {
  return [...Map.groupBy(keys, ({ key }) => key)].map(([key, same]) => ({
    key,
    line: same[0]?.line ?? 1,
    count: same.length,
  }))
}
