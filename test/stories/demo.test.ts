// The demo beside real foundations: it lives in a folder of its own, leaves alone what it did not make, and says what is in its way.
import assert from 'node:assert/strict'
import { access, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { dataFolder, freePort, run, serveProgram } from '#test/kit/program.ts'

/** Somebody's foundation in this folder, and a way to see that it is as it was. */
async function foundation(DATA_DIR: string): Promise<() => Promise<void>> {
  const made = await run(['init'], { DATA_DIR })
  assert.equal(made.code, 0, made.err)
  const verify = () => run(['verify'], { DATA_DIR })
  const before = [await readdir(DATA_DIR), await verify()] as const
  assert.match(before[1].out, /The tables are what the record says/)
  return async () => assert.deepEqual([await readdir(DATA_DIR), await verify()], before)
}

/** Somebody else listens here. */
async function taken(t: TestContext): Promise<string> {
  const PORT = await freePort()
  const server = createServer().listen(Number(PORT), '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  t.after(() => server.close())
  return PORT
}

const isNotOurs =
  'holds something that no demo made, and is left as it is: move it away, or start the demo in another folder.'

/** In a foundation whose folder is named as the demo’s, among other files, and where no folder can be. */
async function isRefusedWhereItMadeNothing(home: string): Promise<void> {
  const [other, file] = [await dataFolder(), await dataFolder()]
  await mkdir(join(other, 'demo-data'))
  await writeFile(join(other, 'demo-data', 'letters.txt'), 'Dear Ada')
  await writeFile(join(file, 'demo-data'), 'no folder')
  const PORT = await freePort()
  for (const cwd of [home, other, file]) {
    const { code, err } = await run(['demo'], { PORT }, cwd)
    const folder = join(cwd, 'demo-data')
    const odd = `The demo cannot live in ${folder} (ENOTDIR): start it in another folder.\n`
    assert.deepEqual([code, err], [3, cwd === file ? odd : `${folder} ${isNotOurs}\n`])
  }
  assert.deepEqual(await readdir(join(other, 'demo-data')), ['letters.txt'])
}

test('a demo lives in its own folder, takes nothing from a foundation, and says what is in its way', async t => {
  const [home, cwd] = [await dataFolder(), await dataFolder()]
  const real = join(home, 'demo-data')
  const unchanged = await foundation(real)
  await isRefusedWhereItMadeNothing(home)

  const folder = join(cwd, 'demo-data')
  const busy = await run(['demo'], { PORT: await taken(t) }, cwd)
  assert.equal(busy.code, 1)
  assert.match(
    busy.err,
    /^Cannot listen on 127\.0\.0\.1:\d+ \(it is in use: stop what listens there, or set PORT\)\.\n$/,
  )
  assert.deepEqual(await readdir(cwd), [])

  // As an earlier telling leaves it that was interrupted.
  await mkdir(folder)
  await writeFile(join(folder, 'year-is-begun'), '')
  await writeFile(join(folder, 'half'), 'of a year')
  const unheeded = {
    DATA_DIR: real,
    SMTP_URL: 'smtp://127.0.0.1:1',
    LOG_KEY: 'no key at all',
    DATABASE_URL: 'postgres://nowhere/at-all',
  }
  const settings = { ...unheeded, PORT: await freePort() }
  const demo = await serveProgram(t, settings, { words: ['demo'], cwd })
  assert.match(
    demo.said(),
    new RegExp(
      `^  The demo does not heed DATA_DIR, CHARTER, DATABASE_URL, SMTP_URL, LOG_KEY: it lives in ${folder} alone\\.\\n`,
    ),
  )
  await assert.rejects(access(join(folder, 'half')))

  const second = await run(['demo'], { PORT: await freePort() }, cwd)
  assert.equal(second.code, 3)
  assert.match(
    second.err,
    /^Another demo \(process \d+\) has \S+demo-data open: look at that one, stop it first, or start this one in another folder\.\n$/,
  )
  assert.equal((await fetch(`${demo.url}/projects/returning-harvest`)).status, 200)
  await demo.end('SIGTERM')
  assert.deepEqual(await readdir(cwd), ['demo-data'])
  await unchanged()

  const again = await serveProgram(t, { PORT: await freePort() }, { words: ['demo'], cwd })
  assert.doesNotMatch(again.said(), /The demo does not heed (?!CHARTER:)/)
  assert.equal((await fetch(`${again.url}/projects/returning-harvest`)).status, 200)
})
