// Criteria files with mistakes: each is named with file, line and what is expected.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readCriteria } from './criteria.ts'

const root = new URL('../../../../charters/', import.meta.url).pathname
const good = `id: sample
title: Sample
source: The tests
requirements:
  - id: T1
    number: 1
    title: Commits
    requirement: There are enough commits.
    clause: 3.a
    decidedBy: git
    check: commits
    parameters: { days: 90, minimum: 3 }
`
const told = (text: string) => {
  const read = readCriteria(text, '/somewhere/sample.yml')
  return 'problems' in read ? read.problems.map(({ file, line, says }) => `${file}:${line} ${says}`) : []
}
const changed = (from: string, to: string) => {
  assert.ok(good.includes(from))
  return told(good.replace(from, to))
}

test('a good file has no problem, and a hash of what it says', () => {
  assert.deepEqual(told(good), [])
  const hash = (text: string) => {
    const read = readCriteria(text, 'sample.yml')
    return 'criteria' in read ? read.criteria.hash : ''
  }
  assert.equal(hash(good), hash(`# A comment\n${good}`))
  assert.notEqual(hash(good), hash(good.replace('minimum: 3', 'minimum: 4')))
  assert.match(hash(good), /^[0-9a-f]{64}$/)
})

test('each mistake is named by file, line and expectation', () => {
  const [unknown = ''] = changed('check: commits', 'check: comits')
  assert.match(
    unknown,
    /^sample\.yml:11 requirements\.0\.check: No check is named comits\. Expected one of active-people, /,
  )
  assert.deepEqual(changed('clause: 3.a', 'clause: three'), [
    'sample.yml:9 requirements.0.clause: Expected a clause such as 3.c or 2.a.i',
  ])
  assert.match(
    changed('minimum: 3', 'minimum: none')[0] ?? '',
    /^sample\.yml:12 requirements\.0\.parameters\.minimum: /,
  )
  assert.match(changed('minimum: 3', 'minimum: 3, more: 1')[0] ?? '', /^sample\.yml:12 requirements\.0\.parameters: /)
  assert.match(changed('decidedBy: git\n', 'decidedBy: git+person\n')[0] ?? '', /^sample\.yml:10 .*Expected `remains`/)
  assert.match(changed('    title: Commits\n', '')[0] ?? '', /^sample\.yml:5 requirements\.0\.title: /)
  assert.match(changed('title: Sample', 'title: [')[0] ?? '', /^sample\.yml:\d+ /)
  assert.match(
    told(good + good.slice(good.indexOf('  - id')))[0] ?? '',
    /^sample\.yml:13 requirements\.1\.id: Expected each id once/,
  )
  assert.match(told('')[0] ?? '', /^sample\.yml:1 /)
})

test('parts of a requirement are checked as well', () => {
  const parts =
    'check: all-of\n    parameters: { checks: [{ check: ci }, { check: commits, parameters: { days: 90 } }] }'
  const text = good.replace(/check: commits[\s\S]*$/, `${parts}\n`)
  assert.match(told(text)[0] ?? '', /^sample\.yml:12 requirements\.0\.parameters\.checks\.1\.parameters\.minimum: /)
})

for (const charter of readdirSync(root))
  for (const name of readdirSync(join(root, charter, 'criteria')))
    test(`the shipped criteria ${charter}/${name}`, () => {
      assert.deepEqual(told(readFileSync(join(root, charter, 'criteria', name), 'utf8')), [])
    })
