// Faults in `rules.cedar`, and between it and the clauses: each with its file, its line and what is expected.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesOf, namesIn, tampering, toyAsked } from '#test/kit/charters.ts'
import { oneOf } from './fault.ts'
import { loadFiles } from './load.ts'

const files = await filesOf('pytorch')
const asked = await toyAsked(files)

const { lineOf, faultsWith } = tampering(files, asked)
const rules = namesIn(files['rules.cedar'], /@id\("([^"]+)"\)/g)
const clauses = namesIn(files['charter.md'], /^clause: (\S+)$/gm)

test('a rule that no clause lists, and a clause that lists a rule that does not exist', () => {
  const [line, rule] = [
    lineOf('charter.md', 'rules: [conduct-accepted]'),
    lineOf('rules.cedar', '@id("conduct-accepted")'),
  ]
  const faults = faultsWith('charter.md', ['rules: [conduct-accepted]', 'rules: [conduct-acepted]'])
  assert.deepEqual(faults, [
    `charter.md:${line} a rule of rules.cedar: ${oneOf(rules)} | conduct-acepted`,
    `rules.cedar:${rule} a clause of charter.md to list it: rules: [conduct-accepted] under clause 4 | the rule conduct-accepted, which no clause lists`,
  ])
})

test('a rule that cites a clause that does not exist, or not the one that lists it', () => {
  const [line, rule] = [
    lineOf('charter.md', 'rules: [conduct-accepted]'),
    lineOf('rules.cedar', '@id("conduct-accepted")'),
  ]
  const faults = faultsWith('rules.cedar', ['accepted")\n@clause("4")', 'accepted")\n@clause("5")'])
  assert.deepEqual(faults, [
    `charter.md:${line} conduct-accepted to carry @clause("5 4") in rules.cedar | @clause("5")`,
    `rules.cedar:${rule} a clause of charter.md: ${oneOf(clauses)} | 5`,
  ])
})

test('Cedar: a type error, a text that it cannot read, an act that does not exist, a rule that can never apply', () => {
  const line = lineOf('rules.cedar', 'when { principal == context.mover }')
  const mover = (to: string) => faultsWith('rules.cedar', ['principal == context.mover', to])
  assert.deepEqual(mover('principal == context.moover'), [
    `rules.cedar:${line} what the acts weigh: did you mean \`mover\`? | attribute \`moover\` in context for Action::"motions.second" not found`,
  ])
  assert.match(
    mover('context.sphere > 3')[0] ?? '',
    new RegExp(`^rules\\.cedar:${line} what the acts weigh \\| unexpected type`),
  )
  assert.match(
    mover('principal = context.mover')[0] ?? '',
    new RegExp(`^rules\\.cedar:${line} a rule that Cedar can read: try using '==' instead`),
  )
  assert.match(mover('false')[0] ?? '', /^rules\.cedar:\d+ a rule that can apply \| policy is impossible/)
  const acts = asked.acts.filter(({ name }) => name !== 'motions.second')
  const unknown = loadFiles(files, { ...asked, acts }).faults ?? []
  assert.match(unknown[0]?.found ?? '', /unrecognized action `Action::"motions\.second"`/)
  assert.equal(unknown[0]?.line, lineOf('rules.cedar', 'Action::"motions.second"'))
})

test('lines of Cedar faults are right behind text that is not ASCII', () => {
  const line = lineOf('rules.cedar', 'when { principal == context.mover }')
  const text = (files['rules.cedar'] ?? '')
    .replace('// What this', '// Rõţtéñ €𝄞 what this')
    .replace('context.mover', 'context.m')
  const faults = loadFiles({ ...files, 'rules.cedar': text }, asked).faults ?? []
  assert.deepEqual([faults[0]?.line, faults[0]?.column], [line, 'when { principal == '.length + 1])
})

test('rules without annotations, a rule twice, a template', () => {
  const line = lineOf('rules.cedar', '@id("own-second")')
  assert.deepEqual(faultsWith('rules.cedar', ['@title("Nobody seconds their own motion")\n', '']), [
    `rules.cedar:${line} every rule to carry @id, @clause, @title and @remedy | the rule own-second without @title`,
  ])
  assert.deepEqual(
    faultsWith('rules.cedar', ['@id("own-second")', '@id("separate-spheres")']).filter(fault => fault.includes('once')),
    [
      `rules.cedar:${line} each @id once | separate-spheres a second time, first on line ${lineOf('rules.cedar', '@id("separate-spheres")')}`,
    ],
  )
  const template = '@id("t") permit (principal == ?principal, action, resource);'
  const more = `${files['rules.cedar']}\n${template}\n`
  const faults = loadFiles({ ...files, 'rules.cedar': more }, asked).faults ?? []
  assert.deepEqual(
    faults.map(({ line: at, found }) => [at, found]),
    [[more.trimEnd().split('\n').length, 'a template (?principal or ?resource)']],
  )
})
