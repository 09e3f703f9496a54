// Criteria files: requirements as data, each citing its clause; read with the line of every mistake.
import { basename } from 'node:path'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { hashOf } from '#base/canonical.ts'
import { checks } from './checks/registry.ts'

export const DecidedBy = z.enum(['git', 'git+person', 'forge', 'person'])
export type DecidedBy = z.infer<typeof DecidedBy>

const Requirement = z
  .strictObject({
    id: z.string().regex(/^[A-Z]{1,4}\d{1,3}$/, 'Expected an id such as E7'),
    title: z.string().min(3).max(80),
    requirement: z.string().min(10).max(1000),
    clause: z.string().regex(/^\d+(?:\.[a-z]+)*$/, 'Expected a clause such as 3.c or 2.a.i'),
    number: z.number().int().min(1).describe('the number in the source that the criteria are taken from'),
    decidedBy: DecidedBy,
    remains: z.string().min(10).max(300).optional(),
    check: z.string(),
    parameters: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ decidedBy, remains }) => (decidedBy === 'git+person') === (remains !== undefined), {
    error: 'Expected `remains`, what a person still has to confirm, exactly where decidedBy is git+person',
    path: ['decidedBy'],
  })

const CriteriaFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Expected a short name such as ecosystem'),
  title: z.string().min(3),
  source: z.string().min(3),
  machines: z
    .strictObject({ names: z.array(z.string()).default([]), addresses: z.array(z.string()).default([]) })
    .prefault({}),
  requirements: z.array(Requirement).min(1),
})

export type Requirement = z.infer<typeof Requirement>
export type Criteria = z.infer<typeof CriteriaFile> & { readonly hash: string }
export type CriteriaProblem = { readonly file: string; readonly line: number; readonly says: string }

/** The hash is of what the file says, so that comments and layout do not change it. */
export function readCriteria(
  text: string,
  file: string,
): { readonly criteria: Criteria } | { readonly problems: readonly CriteriaProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const name = basename(file)
  const at = (offset: number) => lines.linePos(offset).line
  if (document.errors.length > 0)
    return {
      problems: document.errors.map(({ pos, message }) => ({
        file: name,
        line: at(pos[0]),
        says: message.split('\n')[0] ?? '',
      })),
    }
  const lineAt = (path: readonly PropertyKey[]) => at(offsetOf(document, path))
  const value = document.toJS({ maxAliasCount: 50 })
  const parsed = CriteriaFile.safeParse(value)
  const issues = parsed.success ? unfit(parsed.data) : parsed.error.issues
  const [first] = issues
  if (first || !parsed.success)
    return {
      problems: issues.map(({ path, message }) => ({
        file: name,
        line: lineAt(path),
        says: `${path.join('.')}: ${message}`,
      })),
    }
  return { criteria: { ...parsed.data, hash: hashOf(value) } }
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/** Unknown checks, parameters that the check does not take, ids given twice. */
function unfit({ requirements }: z.infer<typeof CriteriaFile>): Issue[] {
  const seen = new Set<string>()
  return requirements.flatMap(({ id, check, parameters }, index): Issue[] => {
    const path = ['requirements', index]
    const twice: Issue[] = seen.has(id)
      ? [{ path: [...path, 'id'], message: `Expected each id once; ${id} stands above` }]
      : []
    seen.add(id)
    const known = checks.get(check)
    if (!known)
      return [
        ...twice,
        {
          path: [...path, 'check'],
          message: `No check is named ${check}. Expected one of ${[...checks.keys()].join(', ')}`,
        },
      ]
    const fit = known.parameters.safeParse(parameters)
    const issues = fit.success ? partsUnfit(parameters) : fit.error.issues
    return [
      ...twice,
      ...issues.map(issue => ({ path: [...path, 'parameters', ...issue.path], message: issue.message })),
    ]
  })
}

function partsUnfit(parameters: Record<string, unknown>): Issue[] {
  if (!Array.isArray(parameters.checks)) return []
  return parameters.checks.flatMap((part: { check: string; parameters?: unknown }, index) => {
    const fit = checks.get(part.check)?.parameters.safeParse(part.parameters ?? {})
    return (fit?.error?.issues ?? []).map(issue => ({
      path: ['checks', index, 'parameters', ...issue.path],
      message: issue.message,
    }))
  })
}

/** Of the member itself or, when it is missing, of the nearest thing around it. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const keys = path.slice(0, depth)
    const holder = depth === 0 ? undefined : document.getIn(keys.slice(0, -1), true)
    const pair = isMap(holder) ? holder.items.find(({ key }) => String(key) === String(keys.at(-1))) : undefined
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0]
    const node = depth === 0 ? document.contents : document.getIn(keys, true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
