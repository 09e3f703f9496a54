// An independent check: the Go project's transparency-log library verifies a log that we exported.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { exportLog } from '#record/export.ts'
import { latestCheckpoint } from '#record/queries.ts'
import { recordMigrations } from '#record/tables.ts'
import { testDatabase } from '#test/kit/database.ts'
import { appendMany, integrate, testSigner } from '#test/kit/record.ts'

const library = '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog'
const isInstalled = existsSync(library) && spawnSync('go', ['version']).status === 0
const missing = 'Go is not installed: apt-get install golang-go golang-golang-x-mod-dev'

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-go-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/** Builds our checker; gives a function that runs it. */
function built(folder: string) {
  const program = join(folder, 'verify')
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(folder, 'cache'),
    GOFLAGS: '',
  }
  const build = spawnSync('go', ['build', '-o', program, join(import.meta.dirname, 'verify.go')], {
    env,
    encoding: 'utf8',
  })
  assert.equal(build.status, 0, build.stderr)
  return (...args: string[]) => spawnSync(program, args, { encoding: 'utf8' })
}

test('golang.org/x/mod verifies our checkpoints, tiles, records and growth', {
  skip: isInstalled ? false : missing,
}, async t => {
  const database = await testDatabase(t, recordMigrations)
  const signer = testSigner()
  const folder = await scratch(t)
  const check = built(folder)
  const log = join(folder, 'log')
  const earlier = join(folder, 'earlier')

  await appendMany(database, 300)
  await integrate(database, signer)
  await writeFile(earlier, (await latestCheckpoint(database.read))?.note ?? '')
  await appendMany(database, 777)
  await integrate(database, signer)
  await exportLog(database.read, log)

  const good = check(log, earlier, signer.vkey)
  assert.deepEqual([good.stdout, good.stderr, good.status], ['10 records\ntree 300 -> 1077\n', '', 0])

  const bundle = join(log, 'tile/entries/001')
  const whole = await readFile(bundle)
  const altered = Buffer.from(whole)
  altered[10] = (altered[10] ?? 0) ^ 1
  await writeFile(bundle, altered)
  const tampered = check(log, earlier, signer.vkey)
  assert.deepEqual([tampered.stderr, tampered.status], ['record 256: invalid transparency proof\n', 1])

  await writeFile(bundle, whole)
  const tile = join(log, 'tile/0/001')
  const hashes = await readFile(tile)
  hashes[0] = (hashes[0] ?? 0) ^ 1
  await writeFile(tile, hashes)
  assert.equal(check(log, earlier, signer.vkey).status, 1)

  const stranger = check(log, earlier, testSigner().vkey)
  assert.deepEqual([stranger.stderr, stranger.status], ['note has no verifiable signatures\n', 1])
})
