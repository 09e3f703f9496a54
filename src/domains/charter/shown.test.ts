// The charter as queries and pages show it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyPage, PageRequest, PageView } from '#acts/page.ts'
import { html } from '#html/html.ts'
import { page as drawn } from '#html/page.ts'
import { ann, ask, files, hash, type Stage, stage, stricter } from '#test/kit/statutes.ts'
import { charterPages } from './pages.ts'
import { countStops } from './stopped.ts'
import { amendment } from './terms.ts'

test('queries: the charter, a clause with its figures, the rules, the history', async t => {
  const scene = await stage(t)
  const { house, keep, shelf, refresh } = scene
  assert.equal(await ask(shelf, 'charter.show', {}, scene), undefined)
  await keep(files)
  const { entry } = await house.done('charter.adopt', { charter: hash }, 'operator')
  await refresh()
  const counter = countStops(house.database, scene.clock.now)
  counter.note('toys.play', [{ rule: 'not-loud', clauses: ['1.a'], title: '', remedy: '' }])
  await counter.flush()
  const turns = (await ask(shelf, 'charter.clause', { clause: '1.a' }, scene)) as Record<string, unknown>
  const { prose, terms, rules, ...rest } = turns
  assert.deepEqual(rest, {
    id: '1.a',
    title: 'Turns',
    parent: '1',
    pledge: 'Nobody plays too loudly.',
    measures: [
      {
        id: 'toys.quiet',
        title: 'Quiet games',
        value: 0.25,
        known: 4,
        whole: 4,
        says: '1 of 4 games was quiet.',
        kept: '>= 0.5',
        verdict: 'broken',
      },
    ],
    acts: ['charter.adopt', 'charter.amend'],
    done: 1,
    stopped: 1,
  })
  assert.deepEqual(
    [prose, terms],
    ['Noise <b>carries</b>.', [{ id: amendment.id, title: amendment.title, value: { noticeDays: 10 } }]],
  )
  const all = (await ask(shelf, 'charter.rules', {}, scene)) as { rules: object[] }
  assert.deepEqual(all.rules[1], (rules as object[])[0])
  assert.equal(await ask(shelf, 'charter.clause', { clause: '9' }, scene), undefined)
  assert.deepEqual(await ask(shelf, 'charter.history', {}, scene), {
    charters: [{ charter: hash, replaces: null, adopted: entry.at, entry: entry.id }],
  })
})

/** The page as a visitor gets it, without the frame around it; links of ids are left plain. */
async function shownAt(
  pages: readonly AnyPage[],
  path: string,
  { house, clock }: Stage,
  params = {},
): Promise<string | undefined> {
  const found = pages.find(one => one.path === path)
  assert.ok(found, path)
  const request = {
    read: house.read,
    params,
    query: new URLSearchParams(),
    at: clock.at(),
    names: async () => new Map(),
  }
  const data = await found.loads(request as unknown as PageRequest)
  if (data === undefined) return undefined
  const timeline: PageView['timeline'] = items => html`${items.map(({ sentence }) => html`<p>${sentence}</p>`)}`
  return drawn(found.shows(data, { at: clock.at(), here: path, timeline } as unknown as PageView)).toString()
}

test('pages: the living charter, a clause, the history, a text; what people wrote is not markup', async t => {
  const scene = await stage(t)
  const { house, keep, shelf, refresh } = scene
  const pages = charterPages(shelf)
  assert.equal(await shownAt(pages, '/', scene), undefined)
  await keep(files)
  await house.done('charter.adopt', { charter: hash }, 'operator')
  await refresh()
  await house.done('toys.play', { loudness: 3 }, ann)
  const front = (await shownAt(pages, '/', scene)) ?? ''
  for (const part of [
    'Toy Makers',
    'Everybody plays.',
    '/charter/1.a',
    'Nobody plays louder than nine',
    '25 %',
    'Broken',
    'played at 3',
  ])
    assert.ok(front.includes(part), part)
  const clause = (await shownAt(pages, '/charter/:clause', scene, { clause: '1.a' })) ?? ''
  for (const part of [
    'context.loudness &gt; 9',
    '1 of 4 games was quiet.',
    'kept at &gt;= 0.5',
    'Notice days',
    'charter.amend',
  ])
    assert.ok(clause.includes(part), part)
  assert.ok(!clause.includes('<b>carries'), 'markup in prose stays text')
  const listed = (await shownAt(pages, '/charter/:clause', scene, { clause: '1' })) ?? ''
  assert.ok(listed.includes('ball, kite') && listed.includes('<em>free</em>'))
  assert.equal(await shownAt(pages, '/charter/:clause', scene, { clause: '7' }), undefined)
  assert.ok(((await shownAt(pages, '/charter/history', scene)) ?? '').includes(`/charter/history/${hash}`))
  const proposed = await keep(stricter)
  const text = (await shownAt(pages, '/charter/history/:hash', scene, { hash: proposed })) ?? ''
  assert.ok(text.includes('What it would change') && text.includes('not-loud'))
  for (const unknown of ['x', '0'.repeat(64)])
    assert.equal(await shownAt(pages, '/charter/history/:hash', scene, { hash: unknown }), undefined)
})
