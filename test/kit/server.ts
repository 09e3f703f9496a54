// A PostgreSQL of somebody's own, as DATABASE_URL names one: reached by TCP on loopback, started and killed by the test.
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { Client } from 'pg'
import { spawnAs } from '#database/account.ts'
import { ownerRole } from '#database/cluster.ts'
import { prepare } from '#database/launcher.ts'
import { certify } from './certificate.ts'
import { freePort } from './program.ts'

export type Server = {
  /** As owner of everything, which is all that a DATABASE_URL alone gives. */
  readonly url: string
  readonly start: () => Promise<void>
  /** As a machine that loses its power. */
  readonly kill: () => Promise<void>
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      () => false,
    )
}

/** Removed with the test. With `tls` it takes no connection in the clear. */
export async function ownServer(t: TestContext, { tls = false } = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-own-'))
  const { place } = await prepare(folder, { log: () => {}, isDurable: false })
  const port = await freePort()
  const made = tls ? certify(folder) : undefined
  if (made && process.getuid?.() === 0) chownSync(made.key, place.account.uid, place.account.uid)
  const secure = made ? ['-c', 'ssl=on', '-c', `ssl_cert_file=${made.cert}`, '-c', `ssl_key_file=${made.key}`] : []
  if (made)
    writeFileSync(
      join(place.cluster, 'pg_hba.conf'),
      'hostssl all all 127.0.0.1/32 trust\nhostssl all all ::1/128 trust\n',
    )
  const query = made ? `?sslmode=verify-full&sslrootcert=${encodeURIComponent(made.cert)}` : ''
  const url = `postgresql://${ownerRole}@localhost:${port}/postgres${query}`
  const where = ['-D', place.cluster, '-k', place.socketDir, '-p', port, '-c', 'listen_addresses=localhost']
  let running: ReturnType<typeof spawnAs> | undefined

  const kill = async (): Promise<void> => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'close')
    running.kill('SIGQUIT') // at once, without a shutdown: what was not committed is gone
    await ended
  }
  const start = async (): Promise<void> => {
    running = spawnAs(place.account, [place.postgres, ...where, ...secure], { cwd: '/', stdio: 'ignore' })
    while (!(await answers(url))) {
      if (running.exitCode !== null) throw new Error(`PostgreSQL ended with ${running.exitCode}`)
      await moment(50)
    }
  }
  t.after(async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await start()
  return { url, start, kill }
}
