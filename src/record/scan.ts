// A quick reader of canonical JSON: one pass over the bytes, no objects made. It says "sure" or "not sure", never wrongly "sure".

/**
 * Every function here begins at a place in the bytes and gives the place after what it passed, or -1 when not sure.
 * The bytes are known to be UTF-8, and an entry is followed by a control character or by the end.
 */
export type Pass = (bytes: Uint8Array, at: number) => number
export const unsure = -1

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const closingBrace = 0x7d
const closingBracket = 0x5d

/** What a byte may be part of, as bits. */
export const kinds = { hex: 1, id: 2, lower: 4, letter: 8, digit: 16, plain: 32, key: 64, escaped: 128 } as const
export const kindOf = new Uint8Array(256)
const mark = (kind: number, characters: string): void => {
  for (const character of characters) kindOf[character.charCodeAt(0)] = (kindOf[character.charCodeAt(0)] ?? 0) | kind
}
const lower = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
mark(kinds.hex, `${digits}abcdef`)
mark(kinds.id, `${digits}abcdefghjkmnpqrstvwxyz`)
mark(kinds.lower, `${lower}-`)
mark(kinds.letter, `${lower}${lower.toUpperCase()}-`)
mark(kinds.digit, digits)
/** After a backslash: what canonical JSON escapes with one letter. */
mark(kinds.escaped, '"\\bfnrt')
for (let byte = 0x20; byte < 256; byte++) {
  if (byte === quote || byte === backslash) continue
  kindOf[byte] = (kindOf[byte] ?? 0) | kinds.plain | (byte < 0x7f ? kinds.key : 0)
}

const is = (kind: number, byte: number | undefined): boolean => byte !== undefined && ((kindOf[byte] ?? 0) & kind) !== 0

/** Passes as many bytes of a kind as there are. */
export function passRun(bytes: Uint8Array, from: number, kind: number): number {
  let at = from
  while (((kindOf[bytes[at] ?? 0] ?? 0) & kind) !== 0) at++
  return at
}

/** Whether these very bytes stand here. */
export function stands(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false
  return true
}

export const passExactly = (bytes: Uint8Array, at: number, expected: Uint8Array): number =>
  stands(bytes, at, expected) ? at + expected.length : unsure

const words = ['true', 'false', 'null'].map(word => Buffer.from(word))

export function passValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === quote) return passString(bytes, at)
  if (first === 0x7b) return passObject(bytes, at)
  if (first === 0x5b) return passArray(bytes, at)
  if (first === 0x2d || is(kinds.digit, first)) return passInteger(bytes, at)
  const word = words.find(({ 0: initial }) => initial === first)
  return word ? passExactly(bytes, at, word) : unsure
}

/** Whole numbers of up to 15 digits: their canonical form is their only plain one. */
function passInteger(bytes: Uint8Array, at: number): number {
  const isNegative = bytes[at] === 0x2d
  const start = isNegative ? at + 1 : at
  const end = passRun(bytes, start, kinds.digit)
  const length = end - start
  if (length === 0 || length > 15 || (bytes[start] === 0x30 && (length > 1 || isNegative))) return unsure
  const next = bytes[end] // a fraction or an exponent: not sure
  return next === comma || next === closingBrace || next === closingBracket ? end : unsure
}

export function passString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; ; at += 2) {
    at = passRun(bytes, at, kinds.plain)
    if (bytes[at] === quote) return at + 1
    if (bytes[at] !== backslash || !is(kinds.escaped, bytes[at + 1])) return unsure
  }
}

/** A plain ASCII key with its colon. */
function passKey(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return unsure
  const end = passRun(bytes, at + 1, kinds.key)
  return bytes[end] === quote && bytes[end + 1] === 0x3a ? end + 2 : unsure
}

/** Whether the key at `one` sorts before the key at `other`; both end with a quotation mark, which no key here holds. */
function isBefore(bytes: Uint8Array, one: number, other: number): boolean {
  for (let i = 0; ; i++) {
    const left = bytes[one + i] ?? quote
    const right = bytes[other + i] ?? quote
    if (left !== right) return left === quote || (right !== quote && left < right)
    if (left === quote) return false
  }
}

export function passObject(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== 0x7b) return unsure
  if (bytes[from + 1] === closingBrace) return from + 2
  let last = 0
  for (let at = from + 1; ; at++) {
    const key = at + 1
    at = passKey(bytes, at)
    if (at < 0 || (last > 0 && !isBefore(bytes, last, key))) return unsure
    at = passValue(bytes, at)
    if (at < 0 || bytes[at] === closingBrace) return at < 0 ? unsure : at + 1
    if (bytes[at] !== comma) return unsure
    last = key
  }
}

function passArray(bytes: Uint8Array, from: number): number {
  if (bytes[from + 1] === closingBracket) return from + 2
  for (let at = from + 1; ; at++) {
    at = passValue(bytes, at)
    if (at < 0 || bytes[at] === closingBracket) return at < 0 ? unsure : at + 1
    if (bytes[at] !== comma) return unsure
  }
}
