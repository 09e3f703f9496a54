// The charter on a real database: adopted, amended, refused, counted, and rebuilt from the record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { Domain } from '#acts/domain.ts'
import { mandateWanted, stoppedByRule, wrongCapacity } from '#acts/problems.ts'
import { term } from '#acts/term.ts'
import type { House } from '#test/kit/house.ts'
import { amended, ann, ask, files, hash, playing, stage, stricter, toys, trustee } from '#test/kit/statutes.ts'
import { openCharters } from './charters.ts'
import { type CharterFiles, hashesOf } from './files.ts'
import { charterDomain } from './index.ts'
import { loadFiles } from './load.ts'
import {
  alreadyInForce,
  changesNothing,
  doesNotLoad,
  noneInForce,
  noSuchCharter,
  otherOrigin,
  tooSoon,
} from './problems.ts'
import { createShelf } from './shelf.ts'
import { countStops } from './stopped.ts'
import { adoptions, keptCharter, stoppedCounts } from './tables.ts'
import { amendment } from './terms.ts'

test('the operator adopts the first charter, once; its entry stands under the charter itself', async t => {
  const { house, keep, refresh } = await stage(t)
  await house.refused(noSuchCharter, 'charter.adopt', { charter: hash }, 'operator')
  assert.equal(await keep(files), hash)
  assert.equal(await keep(files), hash, 'keeping it again changes nothing')
  await house.refused(wrongCapacity, 'charter.adopt', { charter: hash }, ann)
  const { entry } = await house.done('charter.adopt', { charter: hash }, 'operator')
  assert.deepEqual(entry.facts, { charter: hash, name: 'Toy Makers', files: hashesOf(files), published: entry.at })
  assert.deepEqual([entry.charter, entry.under], [hash, ['1.a']])
  await house.refused(alreadyInForce, 'charter.adopt', { charter: hash }, 'operator')
  await refresh()
  assert.deepEqual(await adoptions(house.read), [{ entry: entry.id, hash, replaces: null, adoptedAt: entry.at }])
  await house.expectReplay()
})

test('what is handed in comes back byte by byte; a file of a charter is not a charter', async t => {
  const { house, keep, clock } = await stage(t)
  const odd = { ...files, 'notes/a b.txt': '\u{feff}r\r\n\ttab €𝄞\n' }
  assert.deepEqual(await keptCharter(house.read, await keep(odd)), { files: odd, keptAt: clock.at() })
  assert.equal(await keptCharter(house.read, hashesOf(odd)['rules.cedar'] ?? ''), undefined)
})

test('an amendment wants a mandate, notice, a text that loads, another one, and the same origin', async t => {
  const { house, keep, clock, refresh } = await stage(t)
  await keep(files)
  const refusedWith = async (problem: Parameters<House['refused']>[0], texts: CharterFiles) =>
    house.refused(problem, 'charter.amend', { charter: await keep(texts) }, trustee)
  await refusedWith(noneInForce, stricter)
  await house.done('charter.adopt', { charter: hash }, 'operator')
  await refresh()
  await house.refused(noSuchCharter, 'charter.amend', { charter: '0'.repeat(64) }, trustee)
  await refusedWith(changesNothing, files)
  const unfit = { ...files, 'terms.yml': (files['terms.yml'] ?? '').replace('noticeDays: 10', 'noticeDays: soon') }
  const { detail } = await refusedWith(doesNotLoad, unfit)
  assert.match(detail ?? '', /^terms\.yml:5: expected charter\.amendment\.value\.noticeDays: Invalid input/)
  const moved = {
    ...files,
    'foundation.yml': (files['foundation.yml'] ?? '').replace('toys.example/log', 'toys.example/new'),
  }
  await refusedWith(otherOrigin, moved)
  assert.equal((await refusedWith(tooSoon, stricter)).detail, 'It may come into force from 12 March 2026 on.')
  clock.passDays(10)
  await refusedWith(mandateWanted, stricter)
  await house.refused(wrongCapacity, 'charter.amend', { charter: await keep(stricter) }, ann)
})

test('an amendment changes the rules from the next act on; earlier charters can still be asked', async t => {
  const scene = await stage(t)
  const { house, keep, shelf, refresh } = scene
  await keep(files)
  await house.done('charter.adopt', { charter: hash }, 'operator')
  await refresh()
  await house.done('toys.play', { loudness: 3 }, ann)
  const loud = (await house.done('toys.play', { loudness: 7 }, ann)).entry
  const wanted = await keep(stricter)
  const rehearsal = await ask(shelf, 'charter.rehearse', { charter: wanted, limit: 100 }, scene)
  assert.deepEqual(rehearsal, {
    clauses: [],
    terms: [],
    rules: [{ id: 'not-loud', change: 'changed' }],
    bodies: [],
    files: [{ id: 'rules.cedar', change: 'changed' }],
    looked: 2,
    turned: [{ entry: loud.id, act: 'toys.play', rules: ['not-loud'] }],
  })
  const entry = await amended(scene, stricter)
  assert.deepEqual([entry.charter, entry.facts.replaces, entry.facts.charter], [hash, hash, wanted])
  const refusal = await house.refused(stoppedByRule, 'toys.play', { loudness: 7 }, ann)
  assert.deepEqual([refusal.clauses, refusal.remedy], [['1.a'], 'Play more softly.'])
  assert.equal((await house.done('toys.play', { loudness: 4 }, ann)).entry.charter, wanted)
  assert.deepEqual(house.engine.term(amendment, hash), { noticeDays: 10 })
  await house.expectReplay()
})

test('a charter that a newer program cannot read: nothing but adopting a readable one, and its values stay readable', async t => {
  const { house, keep, refresh } = await stage(t)
  await keep(files)
  await house.done('charter.adopt', { charter: hash }, 'operator')
  await refresh()
  const swings = term('toys.swings', 'How high swings go', z.object({ metres: z.int() }))
  const domains: Domain[] = []
  const shelf = createShelf(() => domains)
  domains.push(charterDomain(shelf), { ...toys, terms: [playing, swings] })
  const mended = {
    ...files,
    'terms.yml': `${files['terms.yml']}toys.swings: { clauses: ['1'], value: { metres: 2 } }\n`,
  }
  const { charter: first } = loadFiles(mended, shelf.asked())
  assert.ok(first)
  const open = await openCharters(house.read, shelf, first)
  const standing = open.standing()
  assert.equal(standing.is === 'unloadable' && standing.faults[0]?.found, 'no toys.swings: the charter leaves it open')
  assert.equal(open.current().hash, first.hash)
  assert.deepEqual(open.byHash(hash).settles('charter.amendment'), { noticeDays: 10 })
  assert.equal(open.byHash(hash).denials({ act: 'toys.play', entities: [], context: {} })[0]?.rule, 'evaluation-error')
  assert.throws(() => open.byHash('0'.repeat(64)), /No charter 0+ was adopted here/)
  const adopt = charterDomain(shelf).acts[0]
  const charter = await keep(mended)
  const found = await adopt?.finds({ charter }, house.read, { capacity: 'operator' })
  assert.deepEqual(adopt?.decides({ found } as never), {
    charter,
    name: 'Toy Makers',
    files: hashesOf(mended),
    replaces: hash,
    published: house.clock.at(),
  })
})

test('refusals by rules are counted by rule, act, clause and day; a failed write loses nothing', async t => {
  const { house, clock } = await stage(t)
  const counter = countStops(house.database, clock.now)
  const denial = { rule: 'not-loud', clauses: ['1', '1.a'], title: '', remedy: '' }
  counter.note('toys.play', [denial])
  counter.note('toys.play', [denial, { ...denial, rule: 'evaluation-error', clauses: [] }])
  const broken = countStops({ transact: () => Promise.reject(new Error('no disk')) }, clock.now)
  broken.note('toys.play', [denial])
  await assert.rejects(broken.flush(), /no disk/)
  await assert.rejects(broken.flush(), /no disk/, 'what was not written is tried again')
  await counter.flush()
  await counter.flush()
  clock.passDays(1)
  counter.note('toys.play', [denial])
  await counter.flush()
  assert.deepEqual(await stoppedCounts(house.read), [
    { rule: 'evaluation-error', clause: '', act: 'toys.play', count: 1 },
    { rule: 'not-loud', clause: '1', act: 'toys.play', count: 3 },
    { rule: 'not-loud', clause: '1.a', act: 'toys.play', count: 3 },
  ])
})
