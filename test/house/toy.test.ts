// One declaration, every output: the toy's acts are found in each face, though no face was told of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Offer, type Page, page } from '#acts/page.ts'
import { gather } from '#acts/registry.ts'
import { openApi } from '#api/openapi.ts'
import { commandsOf } from '#cli/acts.ts'
import { people } from '#domains/people/index.ts'
import { toy } from '#test/kit/toy.ts'
import type { Visit } from '#test/kit/visitor.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'
import { printed } from './printed.ts'

/** A page of one bell, which offers to ring it. */
const bellPage: Page<{ offer: Offer }> = page({
  path: '/bells/:bell',
  loads: async ({ params, offer }) => ({ offer: await offer('bells.ring', { bell: params.bell, loudness: 'soft' }) }),
  shows: ({ offer }, view) => ({
    title: 'A bell',
    summary: 'It hangs and may be rung.',
    sections: [],
    next: [view.action(offer)],
  }),
})

const bells = toy({ capacities: undefined, pages: [bellPage] })
const domains = [people, bells]
const registry = gather(domains)

/** Rings by the API, in the session of a visitor. */
function ringing({ site, baseUrl }: TestSite, visitor: Visit) {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { 'content-type': 'application/json', origin: baseUrl, cookie }
  return async (input: object) => {
    const answer = await site.request(`${baseUrl}/api/bells/ring`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    return { status: answer.status, body: await answer.json() }
  }
}

const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('the description of the API has a path with the act’s fields and every status it may refuse with', () => {
  const { paths } = openApi(registry, { name: 'Toys', baseUrl: 'http://localhost', version: '1' }) as {
    paths: Record<string, { post: { summary: string; requestBody: object; responses: object } }>
  } // as it was just printed
  const ring = paths['/api/bells/ring']?.post
  assert.equal(ring?.summary, 'Ring a bell')
  assert.deepEqual(Object.keys(ring?.responses ?? {}).sort(), [
    '200',
    '201',
    '400',
    '401',
    '403',
    '404',
    '409',
    '422',
    '429',
  ])
  assert.match(JSON.stringify(ring?.requestBody), /"loudness".*"enum":\["soft","loud"\]/)
})

test('the command line has a verb with help made of the act’s own words', () => {
  const command = commandsOf(registry).find(({ words }) => words === 'bells ring')
  assert.equal(command?.summary, 'Ring a bell')
  assert.match(command?.usage ?? '', /Rings a bell once\.\nWho may: a registered participant\./)
  assert.match(command?.usage ?? '', /--loudness <soft\|loud> +Loudness: How hard to pull \(required\)/)
})

test('the printed lists have it, with its fields and its refusals', async () => {
  const files = await printed(domains)
  const acts: { name: string; refuses: string[] }[] = JSON.parse(files.get('test/golden/acts.json') ?? '[]')
  assert.deepEqual(acts.find(({ name }) => name === 'bells.ring')?.refuses, ['bells/no-such-bell', 'bells/rung-out'])
  assert.match(
    files.get('docs/reference/acts.md') ?? '',
    /\| `bells\.ring` \| Rings a bell once\. \| a registered participant \|/,
  )
  assert.match(files.get('docs/reference/refusals.md') ?? '', /\| `bells\/rung-out` \| untimely \|/)
  assert.match(files.get('test/golden/help.txt') ?? '', /^\$ guildhall help bells ring$/m)
})

test('the site has its form, its route, its entry with a sentence, its reference and the pages of its refusals', async t => {
  const house = await testSite(t, { domains })
  const ada = house.visit()
  await ada.register('ada@example.org', 'Ada Lamp')

  const form = await ada.get('/acts/bells/hang')
  assert.equal(form.status, 200)
  assert.match(textOf(form.text), /Hang a bell Hangs a bell, ready to be rung\./)
  assert.match(form.text, /What the bell is called/)

  const hung = await ada.submit('/acts/bells/hang', '/acts/bells/hang', { name: 'Old Tom' })
  assert.equal(hung.status, 303)
  const [, entry = ''] = /\/record\/(ent_[a-z0-9]+)/.exec(hung.location ?? '') ?? []
  const recorded = await ada.get(`/record/${entry}`)
  assert.match(textOf(recorded.text), /Ada Lamp hung the bell “Old Tom”/)
  const [, bell = ''] = /(bel_[a-z0-9]+)/.exec(recorded.text) ?? []

  const rung = await ringing(house, ada)({ bell, loudness: 'loud' })
  assert.deepEqual([rung.status, rung.body.says], [201, `rang ${bell} loudly, 1 in all`])

  const reference = textOf((await ada.get('/reference')).text)
  assert.match(reference, /Ring a bell Rings a bell once\./)
  const refusal = textOf((await ada.get('/problems/bells/rung-out')).text)
  assert.match(refusal, /This bell has been rung often enough Ring another one\./)
})

test('a page that offers it shows a button, or why it is off with the clause', async t => {
  const house = await testSite(t, { domains })
  const ada = house.visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const hung = await ada.submit('/acts/bells/hang', '/acts/bells/hang', { name: 'Old Tom' })
  const [, bell = ''] = /(bel_[a-z0-9]+)/.exec((await ada.get(hung.location ?? '')).text) ?? []

  assert.match(textOf((await house.visit().get(`/bells/${bell}`)).text), /You need to sign in to do this/)
  assert.match((await ada.get(`/bells/${bell}`)).text, /<form[^>]*action="\/acts\/bells\/ring"/)
  for (const _ of [1, 2, 3]) await ringing(house, ada)({ bell, loudness: 'soft' })
  const off = await ada.get(`/bells/${bell}`)
  assert.doesNotMatch(off.text, /action="\/acts\/bells\/ring"/)
  assert.match(textOf(off.text), /This bell has been rung often enough\. It has been rung 3 of 3 times\./)
  assert.match(textOf(off.text), /bells\.ringing/)
})
