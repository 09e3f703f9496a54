// Published registers, read and written: what comes back is what went in, and unfit lines are named without their matter.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldedCompany } from '../companies.ts'
import { derive, readRegister, writeRegister } from '../registers.ts'

const key = '00'.repeat(32)
const developers = `ada-sample: ada!sample.example, ada-sample!users.noreply.github.com
\tFirst Corp until 2019-04-01
\tIndependent from 2019-04-01 until 2021-01-01
\tSecond Ltd. from 2021-01-01
bo: bo!loam.example
\tLoam *
`

test('developers_affiliations: people, half-open periods, independence, contested statements', () => {
  const read = readRegister('developers-affiliations', developers)
  assert.deepEqual(read.faults, [])
  assert.deepEqual(read.people, [
    {
      login: 'ada-sample',
      addresses: ['ada@sample.example', 'ada-sample@users.noreply.github.com'],
      stints: [
        { company: 'First Corp', from: null, until: '2019-04-01', isContested: false },
        { company: null, from: '2019-04-01', until: '2021-01-01', isContested: false },
        { company: 'Second Ltd.', from: '2021-01-01', until: null, isContested: false },
      ],
    },
    {
      login: 'bo',
      addresses: ['bo@loam.example'],
      stints: [{ company: 'Loam', from: null, until: null, isContested: true }],
    },
  ])
  assert.equal(writeRegister('developers-affiliations', read), developers)
})

test('unfit lines are named by number, and no address stands in what is said', () => {
  const text =
    'ada: ada!sample.example\n\tFirst from 2020-13-01\n\tNotFound\nbo: ada!sample.example\nno colon ada!x.example\n'
  assert.deepEqual(readRegister('developers-affiliations', text).faults, [
    { line: 2, expected: 'days such as 2026-02-10', found: 'First from 2020-13-01' },
    { line: 4, expected: 'addresses that stand under one person', found: 'one that stands in line 1 too' },
    { line: 5, expected: 'a login, a colon and addresses', found: 'another form' },
  ])
  assert.deepEqual(readRegister('developers-affiliations', '\tFirst\n').faults, [
    { line: 1, expected: 'a login with addresses before the first period', found: 'a period' },
  ])
})

const emailMap = `loam.example Loam Inc. < 2020-01-01
loam.example Humus
ada@sample.example Independent < 2024-05-06
`

test('EmailMap: domains and addresses, each line until its day, the next from there', () => {
  const read = readRegister('email-map', `# a comment\n${emailMap}gmail.com Nobody\n`)
  assert.deepEqual(read.faults, [])
  assert.deepEqual(read.domains.slice(0, 2), [
    { domain: 'loam.example', company: 'Loam Inc.', from: null, until: '2020-01-01' },
    { domain: 'loam.example', company: 'Humus', from: '2020-01-01', until: null },
  ])
  assert.deepEqual(
    derive(key, read).rows.domains.map(({ domain }) => domain),
    ['loam.example', 'loam.example'],
  )
  assert.equal(writeRegister('email-map', readRegister('email-map', emailMap)), emailMap)
  assert.deepEqual(
    readRegister(
      'email-map',
      'x@y.example\nloam.example A\nloam.example B\nloam.example Independent < 2020-01-01',
    ).faults.map(({ line }) => line),
    [1, 3, 4],
  )
})

test('EmailAliases, GroupMap and .mailmap', () => {
  const aliases = 'old@sample.example ada@sample.example\n'
  assert.equal(writeRegister('email-aliases', readRegister('email-aliases', aliases)), aliases)
  assert.deepEqual(readRegister('email-aliases', 'only@one.example').faults.length, 1)
  const mailmap = 'Ada Sample <ada@sample.example> <old@sample.example>\nBo <bo@loam.example>\n'
  assert.equal(writeRegister('mailmap', readRegister('mailmap', mailmap)), mailmap)
  assert.deepEqual(readRegister('mailmap', 'Ada\n').faults, [
    { line: 1, expected: 'Name <address>, or Name <address> Name <address>', found: 'Ada' },
  ])
  assert.deepEqual(readRegister('group-map', 'ada@sample.example\n', 'Loam').people, [
    { addresses: ['ada@sample.example'], stints: [{ company: 'Loam', from: null, until: null, isContested: false }] },
  ])
})

test('names of companies fold over legal forms, punctuation and case, and never to nothing', () => {
  const same = ['First Corp', 'FIRST, Inc.', 'The First Ltd.', 'First GmbH', 'first corp.', 'First Co., Ltd.']
  assert.deepEqual(new Set(same.map(foldedCompany)), new Set(['first']))
  assert.deepEqual(['A.B. Ltd', 'AB', 'Loam & Sons', 'Co'].map(foldedCompany), ['ab', 'ab', 'loam and sons', 'co'])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), name => {
      assert.equal(foldedCompany(foldedCompany(name)), foldedCompany(name))
    }),
  )
})

const day = fc.integer({ min: 0, max: 8000 }).map(days => new Date(days * 86_400_000 + 1e12).toISOString().slice(0, 10))
const word = fc.stringMatching(/^[a-z]{3,8}$/)
const stint = fc.tuple(word, fc.option(day), fc.option(day), fc.boolean()).map(([name, a, b, isContested]) => ({
  company: `X${name}`,
  ...(a && b && b < a ? { from: b, until: a } : { from: a, until: a === b ? null : b }),
  isContested,
}))
const people = fc
  .uniqueArray(word, { minLength: 1, maxLength: 6 })
  .chain(logins =>
    fc.tuple(fc.constant(logins), fc.array(fc.array(stint, { minLength: 1, maxLength: 3 }), { minLength: 6 })),
  )
  .map(([logins, stints]) =>
    logins.map((login, index) => ({ login, addresses: [`${login}@sample.example`], stints: stints[index] ?? [] })),
  )

test('any register of people that is written is read back the same', () => {
  fc.assert(
    fc.property(people, all => {
      const text = writeRegister('developers-affiliations', { people: all, domains: [], aliases: [], faults: [] })
      const read = readRegister('developers-affiliations', text)
      assert.deepEqual(read.faults, [])
      assert.deepEqual(read.people, all)
    }),
  )
})
