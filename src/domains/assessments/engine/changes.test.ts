// Gains and losses between two assessments.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween } from './changes.ts'
import type { CheckResult, Outcome } from './words.ts'

const check = (id: string, outcome: Outcome): CheckResult => ({
  ...{ id, outcome, title: `Title ${id}`, clause: '1', says: `It is ${outcome}.` },
  evidence: [{ commit: 'c0ffee', path: `${id}.md` }],
})
const report = (outcomes: Record<string, Outcome>) => ({
  checks: Object.entries(outcomes).map(([id, outcome]) => check(id, outcome)),
})

test('every pair of outcomes has its direction', () => {
  const outcomes: readonly Outcome[] = ['pass', 'fail', 'unknown', 'needs-person']
  const told = outcomes.flatMap(before =>
    outcomes.flatMap(after =>
      changesBetween(report({ A: before }), report({ A: after })).map(
        ({ direction }) => `${before} > ${after}: ${direction}`,
      ),
    ),
  )
  assert.deepEqual(told, [
    'pass > fail: lost',
    'pass > unknown: lost',
    'pass > needs-person: lost',
    'fail > pass: gained',
    'fail > unknown: other',
    'fail > needs-person: other',
    'unknown > pass: gained',
    'unknown > fail: lost',
    'unknown > needs-person: other',
    'needs-person > pass: gained',
    'needs-person > fail: lost',
    'needs-person > unknown: other',
  ])
})

test('lost first, then gained, then what came or went with the criteria; the evidence is the later one', () => {
  const before = report({ A: 'fail', B: 'pass', C: 'pass', D: 'pass' })
  const after = report({ A: 'pass', B: 'pass', C: 'fail', E: 'fail' })
  assert.deepEqual(
    changesBetween(before, after).map(({ id, direction, after: now }) => [id, direction, now]),
    [
      ['C', 'lost', 'fail'],
      ['A', 'gained', 'pass'],
      ['E', 'other', 'fail'],
      ['D', 'other', 'absent'],
    ],
  )
  assert.deepEqual(changesBetween(before, after)[0]?.evidence, [{ commit: 'c0ffee', path: 'C.md' }])
  assert.deepEqual(changesBetween(before, before), [])
})
