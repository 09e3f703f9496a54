// What changed between two assessments: requirements gained and lost, with the evidence of the later one.
import type { Assessment, CheckResult, Evidence, Outcome } from './words.ts'

/** `absent`: the criteria of that assessment do not hold the requirement. */
export type Standing = Outcome | 'absent'

export type Change = {
  readonly id: string
  readonly title: string
  readonly clause: string
  readonly before: Standing
  readonly after: Standing
  /** Gained: it passes now and did not. Lost: it passed and no longer does, or fails now and did not. Other: neither. */
  readonly direction: 'gained' | 'lost' | 'other'
  readonly says: string
  readonly evidence: readonly Evidence[]
}

type Report = Pick<Assessment, 'checks'>

/** Lost first, then gained, then the rest; each in the order of the later criteria. Requirements that stand as before are left out. */
export function changesBetween(before: Report, after: Report): readonly Change[] {
  const earlier = new Map(before.checks.map(check => [check.id, check]))
  const later = new Set(after.checks.map(({ id }) => id))
  const gone = before.checks.filter(({ id }) => !later.has(id))
  const changes = [
    ...after.checks.map(check => changeOf(check, earlier.get(check.id)?.outcome ?? 'absent', check.outcome)),
    ...gone.map(check => changeOf(check, check.outcome, 'absent')),
  ].filter(change => change.before !== change.after)
  return (['lost', 'gained', 'other'] as const).flatMap(kind => changes.filter(({ direction }) => direction === kind))
}

function changeOf({ id, title, clause, says, evidence }: CheckResult, before: Standing, after: Standing): Change {
  const isGone = after === 'absent'
  return {
    ...{ id, title, clause, before, after, direction: directionOf(before, after) },
    says: isGone ? 'The criteria no longer hold this requirement.' : says,
    evidence: isGone ? [] : evidence,
  }
}

/** A requirement that came or went with the criteria is nobody’s gain or loss. */
function directionOf(before: Standing, after: Standing): Change['direction'] {
  if (before === 'absent' || after === 'absent') return 'other'
  if (after === 'pass') return 'gained'
  if (before === 'pass' || after === 'fail') return 'lost'
  return 'other'
}
