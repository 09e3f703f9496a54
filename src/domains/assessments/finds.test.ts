// The criteria that a paper was made by, looked up in the texts of the charter that were in force.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { charterMigrations, keepCharterFiles, putAdoption } from '#domains/charter/tables.ts'
import { testDatabase } from '#test/kit/database.ts'
import { readCriteria } from './engine/criteria.ts'
import { criteriaText } from './finds.ts'

const text = (title: string) =>
  `id: ecosystem\ntitle: ${title}\nsource: The tests\nrequirements:\n  - { id: E1, title: ${title}, requirement: A file that says what it is, clause: "1", number: 1, decidedBy: git, check: maintainers, parameters: { minimum: 2 } }\n`

function hashIn(criteria: string): string {
  const read = readCriteria(criteria, 'ecosystem.yml')
  assert.ok('criteria' in read, JSON.stringify(read))
  return read.criteria.hash
}

test('criteria are found by their hash in an earlier text of the charter too, and nowhere by another hash', async t => {
  const { read, transact } = await testDatabase(t, charterMigrations)
  const [first, second] = [text('First of them'), text('Second of them')]
  const days = ['2026-01-05T00:00:00.000Z', '2026-06-05T00:00:00.000Z'] as const
  await transact(async tx => {
    let replaces: string | null = null
    for (const [index, criteria] of [first, second].entries()) {
      const at = days[index] ?? days[0]
      const hash = await keepCharterFiles(tx, { 'criteria/ecosystem.yml': criteria, 'charter.md': '# One' }, at)
      await putAdoption(tx, { entry: `ent_${index}`, hash, replaces, adoptedAt: at })
      replaces = hash
    }
  })
  const found = (id: string, hash: string) => criteriaText(read, { id, hash })
  assert.equal(await found('ecosystem', hashIn(first)), first)
  assert.equal(await found('ecosystem', hashIn(second)), second)
  assert.equal(await found('hosted', hashIn(second)), undefined)
  assert.equal(await found('ecosystem', hashIn(text('Third of them'))), undefined)
})
