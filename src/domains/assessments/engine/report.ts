// An assessment as text for a terminal: the outcome first, one sentence each, the evidence under it.
import { printable } from './checks/check.ts'
import { sayNewcomers } from './newcomersPart.ts'
import { sayReleases } from './releases.ts'
import type { Assessment, CheckResult, Outcome } from './words.ts'

const marks: Record<Outcome, string> = { pass: 'pass', fail: 'FAIL', unknown: 'unknown', 'needs-person': 'person' }
const order: readonly Outcome[] = ['fail', 'unknown', 'needs-person', 'pass']

export function formatText(assessment: Assessment): string {
  const count = (outcome: Outcome) => assessment.checks.filter(check => check.outcome === outcome).length
  const head = [
    ...(assessment.warnings ?? []).flatMap(warning => [`WARNING: ${warning}`, '']),
    `${assessment.repository}`,
    `as of ${assessment.asOf.slice(0, 10)}, commit ${assessment.commit.slice(0, 12)} of ${assessment.commitTime.slice(0, 10)}, ${assessment.branch}`,
    `criteria ${assessment.criteria.id} ${assessment.criteria.hash.slice(0, 12)}, ${assessment.engine}`,
    ...(assessment.isShallow ? ['This copy of the history is cut off: counts are lower bounds.'] : []),
    '',
    order.map(outcome => `${count(outcome)} ${marks[outcome].toLowerCase()}`).join(', '),
    '',
  ]
  const lines = [
    ...head,
    ...assessment.checks.flatMap(checkLines),
    ...lifeLines(assessment),
    '',
    `sha256 ${assessment.hash}`,
  ]
  // A path from a repository must not steer the terminal.
  return `${lines.map(printable).join('\n')}\n`
}

function lifeLines({ activity, releases }: Assessment): string[] {
  const { window90, window365, all, newcomers } = activity
  return [
    '',
    'period     commits  by people  people  absence factor  organisations (known share)',
    ...(
      [
        ['90 days', window90],
        ['365 days', window365],
        ['all', all],
      ] as const
    ).map(([name, period]) => {
      const { organisations: bounds } = period
      const range = bounds
        ? `${bounds.elephantLow}-${bounds.elephantHigh} (${Math.round(bounds.knownShare * 100)} %)`
        : '-'
      return [
        name.padEnd(9),
        cell(period.commits, 8),
        cell(period.humanCommits, 10),
        cell(period.people, 7),
        cell(period.absence?.factorGe50 ?? '-', 15),
        `  ${range}`,
      ].join(' ')
    }),
    '',
    ...(newcomers ? [sayNewcomers(newcomers)] : []),
    ...(releases ? [sayReleases(releases)] : []),
  ]
}

const cell = (value: number | string, width: number): string => String(value).padStart(width)

function checkLines({ id, title, clause, outcome, says, evidence }: CheckResult): string[] {
  const where = evidence.flatMap(({ path, line, blob, note }) =>
    path
      ? [
          `${' '.repeat(14)}${path}${line ? `:${line}` : ''}${blob ? `  ${blob.slice(0, 12)}` : ''}${note ? `  ${note}` : ''}`,
        ]
      : [],
  )
  return [
    `${marks[outcome].padEnd(8)} ${id.padEnd(4)} ${title} (clause ${clause})`,
    `${' '.repeat(14)}${says}`,
    ...where.slice(0, 4),
  ]
}
