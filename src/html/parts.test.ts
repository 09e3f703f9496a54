// The parts as text: escaping, times, tables, timelines, actions, counts and assets.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { action } from './action.ts'
import { assetsByPath, scriptAssets, themeAssets } from './assets.ts'
import { lineChart } from './chart.ts'
import { shortCode } from './code.ts'
import { type Html, html, raw, safeHref, sayNumber } from './html.ts'
import { page } from './page.ts'
import { progress } from './progress.ts'
import { table } from './table.ts'
import { relative, sayDay, sayInstant } from './time.ts'
import { timeline } from './timeline.ts'

const textOf = (markup: { toString(): string }): string =>
  markup
    .toString()
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Like `textOf`, with a space wherever a tag stood. */
const wordsOf = (markup: { toString(): string }): string => textOf(markup.toString().replace(/</g, ' <'))

test('text is escaped, Html is not, and nothing leaves no trace', () => {
  assert.equal(
    html`${'<b> & "q"'}${raw('<i>')}${[html`<u>`, 'x<']}${null}${false}${true}${undefined}${0}`.toString(),
    '&lt;b&gt; &amp; &quot;q&quot;<i><u>x&lt;0',
  )
})

test('any text comes out as it went in, and can close neither a tag nor an attribute', () => {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const made = html`${text}`.toString()
      assert.doesNotMatch(made, /[<>"']/)
      assert.equal(
        made.replace(/&([a-z]+|#39);/g, (_, name: string) => named[name] ?? ''),
        text,
      )
    }),
  )
})

test('what only looks like Html is no page part', () => {
  const fake = { isEscaped: true, toString: () => '<script>' } as unknown as Html // as data from outside might look
  assert.throws(() => html`${fake}`, /neither text nor a page part/)
})

test('a promise in a template is a fault, not a page that says so', () => {
  const late = Promise.resolve('late') as unknown as Html // as a caller past the types would pass it
  assert.throws(() => html`${late}`, /await it before the template/)
})

test('addresses that run something lead nowhere', () => {
  for (const href of [
    'javascript:alert(1)',
    ' \u0001JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ])
    assert.equal(safeHref(href), '#unsafe-address', href)
  for (const href of [
    '/a?b=c:d',
    'https://example.org/',
    'mailto:a@example.org',
    '#x',
    '?at=10:30',
    'HTTP://example.org',
  ])
    assert.equal(safeHref(href), href)
})

test('times are said in UTC', () => {
  assert.equal(sayDay('2026-03-01'), '1 March 2026')
  assert.equal(sayInstant('2026-11-22T22:17:59.999Z'), '22 November 2026, 22:17 UTC')
})

test('near times are said from now, far ones are not', () => {
  const now = '2026-11-22T12:00:00.000Z'
  const cases = {
    '2026-11-22T12:00:30.000Z': 'in less than a minute',
    '2026-11-22T11:59:30.000Z': 'just now',
    '2026-11-22T13:59:00.000Z': 'in 1 hour',
    '2026-11-22T11:55:00.000Z': '5 minutes ago',
    '2026-11-25T11:00:00.000Z': 'in 2 days',
    '2027-01-22T12:00:00.000Z': undefined,
  }
  for (const [at, says] of Object.entries(cases)) assert.equal(relative(at, now), says, at)
})

test('a time never claims more time than there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 30 * 86_400_000 }), distance => {
      const [, count = '', unit = ''] =
        /^in (\d+) (minute|hour|day)s?$/.exec(
          relative(new Date(distance).toISOString(), new Date(0).toISOString()) ?? '',
        ) ?? []
      const size = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit] ?? Number.NaN
      return Number(count) * size <= distance && (Number(count) + 1) * size > distance
    }),
  )
})

test('a table names its cells for narrow screens, groups numbers and says what sorts it', () => {
  const made = table({
    caption: 'Members',
    columns: [
      { key: 'name', label: 'Name' },
      { key: 'votes', label: 'Votes', align: 'end', sort: { href: '?sort=votes', direction: 'descending' } },
    ],
    rows: [
      { name: '<b>', votes: 12345 },
      { name: 'B', votes: null },
    ],
    totals: { name: 'All', votes: 12345 },
    empty: 'None.',
  }).toString()
  assert.equal(wordsOf(made), 'Members Name Votes ↓ &lt;b&gt; 12,345 B – none All 12,345')
  assert.equal(made.match(/<td role="cell" data-label="Votes" class="end">/g)?.length, 3)
  assert.equal(made.match(/aria-sort="descending"/g)?.length, 1)
})

test('an empty table is a sentence', () => {
  assert.equal(textOf(table({ caption: 'x', columns: [], rows: [], empty: 'No members yet.' })), 'No members yet.')
})

test('acts stand under their day in the order given', () => {
  const at = (hour: string) => ({ at: `2026-11-22T${hour}:00.000Z`, sentence: `At ${hour}.` })
  const made = timeline([
    at('22:17'),
    at('09:00'),
    { at: '2026-11-21T00:00:00.000Z', sentence: 'Before.', mark: 'sealed' },
  ])
  assert.equal(
    wordsOf(made),
    '22 November 2026 22:17 UTC At 22:17. 09:00 UTC At 09:00. 21 November 2026 00:00 UTC Before. Sealed',
  )
})

test('an action that is off says why, under which clause and what would help', () => {
  const made = action({
    kind: 'off',
    label: 'Second',
    reason: 'You moved it',
    clause: { id: '3.c', href: '/charter/3.c' },
    remedy: 'Ask another seat.',
  })
  assert.equal(textOf(made), 'Second You moved it (Clause § 3.c) Ask another seat.')
  assert.equal(made.toString().includes('<form'), false)
})

test('counts say what is needed and what is there, at any size', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (needs, has, of) => {
      const made = progress({ label: 'Quorum', needs, has, of })
      assert.equal(textOf(made), `Quorum needs ${needs}, has ${has} of ${of}`)
      for (const [, share] of made.toString().matchAll(/(?:width|x1)="([\d.]+)%"/g)) assert.ok(Number(share) <= 100)
    }),
  )
})

test('a line is not drawn through what is unknown', () => {
  const points = [1, 2, null, 4].map((value, index) => ({ label: `${index}`, value }))
  const made = lineChart({ title: 'T', period: '2026', points }).toString()
  assert.deepEqual(
    [...made.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path),
    ['M0.00 75.00L33.33 50.00', 'M100.00 0.00L100.01 0.00'],
  )
  assert.equal(wordsOf(made).endsWith(' When Value 0 1 1 2 2 unknown 3 4'), true)
})

test('a short hash holds the whole value in its text', () => {
  const hash = 'abcdef'.repeat(10)
  assert.equal(textOf(shortCode(hash)), hash)
  assert.equal(sayNumber(1234567.891), '1,234,567.89')
})

test('assets lie at an address made of their content', () => {
  const { css, icon } = themeAssets('#2f6f4f')
  assert.equal(themeAssets('#2f6f4f').css, css)
  assert.notEqual(themeAssets('#803030').css.path, css.path)
  assert.match(css.path, /^\/assets\/[0-9a-f]{16}\.css$/)
  assert.equal(css.body.includes('/*'), false)
  assert.deepEqual(assetsByPath([css, icon]).get(icon.path), icon)
})

test('browser modules lose their types and share one hash, so they may import each other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-scripts-'))
  try {
    writeFileSync(join(folder, 'one.ts'), "import { two } from './two.ts'\nexport const one: number = two\n")
    writeFileSync(join(folder, 'two.ts'), 'export const two = 2 as number\n')
    writeFileSync(join(folder, 'two.test.ts'), 'throw new Error()\n')
    const made = scriptAssets(folder)
    assert.deepEqual(
      made.map(({ path }) => path.replace(/[0-9a-f]{16}/, 'hash')),
      ['/assets/hash/one.ts', '/assets/hash/two.ts'],
    )
    assert.equal(new Set(made.map(({ path }) => path.slice(0, 24))).size, 1)
    assert.equal(made[0]?.body.includes(': number'), false)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what most came for, and what they may do, stand before the facts where a page has a lead', () => {
  const section = (title: string) => ({ title, body: html`<p>${title}</p>` })
  const parts = {
    title: 'A motion',
    summary: 'Open to votes.',
    facts: [{ term: 'Moved', value: 'today' }],
    clauses: [{ id: '1.a', label: 'Clause 1.a', href: '/charter/1.a' }],
    next: [{ kind: 'link' as const, label: 'Vote', href: '/vote' }],
    sections: [section('Reasons')],
  }
  const headings = (more: object) =>
    [
      ...page({ ...parts, ...more })
        .toString()
        .matchAll(/<h2[^>]*>([^<]*)/g),
    ].map(([, title]) => title)
  assert.deepEqual(headings({}), ['Facts', 'Under clause', 'What you may do next', 'Reasons'])
  const led = ['Tally', 'What you may do next', 'Facts', 'Under clause', 'Reasons']
  assert.deepEqual(headings({ lead: [section('Tally')] }), led)
})
