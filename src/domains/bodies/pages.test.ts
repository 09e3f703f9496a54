// The pages of bodies as a visitor gets them: what they say about holders, vacancies, employers and the cap.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Offer, Page, PageRequest, PageView } from '#acts/page.ts'
import { isRefusal } from '#acts/problem.ts'
import { personBy } from '#domains/people/index.ts'
import { page as draw } from '#html/page.ts'
import { type Council, councilTerms, testCouncil } from '#test/kit/council.ts'
import { byOf } from '#test/kit/house.ts'
import { bodiesPage } from './bodiesPage.ts'
import { bodyPage } from './bodyPage.ts'
import { seatPage } from './seatPage.ts'

/** A request as the site makes one, with names from the registry's labels and offers from real rehearsals. */
function requestIn({ house }: Council, params: Record<string, string>, person?: string): PageRequest {
  const { read, registry, engine, clock } = house
  const names: PageRequest['names'] = async ids => {
    const found = new Map<string, { label: string; href?: string }>()
    for (const [prefix, label] of registry.labels) {
      const own = ids.filter(id => id.startsWith(`${prefix}_`))
      if (own.length > 0) for (const [id, name] of await label.of(read, own)) found.set(id, name)
    }
    return found
  }
  const offer: PageRequest['offer'] = async (name, input, asks = []): Promise<Offer> => {
    const act = registry.acts.get(name)
    assert.ok(act, `${name} is an act`)
    const answer = await engine.rehearse({ act: name, input, by: byOf(person ?? 'nobody') })
    return { act, input, asks, ...(isRefusal(answer) && { refusal: answer }) }
  }
  return {
    read,
    params,
    query: new URLSearchParams(),
    ...(person && { viewer: { person, name: 'somebody', capacities: [] } }),
    at: clock.at(),
    term: term => councilTerms[term.id as keyof typeof councilTerms] as never, // the terms of the test's charter
    offer,
    added: async () => () => ({ facts: [], next: [], sections: [] }),
    timeline: async () => [],
    names,
  }
}

const viewIn = ({ house }: Council): PageView => ({
  at: house.clock.at(),
  here: '/',
  action: ({ act }, { label = act.title } = {}) => ({ kind: 'link', label, href: `/acts/${act.name}` }),
  timeline: () => draw({ title: 'acts', summary: '' }),
  clauses: ids => ids.map(id => ({ id, href: `/charter/${id}` })),
  foundation: { name: 'Lantern Foundation', short: 'Lantern' },
})

/** The page as text without its markup; undefined where there is none. */
async function textOf<Data>(
  shown: Page<Data>,
  council: Council,
  { params = {}, person }: { params?: Record<string, string>; person?: string } = {},
): Promise<string | undefined> {
  const data = await shown.loads(requestIn(council, params, person))
  if (data === undefined || (typeof data === 'object' && data !== null && 'movedTo' in data)) return undefined
  return String(draw(shown.shows(data as Data, viewIn(council)))) // what it moved to is ruled out above
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

test('the page of a body shows holders, alternates, vacancies, and what is unproven', async t => {
  const council = await testCouncil(t)
  const { house, person, sits } = council
  const ann = await person('Ann Ash', 'gannet')
  await sits(ann, 'council/chair')
  await sits(await person('Bob Birch'), 'council/first')
  await sits(await person('Cas Cedar', 'independent'), 'council/second')
  await house.done(
    'bodies.appoint-alternate',
    { seat: 'council/chair', person: await person('Dov'), from: '2026-03-02' },
    ann,
  )
  const text = (await textOf(bodyPage, council, { params: { body: 'council' } })) ?? ''
  assert.match(text, /Seat chair Chair An election No Ann Ash Gannet Dov 2 March 2027/)
  assert.match(text, /Seat first An election No Bob Birch unproven/)
  assert.match(text, /Seat second An election No Cas Cedar independent/)
  assert.match(text, /Seat mill A member organisation Yes nobody registered yet Millstone \(by the published list\)/)
  assert.match(text, /Seat third An election No vacant/)
  assert.match(text, /The largest employer holds 1 to 2 of 6 seats\. 1\/3 of the seats: at most 2 of 6/)
  assert.match(text, /Known: 3 of 6 seats/)
})

test('a body, a seat that there is not has no page', async t => {
  const council = await testCouncil(t)
  assert.equal(await textOf(bodyPage, council, { params: { body: 'senate' } }), undefined)
  assert.equal(await textOf(seatPage, council, { params: { seat: 'sea_00000000000000000000' } }), undefined)
})

test('somebody who was erased is called so, and the seat is vacant', async t => {
  const council = await testCouncil(t)
  const { house, person, sits, seat } = council
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first')
  await house.done('people.erase', { confirmation: 'erase me' }, ann)
  assert.equal((await personBy(house.read, ann))?.name, null)
  const text = (await textOf(seatPage, council, { params: { seat: seat('council/first') } })) ?? ''
  assert.match(text, /erased person holder 2 March 2026 2 March 2026 not for a whole day/)
  assert.doesNotMatch(text, /Ann Ash/)
})

test('the page of a seat offers what its standing allows', async t => {
  const council = await testCouncil(t)
  const { house, person, sits, seat, officer } = council
  const ann = await person('Ann Ash')
  const actions = async (viewer: string) => {
    const data = await seatPage.loads(requestIn(council, { seat: seat('council/first') }, viewer))
    assert.ok(data && 'offers' in data)
    return data.offers.map(({ act }) => act.name)
  }
  assert.deepEqual(await actions(officer), ['bodies.appoint', 'bodies.close-seat'])
  await sits(ann, 'council/first')
  const held = ['bodies.appoint', 'bodies.appoint-alternate', 'bodies.vacate', 'bodies.close-seat']
  assert.deepEqual(await actions(officer), held)
  assert.deepEqual(await actions(ann), ['bodies.resign', ...held])
  await house.done('bodies.close-seat', { seat: 'council/first', reason: 'Not needed.' }, officer)
  assert.deepEqual(await actions(officer), [])
})

test('the list of bodies shows how seats are filled and the largest employer against the cap', async t => {
  const council = await testCouncil(t)
  const { person, sits } = council
  for (const key of ['chair', 'first', 'second']) await sits(await person(`Sam ${key}`, 'gannet'), `council/${key}`)
  const text = (await textOf(bodiesPage, council)) ?? ''
  assert.match(
    text,
    /Lantern Council Decides about the lanterns\. council 3 of 6 1 more by the published list 2 Gannet , 3 of 6 over the cap 1\/3/,
  )
  assert.match(text, /Trustees Decides about the money\. board 0 of 2 2 no holder known none/)
  assert.match(text, /Office Keeps the registers\. staff 1 of 2 1 all staff none/)
})
