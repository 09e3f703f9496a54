// Statements of whole registers and mail domains in a real house: whole or nothing, weaker than a person's word, and out again as they came.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, openRegister, register } from '#test/kit/contributing.ts'
import { organisationCalled } from '#test/kit/people.ts'
import { exportRegister } from './exporting.ts'
import * as problems from './problems.ts'

test('an import is whole or nothing, weaker than the rest, replaced by the next, and comes out as it went in', async t => {
  const { house, figures } = await openRegister(t)
  await organisationCalled(house, 'Loam')
  const bad = await house.refused(
    problems.unfitLines,
    'contributors.import-affiliations',
    { ...ask, text: `${register}x y: z\n` },
    'operator',
  )
  assert.match(bad.detail ?? '', /^line 5: expected a login/)
  const wrongForm = { ...ask, form: 'email-map', text: '# nothing\n' }
  await house.refused(problems.nothingInIt, 'contributors.import-affiliations', wrongForm, 'operator')
  await house.refused(
    problems.employerMissing,
    'contributors.import-affiliations',
    { ...ask, form: 'group-map' },
    'operator',
  )
  const { entry } = await house.done('contributors.import-affiliations', ask, 'operator')
  assert.deepEqual([entry.facts.addresses, entry.facts.stints], [4, 2])
  await house.refused(problems.alreadyImported, 'contributors.import-affiliations', ask, 'operator')
  const { organisations, people } = await figures()
  assert.deepEqual([organisations.knownShare, organisations.independent, people.contributors.high], [0.85, 30, 3])
  assert.deepEqual(
    organisations.most.map(({ label, count }) => [label, count]),
    [['Loam', 55]],
  )
  const text = await exportRegister(house.read, 'developers-affiliations')
  assert.ok(text)
  await house.done('contributors.import-affiliations', { ...ask, text }, 'operator')
  assert.equal(await exportRegister(house.read, 'developers-affiliations'), text)
  assert.deepEqual((await figures()).organisations, organisations)
  assert.equal(await exportRegister(house.read, 'mailmap'), undefined)
  const leaves = JSON.stringify(await house.leaves())
  assert.ok(!leaves.includes('gmail.com') && !leaves.includes('noreply'))
  await house.expectReplay()
})

test('mail domains: never where anybody may have one, one organisation at a time, taken from homepages', async t => {
  const { house } = await openRegister(t)
  const add = (name: string, homepage: string) => house.done('people.add-organisation', { name, homepage }, 'operator')
  await add('Loam', 'https://www.loam.example/about')
  await add('Peat', 'https://peat.github.io')
  await add('Humus', 'https://shared.example')
  await add('Sand', 'https://shared.example/sand')
  const state = (more: object) => ({ domain: 'humus.example', organisation: 'Humus', ...more })
  const act = 'contributors.state-domain'
  await house.refused(problems.saysNothingOfEmployers, act, state({ domain: 'gmail.com' }), 'operator')
  await house.refused(problems.noSuchOrganisation, act, state({ organisation: 'Clay' }), 'operator')
  await house.refused(problems.endsBeforeStart, act, state({ from: '2021-01-01', until: '2020-01-01' }), 'operator')
  await house.done(act, state({ from: '2021-01-01' }), 'operator')
  await house.refused(problems.domainTaken, act, state({ from: '2022-01-01' }), 'operator')
  await house.refused(
    problems.noSuchDomain,
    'contributors.end-domain',
    { domain: 'clay.example', until: '2022-01-01' },
    'operator',
  )
  await house.refused(
    problems.endsBeforeStart,
    'contributors.end-domain',
    { domain: 'humus.example', until: '2021-01-01' },
    'operator',
  )
  await house.done('contributors.end-domain', { domain: 'humus.example', until: '2022-01-01' }, 'operator')
  await house.done(act, state({ from: '2022-01-01', organisation: 'Loam' }), 'operator')
  const { entry } = await house.done('contributors.take-homepages', {}, 'operator')
  assert.deepEqual(
    (entry.facts.domains as { domain: string }[]).map(({ domain }) => domain),
    ['loam.example'],
  )
  await house.refused(problems.nothingNew, 'contributors.take-homepages', {}, 'operator')
  await house.expectReplay()
})
