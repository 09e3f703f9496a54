// The shipped charters against what bodies and membership really ask: terms, what is weighed, measures, and each other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodies, ordersForBodies } from '#domains/bodies/index.ts'
import { type Asked, loadFiles } from '#domains/charter/load.ts'
import { filesOf, shipped, toyAsked, toyPortrayals } from '#test/kit/charters.ts'
import { membership } from './index.ts'
import { classesTerm } from './terms.ts'

const real = [bodies, membership]

/** The toys of the charter's tests, with everything of these two domains in the place of theirs. */
function withReal(asked: Asked): Asked {
  const acts = real.flatMap(domain => domain.acts)
  const terms = real.flatMap(domain => domain.terms)
  const measures = real.flatMap(domain => domain.measures ?? [])
  const others = <Thing>(things: readonly Thing[], key: (thing: Thing) => string) =>
    things.filter(thing => !real.some(({ name }) => key(thing).startsWith(`${name}.`)))
  const [conduct] = toyPortrayals
  return {
    ...asked,
    acts: [...others(asked.acts, ({ name }) => name), ...acts],
    terms: [...others(asked.terms, ({ id }) => id), ...terms],
    measures: [...others(asked.measures, ({ id }) => id), ...measures],
    portrayals: [conduct, bodies.portrays].filter(portrayal => portrayal !== undefined),
  }
}

for (const name of shipped) {
  test(`the ${name} charter settles everything about bodies and membership, and its rules fit what is weighed`, async () => {
    const files = await filesOf(name)
    assert.deepEqual(loadFiles(files, withReal(await toyAsked(files))).faults ?? [], [])
  })

  test(`the classes of the ${name} charter bring no more seats than its bodies have`, async () => {
    const files = await filesOf(name)
    const { charter } = loadFiles(files, withReal(await toyAsked(files)))
    assert.ok(charter)
    const classes = classesTerm.settles.parse(charter.settles('membership.classes'))
    for (const { body: slug, seats, shared } of classes.flatMap(({ entitles }) => entitles)) {
      const body = charter.bodies.find(one => one.slug === slug)
      assert.ok(body, `${slug} is a body`)
      const brought = body.seats.filter(({ isEntitlement }) => isEntitlement).length
      assert.ok(shared ? seats <= brought : brought > 0, `${slug} has ${brought} such seats`)
    }
    const orders = ordersForBodies(charter.bodies)
    assert.equal(
      orders.length,
      charter.bodies.reduce((sum, { seats }) => sum + seats.length + 1, 0),
    )
    for (const { act, input } of orders) {
      const declared = bodies.acts.find(one => one.name === act)
      assert.equal(declared?.takes.safeParse(input).success, true, JSON.stringify(input))
    }
  })
}
