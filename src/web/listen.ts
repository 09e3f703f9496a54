// Listening: kept pages straight from memory, everything else through the site.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { PageCache } from './cache.ts'

export type Listening = { readonly port: number; readonly close: () => Promise<void> }

export class CannotListen extends Error {
  override name = 'CannotListen'
}

const opened = (server: Server, where: { host: string; port: number }): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      const reason =
        fault.code === 'EADDRINUSE' ? 'it is in use: stop what listens there, or set PORT' : (fault.code ?? 'unknown')
      reject(new CannotListen(`Cannot listen on ${where.host}:${where.port} (${reason}).`))
    })
    server.listen(where.port, where.host, () => resolve((server.address() as AddressInfo).port)) // listening on TCP
  })

/** Throws what `listen` would, and listens no longer. */
export async function checkFree(where: { host: string; port: number }): Promise<void> {
  const server = createServer()
  await opened(server, where)
  await new Promise(resolve => server.close(resolve))
}

/** Port 0 takes a free one. Closing lets requests under way end, for at most five seconds. */
export async function listen(site: Hono, cache: PageCache, where: { host: string; port: number }): Promise<Listening> {
  const through = getRequestListener(site.fetch, { overrideGlobalObjects: true })
  const server = createServer(async (request, response) => {
    // A fault in the cache is only a page not kept: the site answers.
    if (!(await cache.answer(request, response).catch(() => false))) await through(request, response)
  })
  server.requestTimeout = 60_000
  server.headersTimeout = 20_000
  const port = await opened(server, where)
  return {
    port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        setTimeout(() => server.closeAllConnections(), 5000).unref()
        server.closeIdleConnections()
      }),
  }
}
