// The whole program for a bench: an embedded database as in production, a charter founded, served on a free port.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mountApi } from '#api/routes.ts'
import { type App, openApp } from '#app'
import { pageCache } from '#web/cache.ts'
import { mountHousePages } from '#web/house.ts'
import { listen } from '#web/listen.ts'
import { createSite } from '#web/site.ts'
import { readConfig } from '../src/config.ts'
import { found } from '../src/founding.ts'

export type Served = { readonly app: App; readonly url: string; readonly close: () => Promise<void> }

const charters = join(import.meta.dirname, '..', 'charters')

/** `TRUST_PROXY`, so that a bench may stand for many addresses: the limit of changes is for each of them. */
export async function serveCharter(name: 'example' | 'pytorch', { keepsPages = true } = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
  const config = readConfig({ DATA_DIR: folder, CHARTER: join(charters, name), PORT: '0', TRUST_PROXY: 'true' })
  const app = await openApp(config, { log: line => console.error(line) })
  await found(app)
  const cache = pageCache(app.web.version)
  const mounts = [mountApi, mountHousePages({})]
  const site = createSite(app.web, { ...(keepsPages && { cache }), trustsProxy: true, mounts })
  const listening = await listen(site, cache, { host: '127.0.0.1', port: 0 })
  const close = async () => {
    await listening.close()
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { app, url: `http://127.0.0.1:${listening.port}`, close }
}
