// The register of contributors in a real house: pseudonyms, precedence, corrections that count at once, imports, erasure.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { people as peopleDomain } from '#domains/people/index.ts'
import { entryBy, sealedOf } from '#record/queries.ts'
import { type House, testHouse } from '#test/kit/house.ts'
import { employed, office, organisationCalled, peopleTerms, registered } from '#test/kit/people.ts'
import { identityOf } from './addresses.ts'
import { codeOf } from './claiming.ts'
import { exportRegister } from './exporting.ts'
import { contributors, keepContributions, neutralityOf } from './index.ts'
import { keyOf } from './keeping.ts'
import * as problems from './problems.ts'
import type { Contributions } from './words.ts'

const terms = {
  ...peopleTerms,
  'contributors.register': { precedence: ['person', 'employer', 'domain', 'import'], proofHours: 24 },
  'contributors.concentration': {
    days: 365,
    part: '1/2',
    people: 2,
    organisations: 2,
    stages: ['hosted'],
    largest: '1/2',
  },
}
const subject = 'prj_00000000000000000001'

const history = (house: House, days: readonly (readonly [who: number, count: number])[]): Contributions => {
  const at = house.clock.now()
  const day = new Date(at - 10 * 86_400_000).toISOString().slice(0, 10)
  return {
    ...{ commit: 'c'.repeat(40), asOf: new Date(at).toISOString(), botRule: 'B2', hasOwners: true },
    people: [
      { address: 'ada@loam.example', name: 'Ada Sample', isBot: false },
      { address: '12+Bo@users.noreply.github.com', name: 'Bo Sample', isBot: false },
      { address: 'cy@gmail.com', name: 'Cy Sample', isBot: false },
      { address: 'ada@gmail.com', name: 'ada  SAMPLE', isBot: false },
    ],
    days: days.map(([who, count]) => ({ who, day, kind: 'commit', count })),
    owned: [
      { owners: [0], files: 6 },
      { owners: [0, 2], files: 3 },
      { owners: [-1], files: 1 },
    ],
  }
}

async function opened(t: TestContext) {
  const staff: string[] = []
  const house = await testHouse(t, { domains: [peopleDomain, contributors, office(staff)], charter: { terms } })
  await house.database.transact(tx =>
    keepContributions(
      tx,
      subject,
      history(house, [
        [0, 50],
        [1, 30],
        [2, 15],
        [3, 5],
      ]),
    ),
  )
  const key = await keyOf(house.read)
  const figures = async () => {
    const at = new Date(house.clock.now()).toISOString()
    const term = house.engine.term
    const found = await neutralityOf(house.read, { subjects: [subject], at, term })
    const commits = found?.kinds.find(({ kind }) => kind === 'commit')
    if (!found || !commits) throw new Error('Nothing was counted')
    return { ...commits, ownership: found.ownership, newcomers: found.newcomers }
  }
  const claim = (person: string, address: string) => house.done('contributors.claim', { address }, person)
  return { house, staff, figures, claim, id: (address: string) => identityOf(key, address) }
}

test('nothing stated: nothing is known, and everything is possible', async t => {
  const { figures } = await opened(t)
  const { organisations, people, newcomers } = await figures()
  assert.deepEqual(organisations.topShare, { low: 0.5, high: 1 })
  assert.deepEqual(organisations.factor, { low: 1, high: 1 })
  assert.equal(organisations.knownShare, 0)
  assert.deepEqual(
    [people.absence, people.contributors, people.suggested],
    [{ low: 1, high: 1 }, { low: 3, high: 4 }, 1],
  )
  assert.equal(newcomers, 4)
})

test('a stated mail domain counts; a person’s own word is stronger; a correction counts at once', async t => {
  const { house, figures, claim, id } = await opened(t)
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
  const { house, figures, claim } = await opened(t)
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
  const { house, id } = await opened(t)
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
  const { house, figures, claim, staff, id } = await opened(t)
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

const register = 'ada: ada!gmail.com, ada!loam.example\n\tLoam, Inc.\nbo: bo!users.noreply.github.com\n\tIndependent\n'
const ask = { label: 'A register', form: 'developers-affiliations', text: register }

test('an import is whole or nothing, weaker than the rest, replaced by the next, and comes out as it went in', async t => {
  const { house, figures } = await opened(t)
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
  const { house } = await opened(t)
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

test('disputes are the claimant’s; whoever is erased leaves no address, and never gets it back', async t => {
  const { house, claim, id } = await opened(t)
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
