// What figures ask of a paper: the licence by the check that looked, whatever the requirement asks beside and is called.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import spdx from 'spdx-license-list/full.js'
import { lookAtFiles } from '#test/kit/assessing.ts'
import { readCriteria } from '../criteria.ts'

const licence = { check: 'licence', parameters: { allowed: ['Apache-2.0'] } }

test('a requirement that fails for another reason still shows its licence', async context => {
  const files = { LICENSE: String(spdx['Apache-2.0']?.licenseText) }
  const both = { checks: [licence, { check: 'governance' }] }
  const result = await lookAtFiles(context, 'all-of', files, both)
  assert.deepEqual([result.outcome, result.shows], ['fail', { licence: 'pass' }])
})

test('checks that look at no licence show nothing', async context => {
  assert.equal((await lookAtFiles(context, 'ci', { a: 'a' })).shows, undefined)
})

const tableOf = (name: string): unknown => {
  const file = join(import.meta.dirname, '../../../../../charters/pytorch/criteria', name)
  const read = readCriteria(readFileSync(file, 'utf8'), file)
  if ('problems' in read) throw new Error('The criteria do not load')
  const { parameters } = read.criteria.requirements.find(({ check }) => check === 'supports-dependency') ?? {}
  return parameters
}

// Each file stands alone, because an evidence bundle carries one criteria file and must be replayed from that.
test('the releases of PyTorch are the same in both criteria files', () => {
  assert.ok(tableOf('ecosystem.yml'))
  assert.deepEqual(tableOf('ecosystem.yml'), tableOf('hosted.yml'))
})
