// Who does the work, from a real history to the pages: the counts are plain git's, a correction counts at once, and nobody is named.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { arrives, type Somebody, wordsOf } from '#test/kit/faces.ts'
import { type Hall, openHall } from '#test/kit/hall.ts'
import { git, makeRepository } from '#test/kit/repositories.ts'

const people = [
  { name: 'Ada Sample', address: 'ada@loam.example', commits: 12 },
  { name: 'Bo Example', address: '9+bosample@users.noreply.github.com', commits: 6 },
  { name: 'Cy Withheld', address: 'cy.withheld@gmail.com', commits: 2 },
] as const
const bot = 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>'

const history = [
  ...people.flatMap(({ name, address, commits }) =>
    Array.from({ length: commits }, (_, day) => ({
      at: `2026-01-${String(day + 1).padStart(2, '0')}T12:00:00Z`,
      author: `${name} <${address}>`,
    })),
  ),
  { at: '2026-02-01T12:00:00Z', author: bot },
  { at: '2024-01-01T12:00:00Z', author: 'Old Hand <old@loam.example>' },
].sort((a, b) => (a.at < b.at ? -1 : 1))

async function performs({ app }: Hall, act: string, input: unknown, by: Somebody | 'operator'): Promise<void> {
  const outcome = await app.engine.perform({
    ...{ act, input },
    by: by === 'operator' ? { program: 'operator' } : { person: by.id },
  })
  if (isRefusal(outcome)) assert.fail(JSON.stringify(outcome))
}

async function hosted(t: TestContext) {
  const hall = await openHall(t, 'example')
  const repository = makeRepository(join(hall.repositories, 'sieve.git'), history)
  const entered = await hall.app.engine.perform({
    act: 'projects.enter',
    input: { name: 'Sieve', stage: 'hosted', repository },
    by: { program: 'operator' },
  })
  if (isRefusal(entered)) assert.fail(JSON.stringify(entered))
  const project = String(entered.entry.facts.project)
  await performs(hall, 'projects.assess', { subject: project }, 'operator')
  await hall.drain()
  const stranger = hall.visit()
  const read = async (path: string): Promise<string> => {
    const { status, text } = await stranger.get(path)
    assert.equal(status, 200, path)
    return text
  }
  return { hall, project, repository, read }
}

/** The cells of each row of the table with this caption. */
function rowsOf(markup: string, caption: string): readonly (readonly string[])[] {
  const start = markup.indexOf(`>${caption}</caption>`)
  assert.ok(start >= 0, `There is a table "${caption}"`)
  const rows = markup.slice(start, markup.indexOf('</table>', start)).match(/<tr[\s>][\s\S]*?<\/tr>/g) ?? []
  return rows.slice(1).map(row => (row.match(/<t[hd][\s>][\s\S]*?<\/t[hd]>/g) ?? []).map(cell => wordsOf(cell).trim()))
}

const figures = async (read: (path: string) => Promise<string>, caption: string) =>
  rowsOf(await read('/neutrality'), `${caption}: figures`).map(cells => cells.join(' | '))

const projectRow = async (read: (path: string) => Promise<string>): Promise<readonly string[]> =>
  rowsOf(await read('/neutrality'), 'Each project by its commits').find(([name]) => name === 'Sieve') ?? []

test('the commits of a year are counted as plain git counts them, and by pseudonyms', async t => {
  const { repository, read } = await hosted(t)
  const log = git(repository, ['log', '--no-merges', '--since=2025-03-02', '--format=%ae', 'main']).trim().split('\n')
  const plain = Map.groupBy(
    log.filter(address => !address.includes('[bot]')),
    address => address,
  )
  const rows = rowsOf(await read('/projects/sieve'), 'Those who contributed most')
  assert.deepEqual(
    rows.map(([, count]) => Number(count)),
    [...plain.values()].map(commits => commits.length).sort((a, b) => b - a),
  )
  for (const [who] of rows) assert.match(who ?? '', /^contributor [a-z0-9]{6}$/)
})

test('with nothing known all is possible; a stated domain makes a promise broken; a person’s correction counts at once', async t => {
  const { hall, read } = await hosted(t)
  assert.deepEqual(await projectRow(read), ['Sieve', '1 Broken', '1 Broken', '60 % to 100 % Broken', '0 %'])
  await performs(hall, 'people.add-organisation', { name: 'Loam Works' }, 'operator')
  await performs(hall, 'contributors.state-domain', { domain: 'loam.example', organisation: 'loam-works' }, 'operator')
  assert.deepEqual(await projectRow(read), ['Sieve', '1 Broken', '1 Broken', '60 % to 100 % Broken', '60 %'])
  const page = '/organisations/loam-works'
  assert.deepEqual(rowsOf(await read(page), 'Part in the projects'), [['Sieve', 'Commits', '60 % to 100 %', '60 %']])

  const ada = await arrives(hall, 'ada@loam.example', 'Ada Sample')
  await performs(hall, 'contributors.claim', { address: 'ada@loam.example' }, ada)
  await performs(hall, 'people.affiliate', { organisation: 'independent', from: '2020-01-01' }, ada)
  assert.match(await read(page), /No contribution is known to be for it\./)
  assert.deepEqual(await projectRow(read), ['Sieve', '1 Broken', '1 Broken', '60 % to 100 % Broken', '60 %'])
  await hall.expectSound()
})

test('the work of a controlled company is counted with its parent, and its own page says so', async t => {
  const { hall, read } = await hosted(t)
  for (const name of ['Loam Works', 'Humus Works'])
    await performs(hall, 'people.add-organisation', { name }, 'operator')
  await performs(hall, 'contributors.state-domain', { domain: 'loam.example', organisation: 'humus-works' }, 'operator')
  const own = [['Sieve', 'Commits', '60 % to 100 %', '60 %']]
  assert.deepEqual(rowsOf(await read('/organisations/humus-works'), 'Part in the projects'), own)
  const control = { child: 'humus-works', parent: 'loam-works', from: '2020-01-01' }
  await performs(hall, 'people.state-control', control, 'operator')
  assert.deepEqual(rowsOf(await read('/organisations/loam-works'), 'Part in the projects'), own)
  assert.match(wordsOf(await read('/organisations/humus-works')), /under the control of\s+Loam Works/)
  const page = wordsOf(await read('/projects/sieve'))
  assert.match(page, /The other 8 are unknown and count towards the whole and the high end\./)
})

test('maintainers count for whom they work for; one who has not said could be anybody’s', async t => {
  const { hall, project, read } = await hosted(t)
  assert.match(await read('/neutrality'), /id="maintainers"[\s\S]*?None yet\./)
  await performs(hall, 'people.add-organisation', { name: 'Loam Works' }, 'operator')
  const [ada, bo] = [
    await arrives(hall, 'ada@people.example', 'Ada Sample'),
    await arrives(hall, 'bo@people.example', 'Bo Example'),
  ]
  await performs(hall, 'people.affiliate', { organisation: 'loam-works', from: '2020-01-01' }, ada)
  for (const { id } of [ada, bo]) await performs(hall, 'projects.name-maintainer', { project, person: id }, 'operator')
  assert.deepEqual(await figures(read, 'Maintainers'), [
    'Fewest organisations that hold half | 1 | at least 2 | Broken',
    'Share of the largest | 50 % to 100 % | at most 50 % | Unproven',
    'Effective number of organisations | 1.000 to 2.000 | – none | – none',
  ])
})

test('no page, feed or answer holds an address or a name that nobody showed', async t => {
  const { hall, read } = await hosted(t)
  await performs(hall, 'people.add-organisation', { name: 'Loam Works' }, 'operator')
  const ada = await arrives(hall, 'ada@loam.example', 'Ada Sample')
  await performs(hall, 'contributors.claim', { address: 'ada@loam.example' }, ada)
  const paths = [
    '/',
    '/neutrality',
    '/neutrality/register',
    '/projects/sieve',
    '/record',
    '/feeds/record.json',
    '/feeds/record.atom',
    '/organisations',
    '/organisations/loam-works',
    '/stewardship',
  ]
  const texts = await Promise.all(paths.map(read))
  const seen = (words: string) => paths.filter((_, place) => texts[place]?.toLowerCase().includes(words.toLowerCase()))
  assert.ok(seen('Sieve').includes('/neutrality'), 'The search finds what is there')
  for (const { name, address } of people.slice(1)) {
    assert.deepEqual(seen(name), [], name)
    assert.deepEqual(seen(address), [], address)
  }
  assert.deepEqual(seen('ada@loam.example'), [])
})
