// The shipped rules, tried over every world that their clauses can tell apart; and what happens when a rule cannot be evaluated.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import type { Entity } from '#acts/charter.ts'
import { asks, filesOf, loaded, organisation, shipped, somebody, toyAsked } from '#test/kit/charters.ts'
import { loadFiles } from './load.ts'
import { cedarRecord, cedarSchema, membersOf } from './schema.ts'
import { isEasier, verdictOn } from './thresholds.ts'
import type { LoadedCharter } from './words.ts'

const ruleNames = {
  pytorch: {
    interest: 'interested-party',
    spheres: 'separate-spheres',
    second: 'own-second',
    share: 'employer-share',
    conduct: 'conduct-accepted',
  },
  example: {
    interest: 'no-vote-for-your-own',
    spheres: 'trustees-keep-out',
    second: 'two-hands',
    share: 'share-of-seats',
    conduct: 'good-neighbour',
  },
} as const

/** Every way to choose one of each. */
function* worlds<Choice extends Record<string, readonly unknown[]>>(
  choices: Choice,
): Generator<{ [Key in keyof Choice]: Choice[Key][number] }> {
  const [first, ...rest] = Object.keys(choices)
  if (first === undefined)
    yield {} as never // no choices: the one empty world
  else
    for (const value of choices[first] ?? [])
      for (const world of worlds(Object.fromEntries(rest.map(key => [key, choices[key] ?? []]))))
        yield { [first]: value, ...world } as never // one of each key, as the type says
}

const denied = (charter: LoadedCharter, act: string, entities: readonly Entity[], context: object): string[] =>
  charter
    .denials(asks(act, entities, { ...context }))
    .map(({ rule }) => rule)
    .sort()

// The applicant's organisation `acme` belongs to `mega`, which also owns `sister`; `acme` owns `cub`; `other` is apart.
const companies = [organisation('acme', ['mega']), organisation('cub', ['acme']), organisation('sister', ['mega'])]
const interested = ['acme', 'cub', 'mega', 'sister']

for (const name of shipped) {
  const rule = ruleNames[name]

  test(`${name}: votes are stopped by exactly the rules that forbid them, in every world`, async () => {
    const charter = await loaded(name)
    const choices = {
      employer: [undefined, 'acme', 'cub', 'mega', 'sister', 'other'],
      businessSeats: [0, 1, 2],
      sphere: ['business', 'technical'],
      hasAcceptedConduct: [true, false],
      isAboutAcme: [true, false],
    } as const
    let tried = 0
    for (const { employer, sphere, isAboutAcme, ...attrs } of worlds(choices)) {
      const parents = employer ? [employer] : []
      const context = { sphere, subjectOrganisations: isAboutAcme ? ['acme', 'mega'] : [] }
      const expected = [
        isAboutAcme && employer && interested.includes(employer) ? [rule.interest] : [],
        sphere === 'technical' && attrs.businessSeats > 0 ? [rule.spheres] : [],
        attrs.hasAcceptedConduct ? [] : [rule.conduct],
      ].flat()
      const answer = denied(charter, 'motions.vote', [somebody(attrs, parents), ...companies], context)
      assert.deepEqual(answer, expected.sort(), JSON.stringify({ employer, ...context, ...attrs }))
      tried += 1
    }
    assert.equal(tried, 6 * 3 * 2 * 2 * 2)
  })

  test(`${name}: nobody reviews what their employer stands behind, in either direction of control`, async () => {
    const charter = await loaded(name)
    for (const employer of ['acme', 'cub', 'mega', 'sister', 'other']) {
      const world = [somebody({}, [employer]), ...companies]
      const answer = denied(charter, 'projects.review', world, { subjectOrganisations: ['acme', 'mega'] })
      assert.deepEqual(answer, interested.includes(employer) ? [rule.interest] : [], employer)
    }
  })

  test(`${name}: nobody seconds their own motion, or for their own employer`, async () => {
    const charter = await loaded(name)
    for (const { mover, employer } of worlds({ mover: ['per_somebody', 'per_other'], employer: ['acme', 'other'] })) {
      const context = { sphere: 'business', subjectOrganisations: ['acme'], mover }
      const expected = [
        mover === 'per_somebody' ? [rule.second] : [],
        employer === 'acme' ? [rule.interest] : [],
      ].flat()
      assert.deepEqual(denied(charter, 'motions.second', [somebody({}, [employer])], context), expected.sort())
      const { mover: _, ...moving } = context
      assert.deepEqual(
        denied(charter, 'motions.move', [somebody({}, [employer])], moving),
        expected.filter(id => id === rule.interest),
      )
    }
  })

  test(`${name}: no employer comes to hold more seats than its share, but one is never too many`, async () => {
    const charter = await loaded(name)
    const counts = { after: [0, 1, 2, 3, 4, 7, 8], allowed: [0, 1, 2, 3, 7, 21] }
    for (const { after, allowed } of worlds(counts)) {
      const context = { employerSeatsAfter: after, employerSeatsAllowed: allowed, bodySeats: 21 }
      const isTooMany = after > 1 && after > allowed
      assert.deepEqual(denied(charter, 'bodies.appoint', [somebody()], context), isTooMany ? [rule.share] : [])
    }
  })

  test(`${name}: taking part wants the current code accepted; what nobody forbids is allowed`, async () => {
    const charter = await loaded(name)
    for (const [act, context] of [
      ['projects.apply', {}],
      ['projects.review', { subjectOrganisations: [] }],
    ] as const) {
      assert.deepEqual(denied(charter, act, [somebody({ hasAcceptedConduct: false })], context), [rule.conduct])
      assert.deepEqual(denied(charter, act, [somebody()], context), [])
    }
    assert.deepEqual(denied(charter, 'motions.close', [somebody({ hasAcceptedConduct: false })], {}), [])
  })

  test(`${name}: a denial carries its clauses, title and remedy`, async () => {
    const charter = await loaded(name)
    const [denial] = charter.denials(asks('projects.apply', [somebody({ hasAcceptedConduct: false })]))
    const { id, clauses, title, remedy } = charter.rules.find(one => one.id === rule.conduct) ?? assert.fail()
    assert.deepEqual(denial, { rule: id, clauses, title, remedy })
    assert.deepEqual(
      clauses,
      charter.clauses.filter(clause => clause.rules.includes(id)).map(clause => clause.id),
    )
  })
}

test('whatever does not fit the schema is denied: an unknown act, a missing fact, a wrong type, no person', async () => {
  const charter = await loaded('pytorch')
  const vote = { sphere: 'technical', subjectOrganisations: [] }
  const cases: [string, readonly Entity[], object][] = [
    ['motions.unheard-of', [somebody()], {}],
    ['motions.vote', [somebody()], { sphere: 'technical' }],
    ['motions.vote', [somebody()], { ...vote, sphere: 3 }],
    ['motions.vote', [somebody()], { ...vote, more: true }],
    ['motions.vote', [somebody({ businessSeats: 'none' })], vote],
    ['motions.vote', [{ ...somebody(), attrs: {} }], vote],
    ['motions.vote', [], vote],
    ['motions.vote', [organisation('acme')], vote],
  ]
  for (const [act, entities, context] of cases)
    assert.deepEqual(denied(charter, act, entities, context), ['evaluation-error'], JSON.stringify([act, context]))
  assert.deepEqual(denied(charter, 'motions.vote', [somebody()], vote), [])
})

test('a forbid that errors does not fail open: Cedar skips it and allows, the charter denies', async () => {
  const files = await filesOf('pytorch')
  const overflow = `
@id("overflows") @clause("4") @title("Multiplies beyond what Cedar can count") @remedy("None.")
forbid (principal is Person, action == Action::"projects.apply", resource is House)
when { principal.businessSeats * 9223372036854775807 > 1 };`
  const changed = {
    ...files,
    'rules.cedar': files['rules.cedar'] + overflow,
    'charter.md': (files['charter.md'] ?? '').replace(
      'rules: [conduct-accepted]',
      'rules: [conduct-accepted, overflows]',
    ),
  }
  const { charter, faults } = loadFiles(changed, await toyAsked(files))
  assert.ok(charter, JSON.stringify(faults))
  assert.deepEqual(denied(charter, 'projects.apply', [somebody({ businessSeats: 0 })], {}), [])
  assert.deepEqual(denied(charter, 'projects.apply', [somebody({ businessSeats: 2 })], {}), ['evaluation-error'])
  assert.deepEqual(denied(charter, 'projects.apply', [somebody({ businessSeats: 2, hasAcceptedConduct: false })], {}), [
    'conduct-accepted',
    'evaluation-error',
  ])
})

test('what no clause grants is denied', async () => {
  const files = await filesOf('pytorch')
  const narrow = (files['rules.cedar'] ?? '').replace(
    'action, resource is House',
    'action == Action::"motions.close", resource is House',
  )
  const { charter } = loadFiles({ ...files, 'rules.cedar': narrow }, await toyAsked(files))
  assert.ok(charter)
  assert.deepEqual(denied(charter, 'motions.close', [somebody()], {}), [])
  assert.deepEqual(denied(charter, 'projects.apply', [somebody()], {}), ['not-granted'])
})

test('zod objects and their values become Cedar types and values by one table', () => {
  const context = z.object({
    isOpen: z.boolean(),
    seats: z.int(),
    count: z.number().int().optional(),
    kind: z.enum(['a', 'b']),
    mover: z.string().meta({ cedar: 'Person' }).optional(),
    subjects: z.array(z.string()).meta({ cedar: 'Organisation' }),
    each: z.array(z.string().meta({ cedar: 'Person' })),
    words: z.array(z.string()).nullable(),
  })
  const schema = cedarSchema([{ name: 'toys.play', weighs: { context } }], []) as never as {
    '': { actions: { 'toys.play': { appliesTo: { context: unknown } } } }
  }
  assert.deepEqual(schema[''].actions['toys.play'].appliesTo.context, {
    type: 'Record',
    attributes: {
      isOpen: { type: 'Boolean', required: true },
      seats: { type: 'Long', required: true },
      count: { type: 'Long', required: false },
      kind: { type: 'String', required: true },
      mover: { type: 'Entity', name: 'Person', required: false },
      subjects: { type: 'Set', element: { type: 'Entity', name: 'Organisation' }, required: true },
      each: { type: 'Set', element: { type: 'Entity', name: 'Person' }, required: true },
      words: { type: 'Set', element: { type: 'String' }, required: false },
    },
  })
  const value = { isOpen: true, seats: 3, kind: 'a', mover: 'per_1', subjects: ['acme'], each: [], words: null }
  assert.deepEqual(cedarRecord(membersOf(context), value), {
    isOpen: true,
    seats: 3,
    kind: 'a',
    mover: { __entity: { type: 'Person', id: 'per_1' } },
    subjects: [{ __entity: { type: 'Organisation', id: 'acme' } }],
    each: [],
  })
  for (const unfit of [z.number(), z.object({}), z.array(z.object({})), z.date()])
    assert.throws(() => membersOf(z.object({ unfit })), /unfit is .*: rules can weigh only/)
})

const measured = (value: number | null, more: object = {}) => ({
  value,
  known: 9,
  whole: 9,
  says: '',
  evidence: [],
  ...more,
})

test('verdicts: the threshold itself is kept; what is not known is neither a pass nor an accusation', () => {
  const claim = { measure: 'toys.shared', kept: '>= 2/3', strained: '>= 0.5' }
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 200 }), (count, whole) => {
      const expected = 3 * count >= 2 * whole ? 'kept' : 2 * count >= whole ? 'strained' : 'broken'
      assert.equal(verdictOn(claim, measured(count / whole)), expected)
    }),
  )
  assert.equal(verdictOn(claim, measured(0.9, { low: 0.4, high: 0.95 })), 'unproven')
  assert.equal(verdictOn(claim, measured(0.9, { low: 0.55, high: 0.95 })), 'strained')
  assert.equal(verdictOn(claim, measured(0.3, { low: 0.1, high: 0.4 })), 'broken')
  assert.equal(verdictOn({ measure: 'toys.shared', kept: '= 1' }, measured(1, { low: 1 / 3, high: 1 })), 'unproven')
  assert.equal(verdictOn({ measure: 'toys.shared', kept: '= 1' }, measured(0.5, { low: 0.4, high: 0.9 })), 'broken')
  assert.equal(verdictOn({ ...claim, kept: '< 10', strained: '< 20' }, measured(5, { low: 1, high: 12 })), 'strained')
  const soon = { measure: 'toys.landing', kept: '<= 14', strained: '<= 30' }
  assert.equal(verdictOn(soon, measured(2, { low: 2, high: null })), 'unproven')
  assert.equal(verdictOn(soon, measured(31, { low: 31, high: null })), 'broken')
  assert.equal(verdictOn({ ...soon, kept: '>= 2', strained: '>= 1' }, measured(2, { low: 2, high: null })), 'kept')
  assert.equal(verdictOn(claim, measured(null)), 'not measured')
  assert.equal(verdictOn(claim, measured(1, { known: 0 })), 'not measured')
  assert.equal(verdictOn(claim, undefined), 'not measured')
  assert.equal(verdictOn({ measure: 'toys.shared' }, measured(1)), undefined)
})

test('a strained threshold is the easier one', () => {
  const pairs = [
    ['>= 0.5', '>= 0.9', true],
    ['> 0.9', '>= 0.9', true],
    ['>= 0.95', '>= 0.9', false],
    ['<= 20', '< 10', true],
    ['< 5', '<= 10', false],
    ['<= 20', '>= 10', false],
    ['>= 3', '= 5', true],
  ] as const
  for (const [strained, kept, easier] of pairs) assert.equal(isEasier(strained, kept), easier, `${strained} ${kept}`)
})
