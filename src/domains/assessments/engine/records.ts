// Splits a stream of NUL-separated bytes into records of a fixed number of fields.

/** A commit message of this size is an attack, not a message. */
const mostCarried = 32 * 1024 * 1024

export class RecordTooLarge extends Error {
  readonly refusal = { kind: 'too-large', says: 'A commit of this history has fields too large to read.' }
}

/** Names and trailers of a history are held in memory: there is an end to how many. */
export class HistoryTooLarge extends Error {
  readonly refusal = { kind: 'too-large', says: 'The names in this history are too many to read.' }
}

/**
 * Fields are latin1 text, one character per byte, so that bytes that are not UTF-8 survive: decode with `utf8` to show.
 * The array handed to `each` is used again for the next record.
 */
export async function readRecords(
  stream: AsyncIterable<Uint8Array>,
  count: number,
  each: (fields: string[]) => boolean | undefined,
): Promise<void> {
  let carried = ''
  const fields: string[] = new Array(count).fill('')
  let filled = 0
  for await (const chunk of stream) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    let from = 0
    for (let end = text.indexOf('\0'); end !== -1; end = text.indexOf('\0', from)) {
      fields[filled++] = carried + text.slice(from, end)
      carried = ''
      from = end + 1
      if (filled < count) continue
      filled = 0
      if (each(fields) === false) return
    }
    carried += text.slice(from)
    if (carried.length > mostCarried) throw new RecordTooLarge()
  }
}

export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8')

/** ASCII only: bytes above 127 are parts of UTF-8 characters and must not be touched. */
export const lowerAscii = (text: string): string =>
  /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, part => part.toLowerCase()) : text

/** Not `trim`: the byte 0xA0 ends some UTF-8 characters, and read as latin1 it is a space to JavaScript. */
export const trimAscii = (text: string): string => text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '')
