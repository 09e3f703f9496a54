// Seals: a salted commitment stands in the record, the value lies apart and can be destroyed or revealed.
import { createHmac } from 'node:crypto'
import { canonical } from '#base/canonical.ts'

export const saltBytes = 32

/** Lower-case hexadecimal HMAC-SHA-256 of the value's canonical JSON, keyed by the salt. */
export const commitmentOf = (salt: Uint8Array, value: unknown): string =>
  createHmac('sha256', salt).update(canonical(value)).digest('hex')

/** Whether an opened value is what the commitment in the record was made from. `salt` is hexadecimal. */
export const isRevealed = (commitment: string, salt: string, value: unknown): boolean =>
  /^[0-9a-f]{64}$/.test(salt) && commitmentOf(Buffer.from(salt, 'hex'), value) === commitment
