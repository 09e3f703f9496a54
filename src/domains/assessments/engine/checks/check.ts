// What a check is: a name, the parameters a criteria file may set, and a look at the facts that ends in a finding.
import type { z } from 'zod'
import type { FileText } from '../files.ts'
import type { Evidence, Facts, Finding, Outcome, Shown } from '../words.ts'

export type Check = {
  readonly name: string
  readonly parameters: z.ZodType
  /** `parameters` are parsed already by the criteria loader. */
  readonly look: (facts: Facts, parameters: unknown) => Promise<Finding> | Finding
}

type Look<Schema extends z.ZodType> = (facts: Facts, parameters: z.infer<Schema>) => Promise<Finding> | Finding

export const check = <Schema extends z.ZodType>(name: string, parameters: Schema, look: Look<Schema>): Check => ({
  name,
  parameters,
  look: (facts, raw) => look(facts, parameters.parse(raw)),
})

/** Adds, under the check's own name, what it came to: a title may change, and a requirement may ask several things. */
export const shown = (of: keyof Shown, finding: Finding): Finding => ({ ...finding, shows: { [of]: finding.outcome } })

export const shownTogether = (findings: readonly Finding[]): Pick<Finding, 'shows'> => {
  const shows: Shown = Object.assign({}, ...findings.map(finding => finding.shows))
  return Object.keys(shows).length > 0 ? { shows } : {}
}

export type Spot = Omit<Evidence, 'commit'>

/** Evidence for a file of the tree, at a line if one is named. */
export const spot = (facts: Facts, path: string, more: Omit<Spot, 'path' | 'blob'> = {}): Spot => ({
  path,
  blob: facts.files.blobOf(path),
  ...more,
})

export const unreadSpot = (file: Exclude<FileText, { state: 'text' }>): Spot => ({
  path: file.path,
  blob: file.blob,
  note: file.says,
})

/** The outcome of a file that could not be read: a link out of the tree is a failing file, anything else is not known. */
export const unreadFinding = (file: Exclude<FileText, { state: 'text' }>): Finding => ({
  outcome: file.state === 'outside' ? 'fail' : 'unknown',
  says: `${printable(file.path)} ${file.says}.`,
  evidence: [unreadSpot(file)],
})

/** Paths may hold line breaks and control characters: sentences never do. */
export const printable = (path: string): string => path.replace(/[\p{Cc}\p{Bidi_C}\u2028\u2029]/gu, '\ufffd')

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const weight: Record<Outcome, number> = { fail: 3, unknown: 2, 'needs-person': 1, pass: 0 }
/** The least good of several: one failing part fails the whole. */
export const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce((low, outcome) => (weight[outcome] > weight[low] ? outcome : low), 'pass')

/** Reads the files that can be read; the first that cannot is kept for the case that none can. */
export async function readAll(facts: Facts, paths: readonly string[]) {
  const all = await Promise.all(paths.map(path => facts.files.read(path)))
  return {
    texts: all.filter(file => file.state === 'text'),
    unread: all.filter(file => file.state !== 'text'),
  }
}
