// The pure decisions of stewardship, by properties and by cases.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, instantOf } from '#base/instants.ts'
import type { Outcome, Standing } from '#domains/assessments/index.ts'
import { assessFrom, byNumber, endingOf, isInForce, lateSince, nextDue, unmetIn } from './rules.ts'
import type { Answer, Notice, Review } from './words.ts'

const plan = { stage: 'ecosystem', everyMonths: 6, body: 'council' }
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map(instantOf)
const outcome = fc.constantFrom<Outcome>('pass', 'fail', 'unknown', 'needs-person')
const check = fc.integer({ min: 1, max: 30 }).map(number => `E${number}`)
const tick = fc.record({ check, tick: fc.constantFrom('met' as const, 'not-met' as const) })

test('a review is due some months after the later of stage and last review, and at once where a finding fell', () => {
  fc.assert(
    fc.property(instant, instant, (since, from) => {
      const later = from < since ? since : from
      assert.equal(nextDue(since, { from, reopened: null }, plan), addMonths(later, 6))
      assert.equal(nextDue(since, undefined, plan), addMonths(since, 6))
      const reopened = addDays(from, 3)
      if (from >= since) assert.equal(nextDue(since, { from, reopened }, plan), reopened)
    }),
  )
})

test('a requirement is met by its check, a waiver or a finding, and by nothing else', () => {
  fc.assert(
    fc.property(
      fc.dictionary(check, outcome),
      fc.uniqueArray(tick, { selector: one => one.check }),
      fc.uniqueArray(check),
      (outcomes, ticks, excused) => {
        const waived = new Set(excused)
        const unmet = new Set(unmetIn(outcomes, { ticks, waived }).map(one => one.check))
        for (const [id, found] of Object.entries(outcomes)) {
          const said = ticks.find(one => one.check === id)?.tick
          const isMet = waived.has(id) || said === 'met' || (found === 'pass' && said !== 'not-met')
          assert.equal(unmet.has(id), !isMet, id)
        }
      },
    ),
  )
})

test('a waiver is in force until the start of its last day', () => {
  const until = '2026-06-01'
  assert.equal(isInForce({ state: 'granted', until }, '2026-05-31T23:59:59.999Z'), true)
  assert.equal(isInForce({ state: 'granted', until }, '2026-06-01T00:00:00.000Z'), false)
  assert.equal(isInForce({ state: 'requested', until }, '2026-05-01T00:00:00.000Z'), false)
})

const given = '2026-05-01T00:00:00.000Z'
const notice = (...checks: string[]): Notice => ({
  ...{ at: given, by: 'per_x', text: 'Missing.', cureBy: addDays(given, 30) },
  reasons: checks.map(id => ({ check: id, says: 'It must be there.' })),
})
const answer: Answer = { at: addDays(given, 5), by: 'per_y', text: 'Done.', lookBy: addDays(given, 35) }
const standing = (outcomes: Record<string, Outcome>, asOf = addDays(given, 29)): Standing => ({
  ...{ subject: 'prj_x', last: 'ass_x', lastAsOf: asOf, lastStage: 'filed' as const, lastReason: null },
  filed: {
    ...{ assessment: 'ass_x', criteria: 'ecosystem', asOf, commit: 'c', paper: 'p', outcomes },
    ...{ newcomers: null, licence: null, releases: null },
    counts: { pass: 0, fail: 0, unknown: 0, needsPerson: 0 },
  },
})
const ends = (now: Partial<Pick<Review, 'notice' | 'answer'>>, known: Standing | undefined, waived: string[] = []) =>
  endingOf({ notice: notice('E1', 'E2'), answer: null, ...now }, { standing: known, waived: new Set(waived) }).is

test('a notice ends as the repository shows since, else by whether somebody answered', () => {
  assert.equal(ends({}, standing({ E1: 'pass', E2: 'pass', E3: 'fail' })), 'cured')
  assert.equal(ends({ answer }, standing({ E1: 'pass', E2: 'fail' })), 'retired')
  assert.equal(ends({ answer }, standing({ E1: 'pass', E2: 'unknown' })), 'waits')
  assert.equal(ends({}, standing({ E1: 'pass', E2: 'unknown' })), 'retired')
  assert.equal(ends({ answer }, undefined), 'waits')
  assert.equal(ends({}, undefined), 'retired')
  const before = addDays(given, -1)
  assert.equal(ends({ answer }, standing({ E1: 'pass', E2: 'pass' }, before)), 'waits')
  assert.equal(ends({ answer }, standing({ E1: 'fail', E2: 'fail' }, before)), 'waits')
  assert.equal(ends({}, standing({ E1: 'pass', E2: 'fail' }), ['E2']), 'cured')
  assert.equal(ends({ notice: notice() }, standing({ E1: 'pass' })), 'retired')
  assert.equal(ends({ notice: notice(), answer }, standing({ E1: 'pass' })), 'waits')
})

test('a project that answered is never retired for what is not known', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        check,
        outcome.filter(one => one !== 'fail'),
      ),
      outcomes => {
        assert.notEqual(ends({ answer }, standing(outcomes)), 'retired')
      },
    ),
  )
})

test('late is what waits for a reviewer, not what waits for a project', () => {
  const review = { lookBy: '2026-02-01T00:00:00.000Z', notice: null, answer: null } as unknown as Review // what is asked
  assert.equal(lateSince({ ...review, state: 'due' }), '2026-02-01T00:00:00.000Z')
  assert.equal(lateSince({ ...review, state: 'under-notice', notice: notice('E1') }), undefined)
  assert.equal(lateSince({ ...review, state: 'under-notice', notice: notice('E1'), answer }), answer.lookBy)
  assert.equal(lateSince({ ...review, state: 'kept' }), undefined)
})

test('projects have their own places in the last tenth before their time, always the same', () => {
  const id = fc.stringMatching(/^prj_[0-9a-z]{20}$/)
  fc.assert(
    fc.property(instant, id, fc.integer({ min: 1, max: 400 }), (last, subject, everyDays) => {
      const from = assessFrom(last, { subject, everyDays })
      assert.ok(from > addDays(last, everyDays * 0.9) && from <= addDays(last, everyDays), from)
      assert.equal(from, assessFrom(last, { subject, everyDays }))
    }),
  )
  const places = new Set(
    Array.from({ length: 100 }, (_, index) => assessFrom(given, { subject: `prj_${index}`, everyDays: 30 })),
  )
  assert.ok(places.size > 80)
})

test('requirements stand in the order of their numbers', () => {
  assert.deepEqual(['E10', 'E2', 'H1', 'E1'].sort(byNumber), ['E1', 'E2', 'E10', 'H1'])
})
