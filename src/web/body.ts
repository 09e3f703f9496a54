// What a request carries, within limits: never more than fits, never text that no database keeps.
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'

export const bodyBytes = 256 * 1024

/** Undefined once it is more than is taken: the rest is not read. */
async function bytesUpTo(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Hono's own limit copies a request that has no length, which the Node server's light requests do not bear. */
export function limitBody(tooLarge: (context: Context) => Response): MiddlewareHandler {
  return async (context, next) => {
    const { raw, method } = context.req
    const length = raw.headers.get('content-length')
    if (length !== null) return Number(length) > bodyBytes ? tooLarge(context) : next()
    if (method === 'GET' || method === 'HEAD' || !raw.body) return next()
    const body = await bytesUpTo(raw.body, bodyBytes)
    if (!body) return tooLarge(context)
    context.req.raw = new Request(raw.url, { method, headers: new Headers([...raw.headers]), body })
    return next()
  }
}

/** No table keeps NUL, so no address with one leads anywhere. */
export const refuseNul: MiddlewareHandler = (context, next) => {
  if (/%00/.test(context.req.url)) throw new HTTPException(400)
  return next()
}

/** A body that is no form is the sender's mistake, not ours. */
export async function sentForm(context: Context): Promise<FormData> {
  try {
    return await context.req.formData()
  } catch {
    throw new HTTPException(400)
  }
}
