// Landscape files: read with lines and faults, turned into orders, and written so that they read back the same.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { isRefusal } from '#acts/problem.ts'
import { landscapeHouse, landscapeTerms } from '#test/kit/landscape.ts'
import { projectsAll } from '../finds.ts'
import type { LandscapeMapping } from '../terms.ts'
import { knownLandscape, planLandscape } from './plan.ts'
import { readLandscape } from './read.ts'
import { exportLandscape, writeLandscape } from './write.ts'

const mapping: LandscapeMapping = landscapeTerms['projects.landscape']

const file = `landscape:
  - category:
    name: Light
    subcategories:
      - subcategory:
        name: Lamps
        items:
          - item:
            name: Beacon
            description: Shines.
            homepage_url: https://beacon.example
            repo_url: https://code.example/beacon/beacon
            facebook: https://social.example/beacon
            extra:
              accepted: 2020-05-01
              annotations:
                licence: MIT
          - item:
            name: Candle
            project: archived
            facebook: https://social.example/candle
  - category:
    name: Own Projects
    subcategories:
      - subcategory:
        name: Hosted
        items:
          - item:
            name: Sun
            project: hosted
            second_path: Light / Stars
  - category:
    name: Members
    subcategories:
      - subcategory:
        name: Gold
        items:
          - item:
            name: Millstone (member)
            homepage_url: https://millstone.example
`

test('items are read with their lines, and keys that the format does not have are named with theirs', () => {
  const { items, faults, unknownKeys } = readLandscape(file)
  assert.deepEqual(faults, [])
  assert.deepEqual(unknownKeys, [{ key: 'facebook', line: 13, count: 2 }])
  assert.deepEqual(items, [
    {
      line: 8,
      category: 'Light',
      subcategory: 'Lamps',
      name: 'Beacon',
      homepage: 'https://beacon.example',
      repository: 'https://code.example/beacon/beacon',
      description: 'Shines.',
      accepted: '2020-05-01',
      licence: 'MIT',
    },
    { line: 18, category: 'Light', subcategory: 'Lamps', name: 'Candle', project: 'archived' },
    {
      line: 28,
      category: 'Own Projects',
      subcategory: 'Hosted',
      name: 'Sun',
      project: 'hosted',
      secondPath: 'Light / Stars',
    },
    {
      line: 38,
      category: 'Members',
      subcategory: 'Gold',
      name: 'Millstone (member)',
      homepage: 'https://millstone.example',
    },
  ])
})

const faultsWith = (from: string, to: string) =>
  planLandscape(file.replace(from, to), { mapping }).faults.map(
    ({ line, item, expected, found }) => `${line} ${item}: ${expected} | ${found}`,
  )

test('a broken item is named by its line, and every other one is still read', () => {
  assert.deepEqual(faultsWith('homepage_url: https://beacon.example', 'homepage_url: beacon'), [
    '11 Beacon: homepage_url: Expected an address such as https://example.org | “beacon”',
  ])
  assert.deepEqual(faultsWith('name: Candle', 'name: beacon'), [
    '18 beacon: each name once; it stands at line 8 already | “beacon”',
  ])
  assert.deepEqual(faultsWith('name: Gold', 'name: Copper'), [
    '38 Millstone (member): one of the classes Gold, Silver | Members / Copper',
  ])
  assert.deepEqual(faultsWith('            name: Candle\n', ''), [
    '18 Light / Lamps: name: Invalid input: expected string, received undefined | nothing',
  ])
  assert.deepEqual(planLandscape(file.replace('name: Candle', 'name: beacon'), { mapping }).counts, {
    items: 3,
    projects: 2,
    members: 1,
  })
})

test('what is no landscape at all is said plainly', () => {
  assert.deepEqual(
    readLandscape('').faults.map(({ expected }) => expected),
    ['a list of categories'],
  )
  assert.deepEqual(
    readLandscape('landscape: 7').faults.map(({ found }) => found),
    ['7'],
  )
  assert.deepEqual(readLandscape('landscape: [').faults.map(({ expected }) => expected)[0], 'a YAML document')
  assert.deepEqual(
    readLandscape('landscape: [ 3 ]').faults.map(({ expected, line }) => [expected, line]),
    [['categories', 1]],
  )
})

type House = Awaited<ReturnType<typeof landscapeHouse>>['house']

async function imports(house: House, text: string) {
  const known = await knownLandscape(house.read, house.clock.at())
  const { orders } = planLandscape(text, { mapping, known })
  const done = await house.engine.performAll(
    orders.map(({ act, input }) => ({ act, input, by: { program: 'operator' } })),
  )
  return { orders, done }
}

test('importing enters everything; the same file again changes nothing; a changed one only what differs', async t => {
  const { house } = await landscapeHouse(t)
  assert.deepEqual(
    (await imports(house, file)).orders.map(({ act, line }) => `${line} ${act}`),
    ['38 people.add-organisation', '38 membership.admit', '8 projects.enter', '18 projects.enter', '28 projects.enter'],
  )
  assert.deepEqual(
    (await projectsAll(house.read)).map(({ name, stage, isArchived, category, subcategory }) => [
      name,
      stage,
      isArchived,
      category,
      subcategory,
    ]),
    [
      ['Beacon', 'ecosystem', false, 'Light', 'Lamps'],
      ['Candle', 'ecosystem', true, 'Light', 'Lamps'],
      ['Sun', 'hosted', false, 'Light', 'Stars'],
    ],
  )
  assert.deepEqual((await imports(house, file)).orders, [])
  const changed = file
    .replace('https://beacon.example', 'https://beacon.example/new')
    .replace('name: Gold', 'name: Silver')
  assert.deepEqual(
    (await imports(house, changed)).orders.map(({ act, input }) => ({ act, input })),
    [
      { act: 'membership.change-class', input: { organisation: 'millstone', class: 'silver' } },
      { act: 'projects.correct', input: { project: 'beacon', homepage: 'https://beacon.example/new' } },
    ],
  )
  await house.expectReplay()
})

test('a file that would archive a project without a decision is refused whole', async t => {
  const { house } = await landscapeHouse(t)
  await imports(house, file)
  const before = (await house.leaves()).length
  const { done } = await imports(
    house,
    file.replace('name: Beacon', 'name: Beacon\n            project: archived').replace('Shines.', 'Shines far.'),
  )
  assert.equal(isRefusal(done) && done.refused.id, 'acts/mandate-wanted')
  assert.equal((await house.leaves()).length, before)
})

test('what is exported reads back to the same landscape, here and in an empty house', async t => {
  const { house } = await landscapeHouse(t)
  await imports(house, file)
  await house.done('projects.enter', { name: 'Stray', stage: 'ecosystem' }, 'operator')
  const text = await exportLandscape(house.read, mapping)
  assert.deepEqual(readLandscape(text).faults, [])
  assert.deepEqual((await imports(house, text)).orders, [])
  const { house: other } = await landscapeHouse(t)
  await imports(other, text)
  assert.equal(await exportLandscape(other.read, mapping), text)
  const facts = async (one: House) => (await projectsAll(one.read)).map(({ id: _, entered: __, ...rest }) => rest)
  assert.deepEqual(await facts(other), await facts(house))
})

const folder = process.env.GUILDHALL_SHARED ?? join(import.meta.dirname, '../../../../../shared/data')
const real = join(folder, 'pytorch/landscape.yml')
const root = join(import.meta.dirname, '../../../..')

test('the published landscape of a real foundation is read whole, and the shipped register holds its facts', {
  skip: existsSync(real)
    ? false
    : `pytorch/landscape.yml is missing: set GUILDHALL_SHARED to the folder of shared data`,
}, () => {
  const terms = parse(readFileSync(join(root, 'charters/pytorch/terms.yml'), 'utf8'))
  const own: LandscapeMapping = terms['projects.landscape'].value
  const text = readFileSync(real, 'utf8')
  const { counts, faults, orders, unknownKeys } = planLandscape(text, { mapping: own })
  assert.deepEqual([counts, faults], [{ items: 188, projects: 143, members: 45 }, []])
  assert.deepEqual(
    unknownKeys.map(({ key, count }) => [key, count]),
    [['facebook', 1]],
  )
  const entered = orders.filter(({ act }) => act === 'projects.enter').map(({ input }) => input)
  const admitted = orders.filter(({ act }) => act === 'membership.admit').map(({ input }) => input)
  const count = (list: readonly object[], key: string, value: unknown) =>
    list.filter(one => Reflect.get(one, key) === value).length
  assert.deepEqual(
    ['ecosystem', 'hosted'].map(stage => count(entered, 'stage', stage)),
    [137, 6],
  )
  assert.equal(count(entered, 'isArchived', true), 68)
  assert.deepEqual(
    ['platinum', 'gold', 'silver', 'associate'].map(key => count(admitted, 'class', key)),
    [13, 4, 8, 20],
  )
  const ecosystem = readLandscape(text).items.filter(({ category }) => !category.startsWith('PyTorch'))
  assert.equal(new Set(ecosystem.map(({ category, subcategory }) => `${category}/${subcategory}`)).size, 25)
  const shipped = readFileSync(join(root, 'charters/pytorch/registers/landscape.yml'), 'utf8')
  const facts = readLandscape(text).items.map(({ description: _, line: __, ...rest }) => rest)
  assert.deepEqual(
    readLandscape(shipped).items.map(({ line: _, ...rest }) => rest),
    facts,
  )
  assert.deepEqual(
    readLandscape(writeLandscape(readLandscape(text).items)).items.map(({ line: _, ...rest }) => rest),
    readLandscape(text).items.map(({ line: _, ...rest }) => rest),
  )
})
