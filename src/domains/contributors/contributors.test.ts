// The register of contributors in a real house: pseudonyms, precedence, corrections that count at once, disputes, erasure.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { entryBy, sealedOf } from '#record/queries.ts'
import { ask, history, openRegister, subject } from '#test/kit/contributing.ts'
import type { House } from '#test/kit/house.ts'
import { employed, organisationCalled, registered } from '#test/kit/people.ts'
import { codeOf } from './claiming.ts'
import { exportRegister } from './exporting.ts'
import { contributors, keepContributions } from './index.ts'
import { keyOf } from './keeping.ts'
import * as problems from './problems.ts'

test('nothing stated: nothing is known, and everything is possible', async t => {
  const { figures } = await openRegister(t)
  const { organisations, people } = await figures()
  assert.deepEqual(organisations.topShare, { low: 0.5, high: 1 })
  assert.deepEqual(organisations.factor, { low: 1, high: 1 })
  assert.equal(organisations.knownShare, 0)
  assert.deepEqual(
    [people.absence, people.contributors, people.suggested],
    [{ low: 1, high: 1 }, { low: 3, high: 4 }, 1],
  )
})

test('a stated mail domain counts; a person’s own word is stronger; a correction counts at once', async t => {
  const { house, figures, claim, id } = await openRegister(t)
  await organisationCalled(house, 'Loam')
  await house.done('contributors.state-domain', { domain: 'loam.example', organisation: 'Loam' }, 'operator')
  const before = await figures()
  assert.deepEqual([before.organisations.knownShare, before.organisations.topShare], [0.5, { low: 0.5, high: 1 }])
  assert.deepEqual(
    before.organisations.most.map(({ label, count }) => [label, count]),
    [['Loam', 50]],
  )
  assert.deepEqual([before.ownership?.topShare, before.ownership?.knownShare], [{ low: 0.6, high: 1 }, 0.6])

  const ada = await registered(house, 'Ada Sample')
  await organisationCalled(house, 'Humus')
  await claim(ada, 'ada@loam.example')
  const affiliation = await employed(house, ada, 'Humus', '2020-01-01')
  assert.deepEqual(
    (await figures()).organisations.most.map(({ label, count }) => [label, count]),
    [['Humus', 50]],
  )
  await house.done(
    'people.correct-affiliation',
    { affiliation, organisation: 'independent', from: '2020-01-01', reason: 'Left' },
    ada,
  )
  const after = await figures()
  assert.deepEqual([after.organisations.most, after.organisations.independent], [[], 50])
  await house.done(
    'people.withdraw-affiliation',
    { affiliation: await latest(house, ada), reason: 'Said too much' },
    ada,
  )
  await house.done(
    'contributors.dispute',
    { identity: id('ada@loam.example'), source: 'domain', reason: 'A borrowed address' },
    ada,
  )
  assert.equal((await figures()).organisations.knownShare, 0)
  await house.expectReplay()
})

const latest = async (house: House, person: string): Promise<string> => {
  const all = (await house.leaves()).filter(
    ({ act, facts }) => act === 'people.correct-affiliation' && facts.person === person,
  )
  return String(all.at(-1)?.facts.affiliation)
}

test('companies under one control are one; two employers at once are nobody’s guess', async t => {
  const { house, figures, claim } = await openRegister(t)
  const [ada, cy] = [await registered(house, 'Ada Sample'), await registered(house, 'Cy Sample')]
  for (const name of ['Loam', 'Humus', 'Peat']) await organisationCalled(house, name)
  await claim(ada, 'ada@loam.example')
  await claim(cy, 'cy@gmail.com')
  await employed(house, ada, 'Loam', '2020-01-01')
  await employed(house, cy, 'Humus', '2020-01-01')
  assert.equal((await figures()).organisations.most.length, 2)
  await house.done('people.state-control', { child: 'Humus', parent: 'Loam', from: '2020-01-01' }, 'operator')
  assert.deepEqual(
    (await figures()).organisations.most.map(({ label, count }) => [label, count]),
    [['Loam', 65]],
  )
  await employed(house, cy, 'Peat', '2020-01-01')
  assert.deepEqual((await figures()).organisations.knownShare, 0.5)
})

test('a proof by mail: the code goes to the address, which stands nowhere in the record', async t => {
  const { house, id } = await openRegister(t)
  const [ada, bo] = [await registered(house, 'Ada Sample'), await registered(house, 'Bo Sample')]
  await house.refused(problems.cannotReceive, 'contributors.ask-proof', { address: 'Bo@users.noreply.github.com' }, bo)
  const { entry } = await house.done('contributors.ask-proof', { address: 'Ada@Loam.example' }, ada)
  const [mail] = contributors.mails ?? []
  const [letter] = (await mail?.letters(entry, house.read)) ?? []
  assert.deepEqual(letter?.to, { email: 'Ada@Loam.example' })
  const claimed = String(entry.facts.claim)
  const code = codeOf(await keyOf(house.read), { id: claimed, identity: id('ada@loam.example') })
  assert.ok(letter?.text.includes(code))
  await house.refused(problems.wrongCode, 'contributors.confirm-proof', { claim: claimed, code: 'nonsense' }, ada)
  await house.refused(problems.noSuchProof, 'contributors.confirm-proof', { claim: claimed, code }, bo)
  await house.done('contributors.confirm-proof', { claim: claimed, code }, ada)
  await house.refused(problems.noSuchProof, 'contributors.confirm-proof', { claim: claimed, code }, ada)
  await house.refused(problems.alreadyClaimed, 'contributors.claim', { address: 'ada@loam.example' }, ada)
  await house.refused(problems.claimedByAnother, 'contributors.claim', { address: 'ada@loam.example' }, bo)
  const kept = await entryBy(house.read, entry.id)
  assert.ok(
    kept &&
      !JSON.stringify(await house.leaves())
        .toLowerCase()
        .includes('loam.example'),
  )
  for (const address of ['a', 'b', 'c', 'd'])
    await house.done('contributors.ask-proof', { address: `${address}@peat.example` }, ada)
  await house.refused(problems.tooManyProofs, 'contributors.ask-proof', { address: 'e@peat.example' }, ada)
  const { entry: late } = await house.done('contributors.ask-proof', { address: 'cy@peat.example' }, bo)
  house.clock.passHours(25)
  const old = { claim: String(late.facts.claim), code: 'anything' }
  await house.refused(problems.proofTooOld, 'contributors.confirm-proof', old, bo)
  await house.done('contributors.release', { identity: id('ada@loam.example') }, ada)
  await house.refused(problems.notClaimed, 'contributors.release', { identity: id('ada@loam.example') }, ada)
  await house.expectReplay()
})

test('equal names are suggested, and merged only by somebody answerable', async t => {
  const { house, figures, claim, staff, id } = await openRegister(t)
  const pair = { first: id('ada@loam.example'), second: id('ada@gmail.com') }
  const [ada, bo] = [await registered(house, 'Ada Sample'), await registered(house, 'Bo Sample')]
  staff.push(bo)
  await house.refused(problems.notClaimed, 'contributors.reject-merge', pair, ada)
  await house.refused(problems.sameIdentity, 'contributors.merge-identities', { ...pair, first: pair.second }, bo)
  const stranger = id('nobody@peat.example')
  await house.refused(problems.noSuchIdentity, 'contributors.merge-identities', { ...pair, first: stranger }, bo)
  await house.done('contributors.merge-identities', pair, bo)
  await house.refused(problems.alreadyDecided, 'contributors.merge-identities', pair, bo)
  const merged = (await figures()).people
  assert.deepEqual([merged.contributors, merged.suggested], [{ low: 3, high: 3 }, 0])
  await claim(ada, 'ada@loam.example')
  await house.done('contributors.reject-merge', pair, ada)
  assert.deepEqual((await figures()).people.contributors, { low: 4, high: 4 })
  await claim(bo, 'ada@gmail.com')
  await house.refused(problems.twoPersons, 'contributors.merge-identities', pair, bo)
  await house.expectReplay()
})

test('disputes are the claimant’s; whoever is erased leaves no address, and never gets it back', async t => {
  const { house, claim, id } = await openRegister(t)
  const [ada, bo] = [await registered(house, 'Ada Sample'), await registered(house, 'Bo Sample')]
  await claim(ada, 'ada@loam.example')
  const about = { identity: id('ada@loam.example'), source: 'import', reason: 'Never worked there' }
  await house.refused(problems.notClaimed, 'contributors.dispute', about, bo)
  const backwards = { ...about, from: '2021-01-01', until: '2020-01-01' }
  await house.refused(problems.endsBeforeStart, 'contributors.dispute', backwards, ada)
  const { entry } = await house.done('contributors.dispute', about, ada)
  const { dispute } = entry.facts
  await house.refused(problems.notClaimed, 'contributors.withdraw-dispute', { dispute }, bo)
  await house.done('contributors.withdraw-dispute', { dispute }, ada)
  await house.refused(problems.noSuchDispute, 'contributors.withdraw-dispute', { dispute }, ada)

  const { entry: imported } = await house.done('contributors.import-affiliations', ask, 'operator')
  assert.deepEqual(Object.keys(await sealedOf(house.read, imported.id)).sort(), ['behind', 'rows'])
  const { follows } = await house.done('people.erase', { confirmation: 'erase me' }, ada)
  assert.deepEqual(
    follows.map(({ act }) => act),
    ['contributors.forget'],
  )
  await house.database.transact(tx => keepContributions(tx, subject, history(house, [[0, 1]])))
  assert.deepEqual(Object.keys(await sealedOf(house.read, imported.id)), ['rows'])
  const text = (await exportRegister(house.read, 'developers-affiliations')) ?? ''
  assert.ok(text.includes('ada!gmail.com') && !text.includes('loam.example'))
  const again = await house.engine.perform({
    act: 'contributors.forget',
    input: { person: ada },
    by: { program: 'clock' },
  })
  assert.ok(isRefusal(again) && again.refused === problems.notClaimed)
  await house.expectReplay()
})
