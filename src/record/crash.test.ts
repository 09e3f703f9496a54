// Bad days: writers and servers killed at any instant. What was acknowledged stays, and no index is given twice.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { Client } from 'pg'
import { type Database, openDatabase } from '#database/open.ts'
import { testDatabase } from '#test/kit/database.ts'
import { draft, integrate, origin } from '#test/kit/record.ts'
import { ownServer } from '#test/kit/server.ts'
import { append } from './append.ts'
import { verifyDatabase } from './audit.ts'
import { openCheckpoint } from './checkpoint.ts'
import { checkProof, parseProof } from './proof.ts'
import { isConsistent } from './proofs.ts'
import { latestCheckpoint, placesOf } from './queries.ts'
import { type SequencerDatabase, startSequencer } from './sequencer.ts'
import { consistencyOf } from './serve.ts'
import { loadSigner } from './signer.ts'
import { recordMigrations } from './tables.ts'

const writer = join(import.meta.dirname, '../../test/kit/writer.ts')

type Said = { entries: string[]; indexes: Map<string, { index: number; size: number }>; receipts: string[] }
const nothingSaid = (): Said => ({ entries: [], indexes: new Map(), receipts: [] })

function hear(said: Said, line: string): void {
  const [kind, id = '', first = '', second] = line.split(' ')
  if (kind === 'entry') said.entries.push(id)
  if (kind === 'index') said.indexes.set(id, { index: Number(first), size: Number(second) })
  if (kind === 'receipt') said.receipts.push(Buffer.from(first, 'base64').toString())
}

type Run = { place: object; keys: string; said: Said; lines: number; strike?: () => Promise<void> }

/** Runs a writer and kills it when it has said so many lines; with `strike`, that happens first. */
async function runAndKill({ place, keys, said, lines, strike }: Run): Promise<void> {
  const child = spawn(process.execPath, [writer, JSON.stringify(place), keys], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    hear(said, line)
    if (++count !== lines) continue
    await strike?.()
    child.kill('SIGKILL')
  }
  const [, signal] = await ended
  assert.equal(signal, 'SIGKILL')
}

/** Everything that was said is true of the log as it is at the end. */
async function checkAll(database: Database, keys: string, said: Said): Promise<void> {
  const { read } = database
  const signer = await loadSigner(keys, origin)
  await integrate(database, signer, Date.now())
  const report = await verifyDatabase(read, { vkey: signer.vkey })
  assert.deepEqual(report.faults, [])
  const places = await placesOf(read, said.entries)
  assert.deepEqual(
    said.entries.filter(id => !places.has(id)),
    [],
  )
  assert.equal(new Set(said.entries).size, said.entries.length)
  assert.deepEqual(
    [...said.indexes],
    [...said.indexes.keys()].map(id => [id, places.get(id)]),
  )
  const last = await latestCheckpoint(read)
  assert.ok(last)
  for (const receipt of said.receipts) {
    const checked = checkProof(receipt, { log: signer.key })
    assert.equal(checked.ok, true)
    const opened = openCheckpoint(parseProof(receipt)?.checkpoint ?? '', signer.key)
    if (!opened.ok) throw new Error(opened.why)
    const before = opened.checkpoint
    const proof = await consistencyOf(read, before.size, last.size)
    assert.equal(isConsistent(proof, before, last), true)
  }
}

async function keyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-keys-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

const upTo = (most: number): number => 1 + Math.floor(Math.random() * most)

test('30 writers killed at random moments, six at a time on one database, lose nothing', {
  timeout: 300_000,
}, async t => {
  const database = await testDatabase(t, recordMigrations)
  const keys = await keyFolder(t)
  const said = nothingSaid()
  const place = { url: database.url, ownerUrl: database.ownerUrl }
  for (let round = 0; round < 5; round++)
    await Promise.all([1, 8, 30, 60, 120, 240].map(most => runAndKill({ place, keys, said, lines: upTo(most) })))
  t.diagnostic(
    `${said.entries.length} acknowledged entries, ${said.indexes.size} indexes, ${said.receipts.length} receipts`,
  )
  assert.notEqual(said.receipts.length, 0)
  await checkAll(database, keys, said)
})

test('the embedded server killed under a writer, five times, loses nothing', { timeout: 300_000 }, async t => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guildhall-killed-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const keys = await keyFolder(t)
  const said = nothingSaid()
  const strike = async () => {
    process.kill(await postmasterOf(dataDir), 'SIGKILL')
  }
  for (let round = 0; round < 5; round++)
    await runAndKill({ place: { dataDir }, keys, said, lines: 1 + upTo(60), strike })
  t.diagnostic(
    `${said.entries.length} acknowledged entries, ${said.indexes.size} indexes, ${said.receipts.length} receipts`,
  )
  assert.notEqual(said.entries.length, 0)
  const database = await openDatabase({ dataDir, migrations: recordMigrations, log: () => {} })
  try {
    await checkAll(database, keys, said)
  } finally {
    await database.close()
  }
})

/** What writes to the disk apart from commits is held still, so that only commits do, until it is killed and the server with it. */
async function holdsDisk(url: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // it will be cut off
  await client.connect()
  const kinds = ['walwriter', 'background writer', 'checkpointer']
  const atRest = async (): Promise<number[]> => {
    const text = `select pid from pg_stat_activity where backend_type = any($1) and wait_event_type = 'Activity' order by pid`
    return (await client.query(text, [kinds])).rows.map(({ pid }) => pid)
  }
  // They come up while the server takes connections already; and one that is held in the middle of its work may hold a
  // lock that every commit needs.
  let held = await atRest()
  const signal = (name: NodeJS.Signals) => {
    for (const pid of held) process.kill(pid, name)
  }
  for (;;) {
    signal('SIGSTOP')
    const still = await atRest()
    if (held.length === kinds.length && still.length === kinds.length) break
    signal('SIGCONT')
    held = await atRest()
  }
  return async () => {
    const cutOff = new Promise(resolve => client.once('end', resolve))
    signal('SIGKILL')
    await cutOff
  }
}

test('what was committed but not yet on the disk is lost with the server, unless it was answered for', async t => {
  const server = await ownServer(t)
  const database = await openDatabase({ url: server.url, migrations: recordMigrations, log: () => {} })
  t.after(() => database.close())
  const signer = await loadSigner(await keyFolder(t), origin)
  const entry = async () => (await database.transact(tx => append(tx, draft()), { commit: 'asynchronous' })).id
  const lost = { name: 'DatabaseLost', outcome: 'nothing' }
  const begin = async (over: SequencerDatabase, poll = 1_000_000) => {
    const sequencer = await startSequencer({ database: over, signer, log: () => {}, poll })
    t.after(() => sequencer.stop())
    return sequencer
  }

  const first = await begin(database)
  const dies = await holdsDisk(server.url)
  const placed = await entry()
  const place = await first.integrated(placed)
  const unplaced = await entry()
  await first.stop()
  await dies()
  const second = await begin(database, 20)
  await assert.rejects(second.integrated(unplaced), lost)
  assert.deepEqual(await second.integrated(placed), place)
  await second.stop()

  // One that stands and waits in vain is told so only when it is on the disk.
  const transact: typeof database.transact = (work, options) =>
    options?.opening ? Promise.reject(new Error('no batch today')) : database.transact(work, options)
  const stuck = await begin({ read: database.read, transact })
  const diesAgain = await holdsDisk(server.url)
  const late = await entry()
  const told = assert.rejects(stuck.integrated(late), { name: 'Unplaced', entry: late })
  await stuck.stop()
  await told
  const gone = await entry()
  await diesAgain()
  const third = await begin(database, 20)
  await assert.rejects(third.integrated(gone), lost)
  assert.deepEqual(await third.integrated(late), { index: 1, size: 2 })
  await third.stop()
  assert.deepEqual((await verifyDatabase(database.read, { vkey: signer.vkey })).faults, [])
})

/** The first line of the server's own pid file. */
async function postmasterOf(dataDir: string): Promise<number> {
  const path = join(dataDir, 'postgres', 'postmaster.pid')
  return Number.parseInt(await readFile(path, 'utf8'), 10)
}
