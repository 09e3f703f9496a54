// The installed PostgreSQL: links that an installation leaves out.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { scratch } from '#test/kit/repositories.ts'
import { makeLinks } from './binaries.ts'

test('library links that the installation left out are made, or it is said how', t => {
  const folder = scratch(t)
  const links = JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }])
  mkdirSync(join(folder, 'native'))
  writeFileSync(join(folder, 'native/pg-symlinks.json'), links)
  assert.throws(() => makeLinks(folder), {
    name: 'CannotOpen',
    message:
      `${folder}/native/lib/libx.so.1 is missing and cannot be made here (ENOENT): as the owner of that folder run ` +
      `"node scripts/hydrate-symlinks.js" in ${folder}, or set DATABASE_URL to a PostgreSQL 15 or newer instead.`,
  })
  mkdirSync(join(folder, 'native/lib'))
  writeFileSync(join(folder, 'native/lib/libx.so.1.2'), 'library')
  makeLinks(folder)
  makeLinks(folder)
  assert.equal(readFileSync(join(folder, 'native/lib/libx.so.1'), 'utf8'), 'library')
})
