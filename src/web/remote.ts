// Where a request came from.
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** The address that a request came from; unknown in tests without a socket. */
export const remoteOf = (context: Context, trustsProxy = false): string => {
  const forwarded = trustsProxy && context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  if (forwarded) return forwarded
  try {
    return getConnInfo(context).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
