// The licence: every text at the root decided sentence by sentence, and the packages' own statements compared with it.
import parseExpression from 'spdx-expression-parse'
import { z } from 'zod'
import { lineOf } from '../files.ts'
import { type LicenceMatch, matchLicence } from '../licence/match.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, readAll, type Spot, spot, unreadFinding, unreadSpot } from './check.ts'

const Parameters = z.strictObject({
  allowed: z
    .array(z.string().refine(id => parsed(id) !== undefined, 'Expected an SPDX licence id such as Apache-2.0'))
    .min(1),
})

type Expression = ReturnType<typeof parseExpression>

function parsed(text: string): Expression | undefined {
  try {
    return parseExpression(text)
  } catch {
    return undefined
  }
}

/** Licences that somebody who takes the software must keep: all of an AND, at least one of an OR. */
export function isAllowed(expression: Expression, allowed: ReadonlySet<string>): boolean {
  if ('license' in expression) return !expression.plus && !expression.exception && allowed.has(expression.license)
  const [left, right] = [isAllowed(expression.left, allowed), isAllowed(expression.right, allowed)]
  return expression.conjunction === 'and' ? left && right : left || right
}

type Decided = { readonly path: string; readonly match: LicenceMatch }

export const licence = check('licence', Parameters, async (facts, { allowed }) => {
  const paths = licencePaths(facts)
  if (paths.length === 0) return { outcome: 'fail', says: 'No licence file is at the root of the repository.' }
  const { texts, unread } = await readAll(facts, paths)
  const decided = texts.map(file => ({ path: file.path, match: matchLicence(file.text) }))
  const evidence: Spot[] = [
    ...decided.map(({ path, match }) => spot(facts, path, { note: noteOf(match) })),
    ...unread.map(unreadSpot),
  ]
  const list = new Set(allowed)
  const bad = decided.find(
    ({ match }) => match.state === 'proven' && ![match.id, ...match.equivalents].some(id => list.has(id)),
  )
  const measured = { spdx: decided.flatMap(({ match }) => (match.state === 'proven' ? [match.id] : [])) }
  const base = { evidence, measured }
  if (bad)
    return {
      ...base,
      outcome: 'fail',
      says: `${bad.path} is ${noteOf(bad.match)}, which is not among ${allowed.join(', ')}.`,
    }
  if (unread[0]) return { ...unreadFinding(unread[0]), ...base }
  const open = decided.find(({ match }) => match.state === 'unproven' || !match.equivalents.every(id => list.has(id)))
  if (open) return { ...base, outcome: 'needs-person', says: unsure(open) }
  return compareDeclared(facts, {
    finding: {
      ...base,
      outcome: 'pass',
      says: `${decided.map(({ path, match }) => `${path} is ${noteOf(match)}`).join('; ')}.`,
    },
    list,
  })
})

/** Files at the root; where `LICENSE` is a folder, the files in it. */
const licencePaths = (facts: Facts): readonly string[] =>
  facts.found.licence.length > 0 ? facts.found.licence : facts.found.licenceFolder

const noteOf = (match: LicenceMatch): string => (match.state === 'proven' ? match.id : `not decided: ${match.says}`)

const unsure = ({ path, match }: Decided): string =>
  match.state === 'unproven'
    ? `${path} is not certainly a published licence: ${match.says}. A person reads it.`
    : `${path} is published as ${[match.id, ...match.equivalents].join(', ')}. A person says which.`

const declarations: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:[^/]+\/){0,2}pyproject\.toml$/, /^license\s*=\s*(?:\{\s*text\s*=\s*)?["']([^"'\n]+)["']/m],
  [/^(?:[^/]+\/){0,2}Cargo\.toml$/, /^license\s*=\s*["']([^"'\n]+)["']/m],
  [/^package\.json$/, /^\s{0,8}"license"\s*:\s*"([^"\n]+)"/m],
  [/^(?:[^/]+\/){0,2}setup\.cfg$/, /^license\s*=\s*([^\n]+)$/m],
]

type Statement = { readonly says: string; readonly expression: Expression; readonly spot: Spot }

/** Only statements that are SPDX expressions: `MIT License` or a file name says nothing that could be compared. */
async function statementsOf(facts: Facts): Promise<Statement[]> {
  const found: Statement[] = []
  for (const [paths, pattern] of declarations) {
    const { texts } = await readAll(facts, facts.files.matching(paths))
    for (const file of texts) {
      const match = pattern.exec(file.text)
      const says = match?.[1]?.trim() ?? ''
      const expression = parsed(says)
      if (match && expression)
        found.push({ says, expression, spot: spot(facts, file.path, { line: lineOf(file.text, match.index) }) })
    }
  }
  return found
}

async function compareDeclared(
  facts: Facts,
  { finding, list }: { finding: Finding; list: ReadonlySet<string> },
): Promise<Finding> {
  const statements = await statementsOf(facts)
  const odd = statements.find(({ expression }) => !isAllowed(expression, list))
  if (!odd) return finding
  return {
    ...finding,
    outcome: 'needs-person',
    says: `${finding.says} But ${odd.spot.path} declares ${odd.says}. A person says which holds.`,
    evidence: [...(finding.evidence ?? []), odd.spot],
  }
}

const none = z.strictObject({})

/** A licence file at the root, whatever its ending, and notices for code of others. */
export const licenceFile = check('licence-file', none, async facts => {
  const path = facts.found.licence[0]
  if (!path) return { outcome: 'fail', says: 'No licence file is at the root of the repository.' }
  const { unread } = await readAll(facts, [path])
  if (unread[0]) return unreadFinding(unread[0])
  const notices = [...facts.found.thirdParty, ...facts.found.licenceFolder]
  const named = /^licen[sc]e\.md$/i.test(path) ? [] : [`it is named ${path}`]
  const third = notices.length > 0 ? plural(notices.length, 'third-party notice') : 'no third-party notices found'
  return {
    outcome: 'pass',
    says: `${path} is at the root; ${[...named, third].join('; ')}.`,
    evidence: [path, ...notices.slice(0, 5)].map(at => spot(facts, at)),
    measured: { thirdPartyNotices: notices.length },
  }
})
