// Identifiers: a short prefix, then 20 characters that sort by the time they were minted.
import { getRandomValues } from 'node:crypto'
import { z } from 'zod'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford base 32: no i, l, o, u

/** The source of everything that is not a function of its inputs; tests pass a still clock and counted ids. */
export type Fresh = { now(): number; random(bytes: number): Uint8Array }

/** Asking the system for a few bytes costs as much as asking for many. None is given twice. */
function stockedRandom(): Fresh['random'] {
  const stock = new Uint8Array(4096)
  let used = stock.length
  return bytes => {
    if (bytes > stock.length) return getRandomValues(new Uint8Array(bytes))
    if (used + bytes > stock.length) {
      getRandomValues(stock)
      used = 0
    }
    const given = stock.slice(used, used + bytes)
    stock.fill(0, used, used + bytes)
    used += bytes
    return given
  }
}

export const systemFresh: Fresh = { now: () => Date.now(), random: stockedRandom() }

const digits = (value: bigint, length: number): string => {
  let text = ''
  for (let rest = value; text.length < length; rest >>= 5n) text = alphabet[Number(rest & 31n)] + text
  return text
}

/** Mints `prefix_` + 48 bits of milliseconds (10 characters) + 50 random bits (10 characters). */
export function mintId(prefix: string, fresh: Fresh = systemFresh): string {
  const random = fresh.random(7).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return `${prefix}_${digits(BigInt(fresh.now()), 10)}${digits(random, 10)}`
}

/** A schema for ids with this prefix; its inferred type is a plain string, its JSON Schema carries the pattern. */
export const idOf = (prefix: string, title: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{20}$`), `Expected an id such as ${prefix}_0123456789abcdefghjk`)
    .meta({ title, prefix })

/** A readable address part made of a name: `PyTorch Geometric` becomes `pytorch-geometric`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\+/g, ' plus ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'unnamed'
