// The shipped charters with the real domains: each loads, and settles every term that an act stands under.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clausesOf, gather } from '#acts/registry.ts'
import { loadCharter } from '#domains/charter/index.ts'
import { nameDomains } from '../../src/domains.ts'
import { noOutside } from '../../src/outside.ts'
import { root, sourcesIn } from './sources.ts'

const { domains, shelf } = nameDomains(noOutside)
const registry = gather(domains)

for (const name of ['pytorch', 'example']) {
  test(`the charter ${name} loads, and each act stands under one of its clauses`, async () => {
    const { charter, faults } = await loadCharter(`${root}charters/${name}`, shelf.asked())
    assert.deepEqual(faults ?? [], [])
    assert.ok(charter)
    const clauses = new Set(charter.clauses.map(({ id }) => id))
    const astray = [...registry.acts.values()].filter(act => {
      const under = clausesOf(act, charter)
      return under.length === 0 || under.some(id => !clauses.has(id))
    })
    assert.deepEqual(
      astray.map(act => act.name),
      [],
    )
  })
}

test('every domain that has a folder is named in the order of standing', () => {
  const folders = sourcesIn(path => path.startsWith('src/domains/')).flatMap(
    ({ path }) => /^src\/domains\/([a-z]+)\//.exec(path)?.[1] ?? [],
  )
  assert.deepEqual([...new Set(folders)].sort(), domains.map(({ name }) => name).sort())
})
