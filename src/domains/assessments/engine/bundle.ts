// The evidence of an assessment as one file: the whole report, the criteria it was made by, and the blobs it rests on.
import { z } from 'zod'
import { canonical, hashOf } from '#base/canonical.ts'
import type { Assessment } from './words.ts'

export const bundleFormat = 'guildhall-assess-bundle/1'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

const Report = z.looseObject({
  engine: z.string(),
  criteria: z.strictObject({ id: z.string(), hash: Hash }),
  repository: z.string(),
  branch: z.string(),
  asOf: z.iso.datetime(),
  seenUntil: z.iso.datetime().optional(),
  askedOn: z.iso.date().optional(),
  commit: z.string(),
  checks: z.array(z.looseObject({ id: z.string() })),
  hash: Hash,
})

const Bundle = z.strictObject({
  format: z.literal(bundleFormat),
  engine: z.string(),
  repository: z.string(),
  commit: z.string(),
  asOf: z.string(),
  criteria: z.strictObject({ id: z.string(), hash: Hash, file: z.string(), text: z.string() }),
  /** Every file that the report points to: `git cat-file blob <blob>` prints what was read. */
  evidence: z.array(z.strictObject({ path: z.string(), blob: z.string(), lines: z.array(z.int()).optional() })),
  report: Report,
  reportHash: Hash,
  /** Of everything else in this file. */
  hash: Hash,
})
export type Bundle = z.infer<typeof Bundle>

type Made = { readonly assessment: Assessment; readonly file: string; readonly text: string }

/** Canonical JSON. `text` is the criteria file that the assessment was made by. */
export function bundleOf({ assessment, file, text }: Made): string {
  const { engine, repository, commit, asOf, criteria } = assessment
  const whole = {
    ...{ format: bundleFormat, engine, repository, commit, asOf },
    criteria: { ...criteria, file, text },
    ...{ evidence: evidenceIn(assessment), report: assessment, reportHash: assessment.hash },
  }
  return canonical({ ...whole, hash: hashOf(whole) })
}

function evidenceIn({ checks }: Assessment): Bundle['evidence'] {
  const files = new Map<string, { path: string; blob: string; lines: Set<number> }>()
  for (const { path, blob, line } of checks.flatMap(({ evidence }) => evidence)) {
    if (path === undefined || blob === undefined) continue
    const key = `${path}\0${blob}`
    const file = files.get(key) ?? { path, blob, lines: new Set<number>() }
    if (line !== undefined) file.lines.add(line)
    files.set(key, file)
  }
  return [...files.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { path, blob, lines }]) => ({
      ...{ path, blob },
      ...(lines.size > 0 && { lines: [...lines].sort((a, b) => a - b) }),
    }))
}

/** A bundle as it was read, or what about the file is not one. */
export function readBundle(text: string): { readonly bundle: Bundle } | { readonly unfit: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { unfit: 'it is not JSON' }
  }
  const { data, error } = Bundle.safeParse(value)
  const [issue] = error?.issues ?? []
  if (!data) return { unfit: issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'it is no bundle' }
  return { bundle: data }
}
