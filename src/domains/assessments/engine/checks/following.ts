// Follows a workflow into the files of the tree that it calls: scripts, local actions and reused workflows.
import type { Facts } from '../words.ts'
import { readAll } from './check.ts'
import { testLine } from './commands.ts'
import { type Workflow, workflowOf } from './workflow.ts'

export type TestRun = { readonly path: string; readonly line: number }

const mostFollowed = 40
const isYaml = (path: string): boolean => /\.ya?ml$/.test(path)

/** The first called file that runs tests; what those files call in turn is followed once more. */
export async function testsCalled(facts: Facts, workflow: Workflow, depth = 2): Promise<TestRun | undefined> {
  const inTree = [...new Set(workflow.calls)].map(path => pathIn(facts, path)).filter(path => path !== undefined)
  const { texts } = await readAll(facts, inTree.slice(0, mostFollowed))
  for (const { path, text } of texts) {
    const called = isYaml(path) ? workflowOf(text) : undefined
    const line = testLine(text, isYaml(path) ? (called?.lines ?? []) : text.split('\n'))
    if (line > 0) return { path, line }
    const further = called && depth > 1 ? await testsCalled(facts, called, depth - 1) : undefined
    if (further) return further
  }
  return undefined
}

/** A local action is named by its folder. */
const pathIn = (facts: Facts, path: string): string | undefined =>
  [path, `${path}/action.yml`, `${path}/action.yaml`].find(name => facts.files.has(name))
