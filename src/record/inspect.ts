// Inspecting one leaf of a log: is it canonical JSON of the leaf's schema, and to which entries does it refer?
import { canonical } from '#base/canonical.ts'
import { Leaf } from './leaf.ts'
import { kinds, passExactly, passObject, passRun, stands, unsure } from './scan.ts'

/** Bytes, and where in them the entry's id, time, cause and mandate begin: no strings are made of what is only compared. */
export type Links = { bytes: Uint8Array; id: number; at: number; cause: number; mandate: number }
export type Unfit = { unfit: string }

/** For `cause` and `mandate`: there is none. */
export const none = -1
/** The length of an instant, `2026-11-22T22:17:00.000Z`, and of an entry's id. */
export const instantLength = 24
export const idLength = 24

const text = (value: string): Uint8Array => Buffer.from(value)
const parts = {
  act: text('{"act":"'),
  actor: text('","actor":{'),
  body: text('"body":"'),
  capacity: text('"capacity":"'),
  onBehalfOf: text(',"onBehalfOf":"'),
  person: text(',"person":"per_'),
  project: text(',"project":"'),
  seat: text(',"seat":"'),
  at: text('},"at":"'),
  cause: text('","cause":"ent_'),
  charter: text('","charter":"'),
  facts: text('","facts":'),
  id: text(',"id":"ent_'),
  mandate: text('","mandate":"ent_'),
  sealed: text('","sealed":'),
  sealedEnd: text(',"under":['),
  under: text('","under":['),
  version: text('],"v":1'),
  weighed: text(',"weighed":'),
}
const [quote, dot, comma, brace] = [0x22, 0x2e, 0x2c, 0x7d]

/** What is surely a fit leaf in bytes from `start` to `end`, which are UTF-8; undefined when it takes a thorough look. */
export function quickly(bytes: Uint8Array, start: number, end: number): Links | undefined {
  const at = passExactly(bytes, passActor(bytes, passAct(bytes, start)), parts.at)
  if (at < 0 || !isInstant(bytes, at)) return undefined
  const cause = idAfter(bytes, at + instantLength, parts.cause)
  const charter = passExactly(bytes, cause < 0 ? at + instantLength : cause + idLength, parts.charter)
  if (passRun(bytes, charter, kinds.hex) !== charter + 64) return undefined
  const facts = passObject(bytes, passExactly(bytes, charter + 64, parts.facts))
  const id = idAfter(bytes, facts, parts.id)
  if (id < 0) return undefined
  const mandate = idAfter(bytes, id + idLength, parts.mandate)
  const isWhole = passRest(bytes, (mandate < 0 ? id : mandate) + idLength) === end
  return isWhole ? { bytes, id, at, cause, mandate } : undefined
}

/** Where the entry's id begins that stands after this name; `none` when another thing does. */
function idAfter(bytes: Uint8Array, at: number, name: Uint8Array): number {
  if (at < 0 || !stands(bytes, at, name)) return none
  const digits = at + name.length
  return isId(bytes, digits) ? digits - 4 : none
}

/** The 20 characters after an id's prefix, and its closing quotation mark. */
const isId = (bytes: Uint8Array, at: number): boolean =>
  passRun(bytes, at, kinds.id) === at + 20 && bytes[at + 20] === quote

/** A name of at least two parts with dots between; each begins with a small letter. */
function passAct(bytes: Uint8Array, start: number): number {
  let at = passExactly(bytes, start, parts.act)
  if (at < 0 || !isSmall(bytes[at])) return unsure
  at = passRun(bytes, at, kinds.lower)
  if (bytes[at] !== dot) return unsure
  while (bytes[at] === dot) {
    if (!isSmall(bytes[at + 1])) return unsure
    at = passRun(bytes, at + 1, kinds.letter)
  }
  return passExactly(bytes, at, parts.actor)
}

const isSmall = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x61 && byte <= 0x7a

/** The members of an actor in their order, up to its last quotation mark. */
function passActor(bytes: Uint8Array, start: number): number {
  let at = start
  if (at >= 0 && stands(bytes, at, parts.body)) {
    at = passShort(bytes, at, parts.body)
    if (bytes[at++] !== comma) return unsure
  }
  at = at < 0 ? unsure : passExactly(bytes, at, parts.capacity)
  if (at < 0 || !isSmall(bytes[at])) return unsure
  const capacityEnd = passRun(bytes, at, kinds.lower)
  if (capacityEnd - at > 40 || bytes[capacityEnd] !== quote) return unsure
  at = passShort(bytes, capacityEnd + 1, parts.onBehalfOf)
  if (at >= 0 && stands(bytes, at, parts.person)) {
    if (!isId(bytes, at + parts.person.length)) return unsure
    at += parts.person.length + 21
  }
  return passShort(bytes, passShort(bytes, at, parts.project), parts.seat)
}

/** A member that may be missing: after its name a text of at most 80 bytes, which are no fewer than its characters. */
function passShort(bytes: Uint8Array, at: number, name: Uint8Array): number {
  if (at < 0 || !stands(bytes, at, name)) return at
  const end = passRun(bytes, at + name.length, kinds.plain)
  return end - at - name.length <= 80 && bytes[end] === quote ? end + 1 : unsure
}

function passRest(bytes: Uint8Array, start: number): number {
  let at = stands(bytes, start, parts.sealed) ? passSealed(bytes, start) : passExactly(bytes, start, parts.under)
  at = passExactly(bytes, passClauses(bytes, at), parts.version)
  if (at >= 0 && stands(bytes, at, parts.weighed)) at = passObject(bytes, at + parts.weighed.length)
  return at >= 0 && bytes[at] === brace ? at + 1 : unsure
}

/** The reader of objects sees to the order of the names; here each value must be a commitment. */
function passSealed(bytes: Uint8Array, start: number): number {
  const open = start + parts.sealed.length
  const end = passObject(bytes, open)
  for (let at = open + 1; end > 0 && at < end; at += 1) {
    at = passRun(bytes, at + 1, kinds.key) + 3 // past the name, its quotation mark, the colon and the next mark
    if (bytes[at - 1] !== quote || passRun(bytes, at, kinds.hex) !== at + 64) return unsure
    at += 65
  }
  return end < 0 ? unsure : passExactly(bytes, end, parts.sealedEnd)
}

function passClauses(bytes: Uint8Array, start: number): number {
  if (start < 0 || bytes[start] !== quote) return start
  for (let at = start; ; at++) {
    const end = passRun(bytes, at + 1, kinds.plain)
    const length = end - at - 1
    if (bytes[at] !== quote || bytes[end] !== quote || length < 1 || length > 40) return unsure
    at = end + 1
    if (bytes[at] !== comma) return at
  }
}

/** Which bytes of an instant are what, `d` a digit. */
const shape = text('dddd-dd-ddTdd:dd:dd.dddZ"')
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isInstant(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < shape.length; i++) {
    const byte = bytes[at + i] ?? 0
    if (shape[i] === 0x64 ? byte < 0x30 || byte > 0x39 : byte !== shape[i]) return false
  }
  const two = (from: number): number => (bytes[at + from] ?? 0) * 10 + (bytes[at + from + 1] ?? 0) - 0x30 * 11
  const day = two(8)
  return two(11) < 24 && two(14) < 60 && two(17) < 60 && day > 0 && day <= (daysIn[two(5) - 1] ?? 0) // 29 February: not sure
}

/** A full check against the schema, for what the quick one is not sure of. `bytes` must be UTF-8. */
export function thoroughly(bytes: Buffer): Links | Unfit {
  const source = bytes.toString()
  let value: unknown
  try {
    value = JSON.parse(source)
    if (canonical(value) !== source) return { unfit: 'it is not canonical JSON' }
  } catch {
    return { unfit: 'it is not JSON' }
  }
  const parsed = Leaf.safeParse(value)
  if (parsed.success) return linksOf(parsed.data)
  const [issue] = parsed.error.issues
  return { unfit: `it is not a leaf: ${issue?.path.join('.') || 'as a whole'}: ${issue?.message}` }
}

function linksOf({ id, at, cause, mandate }: Leaf): Links {
  const afterTime = idLength + instantLength
  return {
    bytes: text(`${id}${at}${cause ?? ''}${mandate ?? ''}`),
    id: 0,
    at: idLength,
    cause: cause === undefined ? none : afterTime,
    mandate: mandate === undefined ? none : afterTime + (cause?.length ?? 0),
  }
}

export const idAt = (bytes: Uint8Array, at: number): string =>
  Buffer.from(bytes.subarray(at, at + idLength)).toString('latin1')
