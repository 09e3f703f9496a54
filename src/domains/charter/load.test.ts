// Loading a charter: the shipped ones load, and each kind of fault is told with its file, its line and what is expected.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { FractionText } from '#base/fractions.ts'
import { filesOf, loaded, shipped, tampering, toyAsked } from '#test/kit/charters.ts'
import { oneOf } from './fault.ts'
import { charterHash, hashesOf } from './files.ts'
import { type Asked, loadCharter, loadFiles } from './load.ts'
import { nearest } from './settle.ts'

const files = await filesOf('pytorch')
const asked = await toyAsked(files)

const { lineOf, faultsWith } = tampering(files, asked)

for (const name of shipped)
  test(`the charter "${name}" loads, and every clause is reachable from its parent`, async () => {
    const { clauses, rules, bodies, settles, clausesOf, foundation } = await loaded(name)
    const ids = clauses.map(({ id }) => id)
    assert.deepEqual(
      clauses.filter(({ parent, depth }) => (depth === 0 ? parent !== undefined : !ids.includes(parent ?? ''))),
      [],
    )
    assert.deepEqual(
      rules.filter(({ effect }) => effect === 'permit').map(({ id }) => id).length,
      1,
      'everything is permitted by one rule, so that the others can be read as its exceptions',
    )
    assert.deepEqual(Object.keys(settles('charter.amendment') as object), ['noticeDays'])
    assert.equal(clausesOf('charter.amendment').length, 1)
    assert.deepEqual([...new Set(bodies.map(({ sphere }) => sphere))].sort(), ['business', 'technical'])
    assert.match(foundation.origin, /^guildhall\.example\//)
  })

test('the default charter has every numbered clause of the principles, and the council its seats', async () => {
  const { clauses, bodies } = await loaded('pytorch')
  const numbers = ['1', '2', '2.a', '2.a.i', '2.a.ii', '2.b', '3', '3.a', '3.b', '3.c', '3.d', '3.e', '4']
  assert.deepEqual(
    clauses.map(({ id }) => id),
    numbers,
  )
  const council = bodies.find(({ slug }) => slug === 'technical-advisory-council')
  assert.deepEqual(
    [council?.seats.filter(seat => !seat.project).length, council?.seats.filter(seat => seat.project).length],
    [15, 6],
  )
})

test('the hash changes with any byte of any file, and with its name', () => {
  const hash = charterHash(hashesOf(files))
  const names = Object.keys(files)
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.constantFrom('x', ' ', '\n', '\u00e9'), (name, place, more) => {
      const text = files[name] ?? ''
      const at = place % (text.length + 1)
      const changed = { ...files, [name]: text.slice(0, at) + more + text.slice(at) }
      assert.notEqual(charterHash(hashesOf(changed)), hash)
      const { [name]: moved, ...rest } = files
      assert.notEqual(charterHash(hashesOf({ ...rest, [`${name}2`]: moved ?? '' })), hash)
    }),
  )
})

test('a folder and its files give the same charter; registers are no part of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-charter-'))
  try {
    for (const [name, text] of Object.entries(files)) if (!name.includes('/')) await writeFile(join(folder, name), text)
    const flat = Object.fromEntries(Object.entries(files).filter(([name]) => !name.includes('/')))
    const { charter } = await loadCharter(folder, asked)
    assert.equal(charter?.hash, charterHash(hashesOf(flat)))
    await writeFile(join(folder, 'rules.cedar'), Uint8Array.of(0xff, 0xfe))
    const { faults } = await loadCharter(folder, asked)
    assert.deepEqual(faults?.at(0), {
      file: 'rules.cedar',
      line: 1,
      expected: 'text in UTF-8',
      found: 'bytes that are not',
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a missing file is named', () => {
  const { 'bodies.yml': _, ...rest } = files
  assert.deepEqual(loadFiles(rest, asked).faults, [
    { file: 'bodies.yml', line: 1, expected: 'the file bodies.yml', found: 'no such file' },
  ])
})

test('YAML that cannot be read is placed in its own file, also within charter.md', () => {
  const [line, block] = [lineOf('foundation.yml', 'slug:'), lineOf('charter.md', 'clause: 3.d')]
  assert.match(
    faultsWith('foundation.yml', ['slug: pytorch', 'slug: [pytorch'])[0] ?? '',
    new RegExp(`^foundation\\.yml:${line + 1} YAML`),
  )
  assert.match(
    faultsWith('charter.md', ['clause: 3.d', 'clause: "3.d'])[0] ?? '',
    new RegExp(`^charter\\.md:${block + 1} YAML`),
  )
})

test('an unfit foundation', () => {
  const line = lineOf('foundation.yml', 'origin:')
  assert.deepEqual(faultsWith('foundation.yml', ['origin: guildhall.example/', 'origin: https://guildhall.example/']), [
    `foundation.yml:${line} origin: Expected host/path without scheme, spaces or plus signs | "https://guildhall.example/pytorch"`,
  ])
  assert.deepEqual(faultsWith('foundation.yml', ['timeZone: UTC', 'timeZone: Mars/Olympus\ncolour: red']), [
    `foundation.yml:${lineOf('foundation.yml', 'timeZone')} timeZone: Expected a time zone such as UTC | "Mars/Olympus"`,
    `foundation.yml:${lineOf('foundation.yml', 'timeZone') + 1} no such key here | colour`,
  ])
})

test('a clause twice', () => {
  const [first, second] = [lineOf('charter.md', 'clause: 3.d'), lineOf('charter.md', 'clause: 3.e')]
  const faults = faultsWith('charter.md', ['clause: 3.e', 'clause: 3.d']).filter(fault =>
    fault.startsWith('charter.md'),
  )
  assert.deepEqual(faults, [
    `charter.md:${second - 3} a heading that starts with the number 3.d and a title, such as "3.d Open" | 3.e Clear boundaries`,
  ])
  const twice = [
    '### 3.e Clear boundaries\n\n```yaml\nclause: 3.e',
    '### 3.d Clear boundaries\n\n```yaml\nclause: 3.d',
  ] as const
  assert.deepEqual(
    faultsWith('charter.md', twice).filter(fault => fault.includes('each clause once')),
    [`charter.md:${second} each clause once | "3.d" a second time, first on line ${first}`],
  )
})

test('a heading without its block, a block without a pledge, a clause without prose', () => {
  const line = lineOf('charter.md', '### 3.e')
  const block = /```yaml\nclause: 3\.e\n[^`]*```/.exec(files['charter.md'] ?? '')?.[0] ?? ''
  assert.deepEqual(faultsWith('charter.md', [block, 'clause: 3.e']), [
    `charter.md:${line} a block fenced as \`\`\`yaml right under the heading, with clause: and pledge: | the heading "3.e Clear boundaries" without one`,
  ])
  assert.deepEqual(faultsWith('charter.md', ['pledge: Every project says', 'pledges: Every project says']), [
    `charter.md:${line + 3} pledge: Invalid input: expected string, received undefined | nothing`,
    `charter.md:${line + 4} no such key here | pledges`,
  ])
  const end = files['charter.md'] ?? ''
  const prose = end.slice(end.lastIndexOf('```') + 3)
  assert.deepEqual(faultsWith('charter.md', [prose, '\n']), [
    `charter.md:${lineOf('charter.md', '## 4.')} prose under the block of clause 4 | nothing`,
  ])
})

test('a fence that is never closed', () => {
  const line = lineOf('charter.md', '## 4.') + 2
  const faults = faultsWith('charter.md', ['rules: [conduct-accepted]\n```', 'rules: [conduct-accepted]'])
  assert.equal(faults[1], `charter.md:${line} a closing fence | none to the end of the file`)
})

test('clause numbers are names: 3.10 is not 3.1', () => {
  const both = ['amendment:\n  clauses: [3.a]', 'amendment:\n  clauses: [3.10, 3.a]'] as const
  assert.match(faultsWith('terms.yml', both)[0] ?? '', /^terms\.yml:\d+ a clause of charter\.md: .* \| 3\.10$/)
})

const voting = term(
  'motions.voting',
  'How long votes stay open and what carries',
  z.strictObject({ days: z.int().min(1), carries: FractionText, of: z.enum(['seats', 'cast']) }),
)

test('a term left open is named with the domain that asks, and an example of its shape', () => {
  const { faults } = loadFiles(files, { ...asked, terms: [...asked.terms, voting] })
  assert.deepEqual(faults, [
    {
      file: 'terms.yml',
      line: (files['terms.yml'] ?? '').trimEnd().split('\n').length,
      expected: `the term motions.voting (How long votes stay open and what carries), which the motions domain asks for; for example:
motions.voting:
  clauses:
    - <clause>
  value:
    days: 1
    carries: 2/3
    of: seats`,
      found: 'no motions.voting: the charter leaves it open',
    },
  ])
})

test('the example of a term has the shape that is asked for', () => {
  const example = { clauses: ['3.c'], value: { days: 1, carries: '2/3', of: 'seats' } }
  const text = `${files['terms.yml']}\nmotions.voting: ${JSON.stringify(example)}\n`
  const { charter } = loadFiles({ ...files, 'terms.yml': text }, { ...asked, terms: [...asked.terms, voting] })
  assert.deepEqual(charter?.settles('motions.voting'), example.value)
})

test('a term that no domain asks for, one that is unfit, one under a clause that does not exist', () => {
  const line = lineOf('terms.yml', 'charter.amendment')
  const add = (entry: string, terms: Asked['terms'] = asked.terms) =>
    faultsWith('terms.yml', ['charter.amendment:', `${entry}\ncharter.amendment:`], { terms })
  assert.match(
    add('motions.voting: {}')[0] ?? '',
    new RegExp(`^terms\\.yml:${line} a term that some domain asks for, .*\\| motions\\.voting, for which none asks$`),
  )
  const asking = [...asked.terms, voting]
  const unfit = add('motions.voting:\n  clauses: [3.c]\n  value: { days: 0, carries: 2/3, of: seats }', asking)
  assert.match(unfit[0] ?? '', new RegExp(`^terms\\.yml:${line + 2} motions\\.voting\\.value\\.days: Too small`))
  assert.equal(unfit.length, 1)
  const nowhere = add('motions.voting:\n  clauses: [9]\n  value: { days: 1, carries: 2/3, of: seats }', asking)
  assert.match(nowhere[0] ?? '', new RegExp(`^terms\\.yml:${line + 1} a clause of charter\\.md: .* \\| 9$`))
})

test('a clause that names a term settled elsewhere', () => {
  const line = lineOf('charter.md', 'terms: [charter.amendment')
  assert.deepEqual(faultsWith('terms.yml', ['amendment:\n  clauses: [3.a]', 'amendment:\n  clauses: [3.b]']), [
    `charter.md:${line} a term that terms.yml settles under 3.a | charter.amendment, settled there under 3.b`,
  ])
})

test('a mandate for or by an act that does not exist', () => {
  const line = lineOf('terms.yml', 'charter.amend:')
  const acts = asked.acts.map(({ name }) => name)
  assert.deepEqual(faultsWith('terms.yml', ['charter.amend: [motions.close]', 'charter.ammend: [motions.shut]']), [
    `terms.yml:${line} the name of an act, such as charter.amend | charter.ammend`,
    `terms.yml:${line} the name of an act, such as ${oneOf(nearest('motions.shut', acts))} | motions.shut`,
  ])
})

test('an unknown measure, and thresholds that contradict each other', () => {
  const pledge = 'pledge: Five values bind every decision, and each can be checked.'
  const line = lineOf('charter.md', pledge)
  const measure = (text: string) => faultsWith('charter.md', [pledge, `${pledge}\nmeasures: [{ ${text} }]`])
  assert.match(
    measure('measure: toys.opens')[0] ?? '',
    new RegExp(`^charter\\.md:${line + 1} a measure of some domain, .*\\| toys\\.opens$`),
  )
  assert.deepEqual(measure('measure: toys.shared, kept: ">= 0.8", strained: ">= 0.9"'), [
    `charter.md:${line + 1} a threshold that is easier to meet than kept (>= 0.8) | >= 0.9`,
  ])
  assert.deepEqual(measure('measure: toys.shared, strained: ">= 0.9"'), [
    `charter.md:${line + 1} kept: beside strained: | >= 0.9`,
  ])
  assert.match(measure('measure: toys.shared, kept: most')[0] ?? '', /measures\.0\.kept: Expected a threshold/)
  assert.deepEqual(measure('measure: toys.shared, kept: ">= 2/3", strained: "> 0.5"'), [])
})

test('bodies: an unknown clause, a name twice, an unknown appointer', () => {
  const change = (from: string, to: string) => faultsWith('bodies.yml', [from, to])
  const line = (text: string) => lineOf('bodies.yml', text)
  assert.match(
    change("clauses: ['2', 3.c]", "clauses: ['2', 3.f]")[0] ?? '',
    new RegExp(`^bodies\\.yml:${line("clauses: ['2', 3.c]")} a clause of charter\\.md: .*\\| 3\\.f$`),
  )
  assert.deepEqual(change('key: platinum-2,', 'key: platinum-1,'), [
    `bodies.yml:${line('key: platinum-2,')} each name once | platinum-1 a second time`,
  ])
  assert.match(
    change('appointedBy: project,', 'appointedBy: nobody,')[0] ?? '',
    new RegExp(`^bodies\\.yml:${line('appointedBy: project,')} who appoints: member, .*\\| nobody$`),
  )
})

test('what other domains read in the folder: their faults, and clauses that they cite in vain', () => {
  const fault = { file: 'criteria/hosted.yml', line: 3, expected: 'a check', found: 'nothing' }
  const place = { file: 'criteria/hosted.yml', line: 7 }
  const readers = [
    () => ({
      faults: [fault],
      citations: [
        { ...place, clause: '3.d' },
        { ...place, clause: '3.z' },
      ],
    }),
  ]
  const { faults = [] } = loadFiles(files, { ...asked, readers })
  assert.deepEqual(
    faults.map(({ line, found }) => [line, found]),
    [
      [3, 'nothing'],
      [7, '3.z'],
    ],
  )
})

test('one mistake is told once: a broken block, term or rules file brings no faults about those who cite it', () => {
  assert.equal(faultsWith('charter.md', ['pledge: Money buys', 'pleg: Money buys']).length, 2)
  assert.equal(faultsWith('terms.yml', ['amendment:\n  clauses: [3.a]', 'amendment:\n  clauses: 3.a']).length, 1)
  assert.equal(faultsWith('rules.cedar', ['permit (', 'permit permit (']).length, 1)
})
