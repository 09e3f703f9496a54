// The embedded server on real folders: starts, restarts, what was left behind, and what is refused.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { closedFolder } from './account.ts'
import { findBinaries } from './binaries.ts'
import { CannotOpen, type Log } from './errors.ts'
import { type Embedded, launch, socketFolder } from './launcher.ts'
import { withOwner } from './postmaster.ts'

const isRoot = process.getuid?.() === 0
const stranger = 65534
const quiet: Log = () => {}
const trial = fileURLToPath(new URL('./trial.ts', import.meta.url))

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/** A folder that is removed when all tests have ended, for a test's own `after` runs before its servers are stopped. */
function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guildhall-launcher-')))
  folders.push(folder)
  return folder
}

const open = (dataDir: string, log = quiet): Promise<Embedded> => launch({ dataDir, log, isDurable: false })

/** Starts another program on the folder; gives it with the first thing it says. */
async function startTrial(dataDir: string, uid?: number): Promise<{ child: ChildProcess; said: string }> {
  const account = uid === undefined ? {} : { uid, gid: uid }
  const child = spawn(process.execPath, [trial, JSON.stringify({ dataDir })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...account,
  })
  const [said] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, said }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function stopServer(dataDir: string): Promise<void> {
  const { stop } = await open(dataDir)
  await stop()
}

const note = ({ socketDir }: Embedded) =>
  withOwner(socketDir, 'guildhall', client => client.query('create table notes as select 42 as note'))
const noted = ({ socketDir }: Embedded) =>
  withOwner(socketDir, 'guildhall', async client => (await client.query('select note from notes')).rows)

const uidOf = (pid: number): number => statSync(`/proc/${pid}`).uid

test('a second start finds what the first one made', async () => {
  const folder = scratch()
  const first = await open(join(folder, 'data'))
  await note(first)
  await first.stop()
  const second = await open(join(folder, 'data'))
  assert.deepEqual(await noted(second), [{ note: 42 }])
  await second.stop()
  assert.deepEqual(readdirSync(join(folder, 'data')).toSorted(), ['postgres', 'postgres.log', 'socket'])
})

test('nobody else gets in: the socket folder is closed and no port is open', async t => {
  const embedded = await open(scratch())
  t.after(embedded.stop)
  assert.equal(statSync(embedded.socketDir).mode & 0o777, 0o700)
  const { rows } = await withOwner(embedded.socketDir, 'postgres', client =>
    client.query(
      "select current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums",
    ),
  )
  assert.deepEqual(rows, [{ addresses: '', checksums: 'on' }])
})

test('what is durable stays on outside tests', async t => {
  const embedded = await launch({ dataDir: scratch(), log: quiet })
  t.after(embedded.stop)
  const { rows } = await withOwner(embedded.socketDir, 'postgres', client =>
    client.query(
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name",
    ),
  )
  assert.deepEqual(
    rows.map(row => row.setting),
    ['on', 'on', 'on'],
  )
})

test('a server that a killed program left behind is used again', async () => {
  const folder = scratch()
  const { child, said } = await startTrial(folder)
  assert.equal(said, 'ready')
  const left = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  await kill(child)
  const embedded = await open(folder)
  assert.equal(embedded.pid(), left)
  await embedded.stop()
})

test('a pid file that names another living program is stale', async () => {
  const folder = scratch()
  await stopServer(folder)
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${folder}/postgres\n`)
  writeFileSync(join(folder, 'socket/.s.PGSQL.5432.lock'), `${process.pid}\n`)
  const said: string[] = []
  const embedded = await open(folder, line => said.push(line))
  await embedded.stop()
  assert.deepEqual(said, [`Removing a stale postmaster.pid: process ${process.pid} is another program`])
})

test('a second program on the same folder is refused and told who has it', async () => {
  const folder = scratch()
  const embedded = await open(folder)
  const { child, said } = await startTrial(folder)
  child.stdin?.end()
  assert.equal(
    said,
    `Another Guildhall (process ${process.pid}) has ${folder} open: stop it first, or choose another DATA_DIR.`,
  )
  await embedded.stop()
  assert.equal(existsSync(join(folder, 'guildhall.lock')), false)
})

test('of several programs that find a dead lock exactly one gets it', async t => {
  const folder = scratch()
  await stopServer(folder)
  writeFileSync(join(folder, 'guildhall.lock'), JSON.stringify({ pid: process.pid, started: 'before the last boot' }))
  const started = await Promise.all([1, 2, 3, 4].map(() => startTrial(folder)))
  t.after(() => stopServer(folder))
  assert.equal(started.filter(({ said }) => said === 'ready').length, 1)
  assert.equal(started.filter(({ said }) => said.startsWith('Another Guildhall (process ')).length, 3)
  for (const { child } of started) if (child.exitCode === null) await kill(child)
})

for (const [version, remedy] of [
  ['19', 'start the newer Guildhall that made it'],
  ['17', 'dump it with the Guildhall that made it and restore the dump into a new data folder'],
] as const)
  test(`a folder of PostgreSQL ${version} is refused`, async () => {
    const folder = scratch()
    mkdirSync(join(folder, 'postgres'))
    writeFileSync(join(folder, 'postgres/PG_VERSION'), `${version}\n`)
    const message = `${folder}/postgres was made by PostgreSQL ${version} and this is PostgreSQL ${findBinaries().major}: ${remedy}.`
    await assert.rejects(open(folder), new CannotOpen(message))
    assert.equal(existsSync(join(folder, 'guildhall.lock')), false)
  })

test('a folder that holds something else is refused and left as it is', async () => {
  const folder = scratch()
  mkdirSync(join(folder, 'postgres'))
  writeFileSync(join(folder, 'postgres/letter.txt'), 'mine')
  const message = `${folder}/postgres is not empty and holds no PostgreSQL data: move it away, or choose another DATA_DIR.`
  await assert.rejects(open(folder), new CannotOpen(message))
  assert.deepEqual(readdirSync(join(folder, 'postgres')), ['letter.txt'])
})

test('a first start that was killed half way is made anew', async () => {
  const folder = scratch()
  const seen = Promise.withResolvers<void>()
  const watcher = watch(folder, (_, name) => name?.startsWith('postgres.new-') && seen.resolve())
  const child = spawn(process.execPath, [trial, JSON.stringify({ dataDir: folder })], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  await seen.promise
  watcher.close()
  await kill(child)
  assert.equal(existsSync(join(folder, 'postgres')), false)
  const embedded = await open(folder)
  await note(embedded)
  await embedded.stop()
  assert.deepEqual(readdirSync(folder).toSorted(), ['postgres', 'postgres.log', 'socket'])
})

test('what the initdb of a killed start still makes after the next one began is removed too', async () => {
  const folder = scratch()
  const late = join(folder, 'postgres.new-late')
  const watcher = watch(folder, (_, name) => {
    if (!name?.startsWith('postgres.new-')) return
    watcher.close()
    mkdirSync(late)
  })
  const embedded = await open(folder)
  await embedded.stop()
  assert.deepEqual(readdirSync(folder).toSorted(), ['postgres', 'postgres.log', 'socket'])
})

test('a server that is killed while we run comes back', async t => {
  const said: string[] = []
  const back = Promise.withResolvers<void>()
  const embedded = await open(scratch(), line => {
    said.push(line)
    if (line.startsWith('PostgreSQL runs again')) back.resolve()
  })
  t.after(embedded.stop)
  await note(embedded)
  const killed = embedded.pid()
  process.kill(killed, 'SIGKILL')
  await back.promise
  assert.deepEqual(await noted(embedded), [{ note: 42 }])
  assert.deepEqual(said.slice(1), [
    `PostgreSQL (process ${killed}) ended by itself; starting it again`,
    `PostgreSQL runs again (process ${embedded.pid()})`,
  ])
})

test('a data folder too deep for a socket has its socket in the temporary folder', async t => {
  const folder = join(scratch(), 'deep'.repeat(25))
  const embedded = await open(folder)
  folders.push(embedded.socketDir)
  t.after(embedded.stop)
  assert.equal(embedded.socketDir, socketFolder(folder))
  assert.equal(join(embedded.socketDir, '..'), tmpdir())
  assert.equal(statSync(embedded.socketDir).mode & 0o777, 0o700)
})

test('as root the server runs under another account', { skip: !isRoot && 'needs to be run as root' }, async t => {
  const embedded = await open(scratch())
  t.after(embedded.stop)
  assert.equal(uidOf(embedded.pid()), stranger)
})

test('as root a folder that is closed to others works too', { skip: !isRoot && 'needs to be run as root' }, async t => {
  const closed = join(scratch(), 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const embedded = await open(join(closed, 'data'))
  t.after(embedded.stop)
  assert.equal(uidOf(embedded.pid()), stranger)
})

const hidden = closedFolder(trial)
const strangerCannot = !isRoot
  ? 'needs to be run as root'
  : hidden !== undefined && `the checkout lies in ${hidden}, which is closed to other accounts`

test('as an ordinary user the server runs as that user, and as root later still does', {
  skip: strangerCannot,
}, async t => {
  const folder = scratch()
  chownSync(folder, stranger, stranger)
  const { child, said } = await startTrial(folder, stranger)
  assert.equal(said, 'ready')
  await kill(child)
  const embedded = await open(folder)
  t.after(embedded.stop)
  assert.equal(uidOf(embedded.pid()), stranger)
})

test("another account's data folder is refused", { skip: strangerCannot }, async () => {
  const folder = scratch()
  mkdirSync(join(folder, 'postgres'))
  chownSync(folder, stranger, stranger)
  const { child, said } = await startTrial(folder, stranger)
  child.stdin?.end()
  assert.equal(
    said,
    `${folder}/postgres belongs to uid 0 and Guildhall runs as uid ${stranger}: start it as the account that made the folder, or as root.`,
  )
})
