// The catalogue of acts and refusals: each says what it is, can be answered by a face, and is provoked by a test.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'
import { type Problem, problem } from '#acts/problem.ts'
import { engineProblems } from '#acts/problems.ts'
import { gather } from '#acts/registry.ts'
import { scopeMissing } from '#api/scopes.ts'
import { nameDomains } from '../../src/domains.ts'
import { noOutside } from '../../src/outside.ts'
import { isTest, root, sourcesIn } from './sources.ts'

const { domains } = nameDomains(noOutside)
const registry = gather(domains)
const acts = [...registry.acts.values()]
const sources = sourcesIn(path => /^(src|test)\//.test(path))
const programs = sources.filter(({ path }) => path.startsWith('src/') && !isTest(path))
const tests = sources.filter(({ path }) => isTest(path)).map(({ path }) => readFileSync(root + path, 'utf8'))

type Declared = { readonly name: string; readonly id: string; readonly path: string }
const declaration = /export const (\w+) = problem\(\s*'([^']+)'/g
const declared: readonly Declared[] = programs.flatMap(({ path, tree }) =>
  [...tree.text.matchAll(declaration)].map(([, name = '', id = '']) => ({ path, name, id })),
)

test('every problem has an id of the domain that declares it, and one of its own', () => {
  const strangers = declared.filter(({ path, id }) => {
    const [, floor, domain] = /^src\/(acts|api|domains\/([a-z]+))\//.exec(path) ?? []
    return id.split('/')[0] !== (domain ?? floor)
  })
  assert.deepEqual(strangers, [])
  const ids = declared.map(({ id }) => id)
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  )
})

test('every problem is listed by an act, or belongs to every act or to the API', () => {
  const known = new Set<string>([...registry.problems.keys(), ...engineProblems.map(({ id }) => id), scopeMissing.id])
  assert.deepEqual(
    declared.filter(({ id }) => !known.has(id)).map(({ id }) => id),
    [],
  )
})

test('every problem says what is wrong in one line and what to do about it', () => {
  const mute = ({ title, remedy }: Problem) =>
    !/^[A-Z“]/.test(title) || /[.!]$/.test(title) || !/[.:)a-z]$/.test(remedy) || remedy.length < 8
  assert.ok(mute(problem('a/b', 'missing', 'no.', '')), 'the check itself can fail')
  assert.deepEqual(
    [...registry.problems.values()].filter(mute).map(({ id, title, remedy }) => [id, title, remedy]),
    [],
  )
})

test('every problem is provoked by a test', () => {
  const unprovoked = declared.filter(
    ({ name, id }) => !tests.some(text => new RegExp(`\\b${name}\\b`).test(text) || text.includes(id)),
  )
  assert.deepEqual(
    unprovoked.map(({ id, name }) => `${id} (${name})`),
    [],
  )
})

test('every act is named after its domain and says in a sentence what it does', () => {
  const unsaid = domains.flatMap(domain =>
    domain.acts.filter(
      ({ name, title, describes }) =>
        !new RegExp(`^${domain.name}\\.[a-z]+(-[a-z]+)*$`).test(name) ||
        !/^[A-Z].*[^.]$/.test(title) ||
        !/^[A-Z].*\.$/s.test(describes),
    ),
  )
  assert.deepEqual(
    unsaid.map(({ name, title, describes }) => [name, title, describes]),
    [],
  )
})

type Shape = { readonly properties?: Readonly<Record<string, object>>; readonly required?: readonly string[] }
const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): Shape => z.toJSONSchema(schema, { io }) as Shape // of an object

const admitsNull = (member: object): boolean =>
  JSON.stringify(member).includes('"null"') || Object.keys(member).length === 0

for (const act of acts)
  test(`${act.name}: what it takes and records is JSON Schema, and sealed facts may be null`, () => {
    const takes = shapeOf(act.takes, 'input')
    const records = shapeOf(act.records, 'output')
    assert.ok(takes.properties, 'takes is an object')
    assert.ok(records.properties, 'records is an object')
    for (const sealed of act.seals ?? []) {
      const member = records.properties[sealed]
      assert.ok(member, `${sealed} is a fact`)
      assert.ok(admitsNull(member), `${sealed} is nullable`)
    }
  })

test('every act names who may do it, and what no face offers is done by the program alone', () => {
  assert.deepEqual(
    acts.filter(act => act.by.length === 0).map(({ name }) => name),
    [],
  )
  const hidden = acts.filter(act => act.isInternal && act.by.some(kind => !['clock', 'operator'].includes(kind)))
  assert.deepEqual(
    hidden.map(({ name, by }) => [name, ...by]),
    [],
  )
})
