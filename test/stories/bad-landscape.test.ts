// Landscape files through the command: a broken one changes nothing and is named by line; the same one twice changes nothing.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataFolder, run } from '#test/kit/program.ts'

test('a foundation is founded once, and a landscape is imported whole or not at all', async () => {
  const DATA_DIR = await dataFolder()
  const guildhall = (...words: string[]) => run(words, { DATA_DIR })
  assert.equal((await guildhall('export', 'landscape')).code, 3, 'no foundation yet')
  const founded = await guildhall('init')
  assert.equal(founded.code, 0, founded.err)
  assert.match(founded.out, /\/sign-in\/link\?token=/)
  assert.equal((await guildhall('init')).code, 9)

  const file = join(DATA_DIR, 'landscape.yml')
  assert.equal((await guildhall('export', 'landscape', file)).code, 0)
  const first = JSON.parse((await guildhall('import', 'landscape', file, '--json')).out)
  assert.deepEqual([first.done, first.faults], [{}, []])

  const lines = (await readFile(file, 'utf8')).split('\n')
  const line = lines.findIndex(text => text.includes('homepage_url:'))
  lines[line] = lines[line]?.replace(/homepage_url:.*/, 'homepage_url: nowhere') ?? ''
  await writeFile(file, lines.join('\n'))
  const broken = await guildhall('import', 'landscape', file)
  assert.equal(broken.code, 22)
  assert.ok(broken.out.includes(`${file}:${line + 1}: `), broken.out)
  assert.match(broken.out, /Nothing was imported/)
  assert.equal((await guildhall('import', 'landscape', file, '--skip-invalid')).code, 0)
})
