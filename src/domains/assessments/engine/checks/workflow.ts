// A workflow file read as data: when it runs, which commands it holds, and what it hides from a reader.
import { posix } from 'node:path'
import { parse } from 'yaml'

/** `each`: on every proposed change; `some`: only on changes of some paths. */
export type Trigger = 'each' | 'some' | 'none'
export type Workflow = {
  readonly trigger: Trigger
  readonly lines: readonly string[]
  /** Paths of scripts, local actions and reused workflows that it calls, whether or not they are in the tree. */
  readonly calls: readonly string[]
  readonly isHidden: boolean
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined when the text is not a workflow that can be read. A composite action is one without a trigger. */
export function workflowOf(text: string): Workflow | undefined {
  const root = parseQuietly(text)
  if (!isObject(root)) return undefined
  const { jobs: named, runs } = root
  if (!isObject(named) && !isObject(runs)) return undefined
  const jobs = isObject(named) ? Object.values(named).filter(isObject).filter(isOn) : [runs].filter(isObject)
  const steps = jobs.flatMap(job => (Array.isArray(job.steps) ? job.steps.filter(isObject).filter(isOn) : []))
  const lines = [...steps.map(step => step.run), ...jobs.map(givenScript)].flatMap(text =>
    typeof text === 'string' ? text.split('\n') : [],
  )
  return {
    trigger: triggerOf(root.on),
    lines,
    calls: [...[...jobs, ...steps].flatMap(localIn), ...lines.flatMap(scriptsIn)],
    isHidden: jobs.some(job => typeof job.uses === 'string') || steps.some(callsElsewhere),
  }
}

/** Some reused workflows take the script to run as an input. */
const givenScript = (job: Record<string, unknown>): unknown => (isObject(job.with) ? job.with.script : undefined)

const localIn = ({ uses }: Record<string, unknown>): string[] =>
  typeof uses === 'string' && uses.startsWith('./') ? [uses.slice(2)] : []

const script =
  /(?:^|[\s"'=(])((?:\.{0,2}\/)?[\w.@-]+(?:\/[\w.@-]+)*\.(?:sh|bash|ps1|bat|cmd|zsh)|\.\/[\w.@/-]+|(?:bin|scripts?|ci|tools?|\.ci)\/[\w.@/-]+)(?=[\s"');&|]|$)/g
const scriptsIn = (line: string): string[] =>
  [...line.replace(/(?:^|\s)#.*$/, '').matchAll(script)].map(([, path = '']) => posix.normalize(path))

const isOn = ({ if: condition }: Record<string, unknown>): boolean =>
  condition !== false && !/^\s*(?:\$\{\{)?\s*false\s*(?:\}\})?\s*$/.test(String(condition ?? ''))

/** A step may run tests through an action or a script of the repository, which a reading of the workflow does not show. */
const callsElsewhere = (step: Record<string, unknown>): boolean =>
  (typeof step.uses === 'string' && step.uses.startsWith('./')) ||
  (typeof step.run === 'string' &&
    /(?:^|\s)(?:bash|sh|python3?|\.\/)\s?\S*\.(?:sh|py)\b|^\s*\.?[\w-]*\/\S+|^\s*(?:make|just|task|invoke)\b/m.test(
      step.run,
    ))

export function parseQuietly(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

const changeEvents = ['push', 'pull_request', 'pull_request_target', 'merge_group']

function triggerOf(on: unknown): Trigger {
  if (typeof on === 'string') return changeEvents.includes(on) ? 'each' : 'none'
  if (Array.isArray(on)) return on.some(event => changeEvents.includes(String(event))) ? 'each' : 'none'
  if (!isObject(on)) return 'none'
  const all = changeEvents.filter(event => event in on).map(event => filtered(event, on[event]))
  return all.includes('each') ? 'each' : all.includes('some') ? 'some' : 'none'
}

/** A push of tags is a release; a pull request that is only labelled or closed has not changed. */
function filtered(event: string, filter: unknown): Trigger {
  if (!isObject(filter)) return 'each'
  if (event === 'push' && 'tags' in filter && !('branches' in filter) && !('branches-ignore' in filter)) return 'none'
  if (
    Array.isArray(filter.types) &&
    event.startsWith('pull_request') &&
    !filter.types.some(type => /^(?:opened|synchronize)$/.test(String(type)))
  )
    return 'none'
  return 'paths' in filter ? 'some' : 'each'
}
