// One bit flipped anywhere, and `guildhall verify`, run as a command, names it and ends with another code than 0.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { newKey, signerOf } from '#record/signer.ts'
import { testDatabase } from '#test/kit/database.ts'
import { entryText, logFiles, writeFiles } from '#test/kit/log.ts'
import { asOwner } from '#test/kit/owner.ts'
import { dataFolder, run } from '#test/kit/program.ts'

async function flip(file: string, byte: number): Promise<void> {
  const bytes = await readFile(file)
  bytes.writeUInt8(bytes.readUInt8(byte) ^ 1, byte)
  await writeFile(file, bytes)
}

const key = newKey()
const signer = signerOf('tamper.example/log', key)
const entries = Array.from({ length: 600 }, (_, n) => Buffer.from(entryText(n)))

/** The file, a byte of it, and what the command says first. */
const flips: readonly (readonly [what: string, file: string, byte: number, says: RegExp])[] = [
  ['a hash tile', 'tile/0/001', 32 * 44 + 3, /^ {2}.*(entry 300|tile\/0\/001)/m],
  ['an upper hash tile', 'tile/1/000.p/2', 33, /^ {2}.*tile\/1\/000\.p\/2/m],
  ['an entry bundle', 'tile/entries/001', 4000, /^ {2}entry 264 .*was altered/m],
  ['the root in the checkpoint', 'checkpoint', 30, /^ {2}.*checkpoint/m],
  ['the signature of the checkpoint', 'checkpoint', 150, /^ {2}.*(checkpoint|sign)/im],
]

test('a flipped bit in a file of the log is named', async t => {
  const whole = await dataFolder()
  await writeFiles(whole, logFiles(entries, signer))
  const clean = await run(['verify', whole, '--vkey', signer.vkey], {})
  assert.equal(clean.code, 0, clean.out + clean.err)
  assert.match(clean.out, /600 of 600 entries read/)
  for (const [what, file, byte, says] of flips)
    await t.test(what, async () => {
      const folder = await dataFolder()
      await writeFiles(folder, logFiles(entries, signer))
      await flip(join(folder, file), byte)
      const { code, out, err } = await run(['verify', folder, '--vkey', signer.vkey], {})
      assert.equal(code, 1, out + err)
      assert.match(out, says)
      assert.doesNotMatch(out + err, /node_modules|\n\s+at /)
    })
})

const changes: readonly (readonly [what: string, change: string, undo: string, says: RegExp])[] = [
  [
    'an entry',
    `update entries set leaf = replace(leaf, 'people.register', 'people.registed') where act = 'people.register'`,
    `update entries set leaf = replace(leaf, 'people.registed', 'people.register') where act = 'people.register'`,
    /entry \d+ \(ent_\w+\) /,
  ],
  [
    'a tile',
    'update tiles set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where level = 0',
    'update tiles set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where level = 0',
    /tile/,
  ],
  [
    'a row of a domain',
    `update seats set title = title || '!' where key = 'secretary'`,
    `update seats set title = rtrim(title, '!') where key = 'secretary'`,
    /table seats: has .*Secretary!.*, the record says .*Secretary/,
  ],
]

/** What an owner can do, and nobody else: the server refuses it to the program. */
const [off, on] = ['alter table entries disable trigger user', 'alter table entries enable trigger user']

test('a changed row of the database is named', { timeout: 120_000 }, async t => {
  const database = await testDatabase(t, {})
  const settings = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: await dataFolder() }
  assert.equal((await run(['init'], settings)).code, 0)
  for (const [what, change, undo, says] of changes)
    await t.test(what, async () => {
      await asOwner(database, `${off}; ${change}; ${on}`)
      const { code, out, err } = await run(['verify'], settings)
      await asOwner(database, `${off}; ${undo}; ${on}`)
      assert.equal(code, 1, out + err)
      assert.match(out, says)
    })
  const { code, out, err } = await run(['verify'], settings)
  assert.equal(code, 0, out + err)
})
