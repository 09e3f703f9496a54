// Inspecting one leaf of a log: is it canonical JSON of the leaf's schema, and to which entries does it refer?
import { canonical } from '#base/canonical.ts'
import { Leaf } from './leaf.ts'
import { type Cursor, passObject } from './scan.ts'

/** A text and where in it the entry's id, time, cause and mandate begin: no strings are made of what is only compared. */
export type Links = { text: string; id: number; at: number; cause?: number; mandate?: number }
export type Unfit = { unfit: string }

/** The length of an instant, `2026-11-22T22:17:00.000Z`. */
export const instantLength = 24
const idLength = 24

// at most as many bytes as the schema allows characters, and nothing that JSON escapes: stricter than the schema, never laxer
const short = (least: number, most: number): string => `"[^"\\\\\\x00-\\x1f]{${least},${most}}"`
const actor =
  `\\{(?:"body":${short(0, 80)},)?"capacity":"[a-z][a-z-]{0,39}"(?:,"onBehalfOf":${short(0, 80)})?` +
  `(?:,"person":"per_[0-9a-hjkmnp-tv-z]{20}")?(?:,"project":${short(0, 80)})?(?:,"seat":${short(0, 80)})?\\}`
const time = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z'

const entry = 'ent_[0-9a-hjkmnp-tv-z]{20}'
const beforeFacts = new RegExp(
  `\\{"act":"[a-z][a-z-]*(?:\\.[a-z][a-zA-Z-]*)+","actor":${actor},"at":"${time}",(?:"cause":"${entry}",)?` +
    '"charter":"[0-9a-f]{64}","facts":',
  'y',
)
const afterFacts = new RegExp(
  `,"id":"${entry}"(?:,"mandate":"${entry}")?(?:,"sealed":\\{(?:"[A-Za-z][A-Za-z0-9_-]*":"[0-9a-f]{64}"[,}])+)?` +
    `,"under":\\[(?:${short(1, 40)}(?:,${short(1, 40)})*)?\\],"v":1(?:\\}|,"weighed":)`,
  'y',
)
const charterLength = '"charter":"","facts":'.length + 64
const timeLength = '"at":"",'.length + instantLength
const causeLength = '"cause":"",'.length + idLength

/** What is surely a fit leaf from `start` to `end` of a text (UTF-8 bytes read as Latin-1); undefined when it takes a thorough look. */
export function quickly(text: string, start: number, end: number): Links | undefined {
  const cursor: Cursor = { text, at: start }
  if (!pass(beforeFacts, cursor)) return undefined
  // all parts before the facts but the actor have a fixed length, so their places are counted from here
  const charter = cursor.at - charterLength
  const cause = text.startsWith('"cause":"', charter - causeLength) ? charter - idLength - 2 : undefined
  const at = (cause === undefined ? charter : charter - causeLength) - timeLength + '"at":"'.length
  if (!isDay(text, at) || !passObject(cursor)) return undefined
  const id = cursor.at + ',"id":"'.length
  const afterId = id + idLength + 1
  const mandate = text.startsWith(',"mandate":"', afterId) ? afterId + ',"mandate":"'.length : undefined
  const afterMandate = mandate === undefined ? afterId : mandate + idLength + 1
  if (!pass(afterFacts, cursor) || !areCommitmentsInOrder(text, afterMandate)) return undefined
  const isWhole =
    text.charCodeAt(cursor.at - 1) === 0x7d || (passObject(cursor) && text.charCodeAt(cursor.at++) === 0x7d)
  return isWhole && cursor.at === end ? { text, id, at, cause, mandate } : undefined
}

function pass(pattern: RegExp, cursor: Cursor): boolean {
  pattern.lastIndex = cursor.at
  if (!pattern.test(cursor.text)) return false
  cursor.at = pattern.lastIndex
  return true
}

/** Their form is known from the pattern, all but the order of their names. */
function areCommitmentsInOrder(text: string, at: number): boolean {
  if (!text.startsWith(',"sealed":', at)) return true
  const cursor: Cursor = { text, at: at + ',"sealed":'.length }
  return passObject(cursor) && text.startsWith(',"under":', cursor.at)
}

/** Days up to the 28th are in every month. */
function isDay(text: string, at: number): boolean {
  const instant = () => text.slice(at, at + instantLength)
  return text.charCodeAt(at + 8) < 0x32 || instant().slice(8, 10) <= '28' || new Date(instant()).toJSON() === instant()
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
  const text = `${id}${at}${cause ?? ''}${mandate ?? ''}`
  const afterTime = idLength + instantLength
  return {
    text,
    id: 0,
    at: idLength,
    cause: cause === undefined ? undefined : afterTime,
    mandate: mandate === undefined ? undefined : afterTime + (cause?.length ?? 0),
  }
}

export const idAt = (text: string, at: number): string => text.slice(at, at + idLength)
