// Canonical JSON (RFC 8785) and SHA-256: the same value gives the same bytes and the same hash everywhere.
import { hash } from 'node:crypto'
import canonicalizeJson from 'canonicalize'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** RFC 8785 text of a JSON value; members that are undefined are left out. Throws on NaN and infinities. */
export function canonical(value: unknown): string {
  const text = canonicalizeJson(value)
  if (text === undefined) throw new TypeError('Only JSON values have a canonical form')
  return text
}

/** Lower-case hexadecimal SHA-256 of text (as UTF-8) or bytes. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

export const hashOf = (value: unknown): string => sha256(canonical(value))
