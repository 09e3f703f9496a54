// Bad days of the machine: a folder that cannot be written, a disk that is full, a charter with a fault, a program that stops.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { dataFolder, exampleCharter, freePort, run, serveProgram } from '#test/kit/program.ts'
import { remote } from '#test/kit/remote.ts'

/** A small disk of its own; undefined where this account may not have one. */
async function disk(t: TestContext, options: string): Promise<string | undefined> {
  const folder = await dataFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
    t.skip('This account may not mount a small disk: run the tests as root to have it tried')
    return undefined
  }
  t.after(() => spawnSync('umount', ['-l', folder]))
  return folder
}

test('a data folder that cannot be written is one line', async t => {
  const DATA_DIR = await disk(t, 'ro,size=1m')
  if (!DATA_DIR) return
  const { code, out, err } = await run(['serve'], { DATA_DIR, PORT: await freePort() })
  assert.deepEqual([code, out], [3, ''])
  assert.match(err, /^The data folder \S+ cannot be made or written: EROFS.* choose another DATA_DIR\.\n$/)
})

test('a full disk is told, loses nothing that was confirmed, and is got over', { timeout: 120_000 }, async t => {
  const DATA_DIR = await disk(t, 'size=80m,mode=755')
  if (!DATA_DIR) return
  const program = await serveProgram(t, { DATA_DIR, PORT: await freePort() })
  const officer = remote(program.url)
  await officer.take(program.link)
  const filler = join(DATA_DIR, 'filler')
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k', 'count=4000'])
  const confirmed: string[] = []
  let refused: Awaited<ReturnType<typeof officer.act>> | undefined
  for (let n = 0; n < 3000 && !refused; n++) {
    const name = `Nursery ${n} ${'of the long valley '.repeat(5)}`.trim()
    const answer = await officer.act('people.add-organisation', { name })
    if (answer.status === 201) confirmed.push(name)
    else refused = answer
  }
  assert.equal(refused?.status, 503, JSON.stringify(refused))
  assert.match(program.said(), /disk is full/)
  await rm(filler)
  while ((await officer.act('people.add-organisation', { name: 'After' })).status === 503) await moment(100)
  const listed = (await officer.get('/api/people/organisations')).text
  assert.deepEqual(
    confirmed.filter(name => !listed.includes(name)),
    [],
  )
  await program.end('SIGTERM')
  const checked = await run(['verify'], { DATA_DIR, PORT: '0' })
  assert.equal(checked.code, 0, checked.out + checked.err)
})

test('a charter with a fault is named by file and line at the start', async () => {
  const CHARTER = join(await dataFolder(), 'charter')
  await cp(exampleCharter, CHARTER, { recursive: true })
  const file = join(CHARTER, 'terms.yml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('noticeDays: 30', 'noticeDays: soon'))
  const line = text.slice(0, text.indexOf('noticeDays')).split('\n').length
  const { code, err } = await run(['serve'], { DATA_DIR: await dataFolder(), CHARTER, PORT: await freePort() })
  assert.equal(code, 3)
  assert.match(err, new RegExp(`terms\\.yml:${line}:\\d+\\n +expected .*noticeDays: .*\\n(.*\\n)* +found +"soon"`))
  assert.doesNotMatch(err, /\n\s+at /)
})

test('a machine without git is told so in one line', async () => {
  const [PATH, cwd] = [await dataFolder(), await dataFolder()]
  const missing = 'Git was not found on this machine. The operator has to install it, or to put it on the PATH.\n'
  await mkdir(join(cwd, 'objects'))
  await writeFile(join(cwd, 'HEAD'), 'ref: refs/heads/main\n')
  const assessed = await run(['assess', cwd], { PATH })
  assert.deepEqual([assessed.code, assessed.out, assessed.err], [4, missing, ''])
  const demo = await run(['demo'], { PATH, PORT: await freePort() }, await dataFolder())
  assert.deepEqual([demo.code, demo.err], [1, missing])
})

test('a command beside a program that stops says so in one line', async t => {
  const settings = { DATA_DIR: await dataFolder(), PORT: await freePort() }
  const program = await serveProgram(t, settings)
  const check = run(['verify'], settings)
  await program.end('SIGTERM')
  const { code, out, err } = await check
  // It was through before, or lost the server, or has the folder alone.
  assert.ok([0, 3].includes(code ?? -1), out + err)
  assert.doesNotMatch(out + err, /node_modules|\n\s+at /)
  assert.equal(err.split('\n').length, code === 3 ? 2 : 1, err)
})
