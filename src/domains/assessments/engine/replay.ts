// Recomputes an assessment from its bundle and a clone: the same bytes, or the first thing that differs.
import { hashOf } from '#base/canonical.ts'
import { assess, isRefused, type Progress } from './assess.ts'
import type { Bundle } from './bundle.ts'
import { readCriteria } from './criteria.ts'
import type { Git } from './source.ts'
import { type Assessment, type AssessmentRefusal, engineVersion } from './words.ts'

/** `at`: the place in the report, such as `checks.E7.outcome`; values as JSON, `undefined` where there is none. */
export type Difference = { readonly at: string; readonly was: string; readonly is: string }

export type Replay =
  | { readonly result: 'same'; readonly hash: string; readonly engine: string }
  /** `isAltered`: the file is not as it was written. `engine`: the version that made it, where that is another than this. */
  | { readonly result: 'different'; readonly first: Difference; readonly engine?: string; readonly isAltered?: true }
  | { readonly result: 'refused'; readonly refusal: AssessmentRefusal }

/** Whether the file is as it was written: it carries hashes of itself, its report and its criteria. */
export function alteration(bundle: Bundle): Difference | undefined {
  const { hash, ...rest } = bundle
  const { hash: reportHash, ...report } = bundle.report
  const read = readCriteria(bundle.criteria.text, bundle.criteria.file)
  const pairs: readonly (readonly [string, string, string])[] = [
    ['report.hash', reportHash, hashOf(report)],
    ['reportHash', bundle.reportHash, reportHash],
    [
      'criteria.hash',
      bundle.criteria.hash,
      'criteria' in read ? read.criteria.hash : 'a text that is no criteria file',
    ],
    ['report.criteria.hash', bundle.report.criteria.hash, bundle.criteria.hash],
    ...(['engine', 'repository', 'commit', 'asOf'] as const).map(
      name => [`report.${name}`, bundle.report[name], bundle[name]] as const,
    ),
    ['hash', hash, hashOf(rest)],
  ]
  const [first] = pairs.filter(([, was, is]) => was !== is)
  return first && { at: first[0], was: JSON.stringify(first[1]), is: JSON.stringify(first[2]) }
}

/** Up to when the first copy was known to be complete is an input, as the date is: this clone may be younger. */
const knownUntil = (git: Git, seenUntil: string | undefined): Git => ({
  ...git,
  seenUntil: seenUntil === undefined ? undefined : Date.parse(seenUntil) / 1000,
})

/** Where the clone lies and what its branch is called is not part of the answer. */
export async function replay(bundle: Bundle, git: Git, progress?: Progress): Promise<Replay> {
  const altered = alteration(bundle)
  if (altered) return { result: 'different', first: altered, isAltered: true }
  const read = readCriteria(bundle.criteria.text, bundle.criteria.file)
  if ('problems' in read) throw new Error('Criteria that fit a moment ago do not')
  const { commit, asOf, repository, branch, engine, seenUntil, askedOn } = bundle.report
  const known = { git: knownUntil(git, seenUntil), askedOn }
  const answer = await assess({ ...known, criteria: read.criteria, asOf, commit, progress })
  if (isRefused(answer)) return { result: 'refused', refusal: answer }
  const { hash: _, ...fresh }: Assessment = { ...answer, repository, branch, engine }
  const now = { ...fresh, hash: hashOf(fresh) }
  const first = firstDifference(bundle.report, now)
  if (!first) return { result: 'same', hash: now.hash, engine }
  return { result: 'different', first, ...(engine !== engineVersion && { engine }) }
}

/** What matters first comes first; the hash, which differs with everything, comes last. */
const order = ['commit', 'commitTime', 'checks', 'files', 'isShallow', 'activity']
const rank = (name: string): number =>
  name === 'hash' ? order.length + 1 : (order.indexOf(name) + order.length + 1) % (order.length + 1)

const namesIn = (value: object): string[] => Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))

/** Lists of things with an id are compared by id, so that one more does not shift the rest. */
function membersOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return { ...value }
  return Object.fromEntries(value.map((item, index) => [item?.id ?? String(index), item]))
}

export function firstDifference(was: unknown, is: unknown, at = ''): Difference | undefined {
  const [before, after] = [membersOf(was), membersOf(is)]
  if (!before || !after || Array.isArray(was) !== Array.isArray(is))
    return was === is ? undefined : { at, was: told(was), is: told(is) }
  for (const name of new Set([...namesIn(before), ...namesIn(after)])) {
    const found = firstDifference(before[name], after[name], at === '' ? name : `${at}.${name}`)
    if (found) return found
  }
  return undefined
}

const told = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200)
