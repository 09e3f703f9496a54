// The licence: every text at the root decided sentence by sentence, and the packages' own statements compared with it.
import { z } from 'zod'
import { type LicenceMatch, matchLicence } from '../licence/match.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, readAll, type Spot, shown, spot, unreadFinding, unreadSpot } from './check.ts'
import { type Expression, headersOf, namedIn, parsed, type Statement, statementsOf } from './declaredLicence.ts'

const Parameters = z.strictObject({
  allowed: z
    .array(z.string().refine(id => parsed(id) !== undefined, 'Expected an SPDX licence id such as Apache-2.0'))
    .min(1),
})

/** Licences that somebody who takes the software must keep: all of an AND, at least one of an OR. */
export function isAllowed(expression: Expression, allowed: ReadonlySet<string>): boolean {
  if ('license' in expression) return !expression.plus && !expression.exception && allowed.has(expression.license)
  const [left, right] = [isAllowed(expression.left, allowed), isAllowed(expression.right, allowed)]
  return expression.conjunction === 'and' ? left && right : left || right
}

type Decided = { readonly path: string; readonly match: LicenceMatch }

export const licence = check('licence', Parameters, async (facts, parameters) =>
  shown('licence', await licenceFinding(facts, parameters)),
)

async function licenceFinding(facts: Facts, { allowed }: z.infer<typeof Parameters>): Promise<Finding> {
  const paths = licencePaths(facts)
  if (paths.length === 0) return absent(facts)
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
  const isFolder = facts.found.licence.length === 0
  if (bad && isFolder && decided.some(({ match }) => match.state === 'proven' && list.has(match.id)))
    return {
      ...base,
      outcome: 'needs-person',
      says: `${bad.path} is ${noteOf(bad.match)}, beside texts that are allowed. A person says which holds for what.`,
    }
  if (bad && (await isChoice(facts, list)))
    return {
      ...base,
      outcome: 'needs-person',
      says: `${bad.path} is ${noteOf(bad.match)}, and the package offers a choice. A person says whether it holds.`,
    }
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
    proven: new Set(decided.flatMap(({ match }) => (match.state === 'proven' ? [match.id, ...match.equivalents] : []))),
  })
}

/** The text of a licence that is not allowed stands at the root because users may choose between it and another. */
async function isChoice(facts: Facts, list: ReadonlySet<string>): Promise<boolean> {
  const said = (await statementsOf(facts)).flatMap(({ expression }) => expression ?? [])
  return said.some(expression => 'left' in expression && isAllowed(expression, list))
}

/** A file at the root whose name only hints at a licence. */
const hint = /^[^/]*(?:licen[sc]e|copying|copyright)[^/]*$/i
const program = /\.(?:py|[cm]?[jt]s|go|rs|rb|sh|json|ya?ml|toml|png|svg)$/i

function absent(facts: Facts): Finding {
  const says = 'No licence file is at the root of the repository'
  const path = facts.files.matching(hint).find(name => !program.test(name)) ?? facts.found.licenceFolder[0]
  if (!path) return { outcome: 'fail', says: `${says}.` }
  return {
    outcome: 'needs-person',
    says: `${says}, but ${path} may be one. A person reads it.`,
    evidence: [spot(facts, path)],
  }
}

/** Files at the root; where `LICENSE` is a folder, the files in it. */
const licencePaths = (facts: Facts): readonly string[] =>
  facts.found.licence.length > 0 ? facts.found.licence : facts.found.licenceFolder

const noteOf = (match: LicenceMatch): string => (match.state === 'proven' ? match.id : `not decided: ${match.says}`)

const unsure = ({ path, match }: Decided): string =>
  match.state === 'unproven'
    ? `${path} is not certainly a published licence: ${match.says}. A person reads it.`
    : `${path} is published as ${[match.id, ...match.equivalents].join(', ')}. A person says which.`

type Comparing = { readonly finding: Finding; readonly list: ReadonlySet<string>; readonly proven: ReadonlySet<string> }

async function compareDeclared(facts: Facts, { finding, list, proven }: Comparing): Promise<Finding> {
  const headers = await headersOf(facts)
  const inner = await innerTexts(facts, list)
  const measured = { ...finding.measured, sourceFilesSampled: headers.read }
  if (inner) return forPerson({ ...finding, measured }, inner.says, inner.spot)
  const odd = [...(await statementsOf(facts)), ...headers.statements].find(one => contradicts(one, { list, proven }))
  if (!odd) return { ...finding, measured }
  return forPerson(
    { ...finding, measured },
    `But ${odd.path} declares ${odd.says}. A person says which holds.`,
    odd.spot,
  )
}

const forPerson = (finding: Finding, says: string, at: Spot): Finding => ({
  ...finding,
  outcome: 'needs-person',
  says: `${finding.says} ${says}`,
  evidence: [...(finding.evidence ?? []), at],
})

/** Inside a folder another allowed licence may hold; at the root it must be one of those whose text stands there. */
function contradicts({ expression, path }: Statement, { list, proven }: Omit<Comparing, 'finding'>): boolean {
  if (!expression || !isAllowed(expression, list)) return true
  return !path.includes('/') && !namedIn(expression).some(id => proven.has(id))
}

const innerText =
  /^(?:[^/]+|(?:[^/]+\/){0,3}(?:ee|enterprise|commercial|premium|pro|cloud|saas))\/(?:licen[sc]e|copying)(?:[-._][^/]*)?$/i
const copied =
  /(?:^|\/)(?:licen[sc]es?|third[-_]?party|vendor|vendored|external|extern|deps|node_modules|tests?|examples?|docs?)\//i

/** A folder of its own may stand under terms of its own, as with editions that are sold. */
async function innerTexts(facts: Facts, list: ReadonlySet<string>): Promise<{ says: string; spot: Spot } | undefined> {
  const paths = facts.files.matching(innerText).filter(path => !copied.test(path))
  const { texts, unread } = await readAll(facts, paths.slice(0, 30))
  const odd = texts
    .map(({ path, text }) => ({ path, match: matchLicence(text) }))
    .find(({ match }) => match.state === 'unproven' || !list.has(match.id))
  if (odd)
    return {
      says: `But ${odd.path} is ${noteOf(odd.match)}. A person says what it holds for.`,
      spot: spot(facts, odd.path),
    }
  return unread[0] && { says: `But ${unread[0].path} ${unread[0].says}.`, spot: unreadSpot(unread[0]) }
}

const none = z.strictObject({})

/** A licence file at the root, whatever its ending, and notices for code of others. */
export const licenceFile = check('licence-file', none, async facts => {
  const path = facts.found.licence[0]
  if (!path) return absent(facts)
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
