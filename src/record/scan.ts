// A quick reader of canonical JSON: one pass over the text, no objects made. It says "sure" or "not sure", never wrongly "sure".

/** Where the reader stands. Text is bytes read as Latin-1, already known to be UTF-8. */
export type Cursor = { text: string; at: number }

const quote = 0x22
const backslash = 0x5c
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
/** The characters that canonical JSON escapes with one letter: " \ b f n r t. */
const isEscaped = (code: number): boolean =>
  code === quote ||
  code === backslash ||
  code === 0x62 ||
  code === 0x66 ||
  code === 0x6e ||
  code === 0x72 ||
  code === 0x74

/** Moves past one value in canonical form; false when that is not sure (odd numbers and escapes, keys beyond ASCII). */
export function passValue(cursor: Cursor): boolean {
  switch (cursor.text.charCodeAt(cursor.at)) {
    case quote:
      return passString(cursor)
    case 0x7b:
      return passObject(cursor)
    case 0x5b:
      return passArray(cursor)
    case 0x74:
      return passWord(cursor, 'true')
    case 0x66:
      return passWord(cursor, 'false')
    case 0x6e:
      return passWord(cursor, 'null')
    default:
      return passInteger(cursor)
  }
}

function passWord(cursor: Cursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false
  cursor.at += word.length
  return true
}

/** Whole numbers of up to 15 digits: their canonical form is their only plain one. */
function passInteger(cursor: Cursor): boolean {
  const { text } = cursor
  const isNegative = text.charCodeAt(cursor.at) === 0x2d
  const start = isNegative ? cursor.at + 1 : cursor.at
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  const length = at - start
  if (length === 0 || length > 15 || (text.charCodeAt(start) === 0x30 && (length > 1 || isNegative))) return false
  const next = text.charCodeAt(at)
  if (next !== 0x2c && next !== 0x7d && next !== 0x5d) return false // a fraction or exponent: not sure
  cursor.at = at
  return true
}

function passString(cursor: Cursor): boolean {
  const { text } = cursor
  for (let at = cursor.at + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      cursor.at = at + 1
      return true
    }
    if (code === backslash) {
      if (!isEscaped(text.charCodeAt(++at))) return false
    } else if (!(code >= 0x20)) return false // a control character, or NaN beyond the end
  }
}

/** Moves past the plain ASCII key that begins here and its colon; false when not sure. */
function passKey(cursor: Cursor): boolean {
  const { text } = cursor
  if (text.charCodeAt(cursor.at) !== quote) return false
  for (let at = cursor.at + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      if (text.charCodeAt(at + 1) !== 0x3a) return false
      cursor.at = at + 2
      return true
    }
    if (!(code >= 0x20 && code < 0x7f) || code === backslash) return false
  }
}

/** Whether the key at `one` sorts before the key at `other`; both end with a quotation mark, which no key here holds. */
function isBefore(text: string, one: number, other: number): boolean {
  for (let i = 0; ; i++) {
    const left = text.charCodeAt(one + i)
    const right = text.charCodeAt(other + i)
    if (left !== right) return left === quote || (right !== quote && left < right)
    if (left === quote) return false
  }
}

export function passObject(cursor: Cursor): boolean {
  const { text } = cursor
  if (text.charCodeAt(cursor.at++) !== 0x7b) return false
  if (text.charCodeAt(cursor.at) === 0x7d) return passWord(cursor, '}')
  for (let last = 0; ; ) {
    const key = cursor.at + 1
    if (!passKey(cursor) || (last > 0 && !isBefore(text, last, key)) || !passValue(cursor)) return false
    last = key
    const next = text.charCodeAt(cursor.at++)
    if (next === 0x7d) return true
    if (next !== 0x2c) return false
  }
}

function passArray(cursor: Cursor): boolean {
  cursor.at++
  if (cursor.text.charCodeAt(cursor.at) === 0x5d) return passWord(cursor, ']')
  for (;;) {
    if (!passValue(cursor)) return false
    const next = cursor.text.charCodeAt(cursor.at++)
    if (next === 0x5d) return true
    if (next !== 0x2c) return false
  }
}
