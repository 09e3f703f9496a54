// `guildhall serve`: opens the house, founds it the first time, and serves until it is told to stop.
import { styleText } from 'node:util'
import { outbox } from '#adapters/mail/post.ts'
import { mountApi } from '#api/routes.ts'
import { pageCache } from '#web/cache.ts'
import { mountHousePages } from '#web/house.ts'
import { listen } from '#web/listen.ts'
import { createSite } from '#web/site.ts'
import { type App, openApp } from '../app.ts'
import { type Config, readConfig, settings } from '../config.ts'
import { found, hasOfficer, seatFirstOfficer } from '../founding.ts'
import type { Outside } from '../outside.ts'
import { done, type HouseCommand } from './command.ts'
import { officerAddress } from './officer.ts'

const log = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Steps that may take seconds say that they began and how long they took. */
async function step<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  const began = performance.now()
  process.stdout.write(`${what} … `)
  const answer = await work()
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return answer
}

async function ready(app: App): Promise<void> {
  const { is } = app.charters.standing()
  if (is === 'none') await step(`Founding the ${app.charters.current().foundation.name}`, () => found(app))
  if (is === 'unloadable') say('The charter in force asks for another program: see guildhall charter check.')
  if (!(await hasOfficer(app))) await seatFirstOfficer(app, officerAddress(app.config))
}

/** A link for whoever sees this terminal, on one's own machine; elsewhere the first officer gets a mail. */
async function welcome(app: App): Promise<void> {
  const email = officerAddress(app.config)
  say(`\n  ${styleText('bold', app.charters.current().foundation.name)}   ${app.config.BASE_URL}`)
  if (app.post.kind === 'outbox') {
    say(`  Mails land at            ${app.config.BASE_URL}/outbox`)
    say(`  Sign in as first officer ${await app.signIn.showLink(email)}\n`)
  }
}

function site(app: App) {
  const cache = pageCache(app.web.version)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(app.config.BASE_URL).hostname)
  const shown = isLocal && app.post.kind === 'outbox' ? { outbox } : {}
  const mounts = [mountApi, mountHousePages(shown)]
  return { cache, hono: createSite(app.web, { cache, trustsProxy: app.config.TRUST_PROXY, mounts }) }
}

/** Everything that serving is; the promise ends when a signal asked to stop and all is closed. */
export async function serve(config: Config, outside?: Outside): Promise<void> {
  const app = await openApp(config, { log, outside })
  const stopped = new Promise<string>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
  try {
    await ready(app)
    const { cache, hono } = site(app)
    const listening = await listen(hono, cache, { host: config.HOST, port: config.PORT })
    await welcome(app)
    await app.work()
    await stopped
    say('Closing …')
    await listening.close()
  } finally {
    await app.close()
  }
}

export const serveCommand: HouseCommand = {
  summary: 'Open the foundation and serve it',
  usage: `guildhall serve

Opens the foundation and serves it until it is told to stop. The first time it adopts the charter and sets up what its folder says.

Settings, from the environment
${settings()
  .map(({ name, says }) => `  ${name.padEnd(24)} ${says}`)
  .join('\n')}`,
  async run() {
    await serve(readConfig(process.env))
    return done('')
  },
}
