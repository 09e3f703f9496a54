// The dry run of an amendment: what changes in the text, and which past decisions its rules would have stopped.
import type { Denial, Entity } from '#acts/charter.ts'
import { hashOf } from '#base/canonical.ts'
import type { LoadedCharter } from './words.ts'

/** A decision that was taken: an entry whose act weighed something, with the person as portrayed on its day. */
export type PastDecision = {
  readonly entry: string
  readonly act: string
  readonly entities: readonly Entity[]
  readonly weighed: Readonly<Record<string, unknown>>
}

export type Turned = PastDecision & {
  /** What forbids it under the new charter and did not under the old one. */
  readonly newly: readonly Denial[]
}

/**
 * The decisions that would have gone otherwise. Every decision in the record was allowed when it was taken; those that
 * the present rules would stop too are no effect of the amendment. What was refused left no entry and is not looked at.
 */
export function turnedBy(
  before: Pick<LoadedCharter, 'denials'>,
  after: Pick<LoadedCharter, 'denials'>,
  decisions: readonly PastDecision[],
): readonly Turned[] {
  return decisions.flatMap(decision => {
    const { act, entities, weighed: context } = decision
    const newly = after.denials({ act, entities, context })
    if (newly.length === 0 || before.denials({ act, entities, context }).length > 0) return []
    return [{ ...decision, newly }]
  })
}

export type Change = { readonly id: string; readonly change: 'added' | 'changed' | 'removed' }

const changesOf = (before: readonly { id: string }[], after: readonly { id: string }[]): Change[] => {
  const [old, fresh] = [before, after].map(list => new Map(list.map(one => [one.id, hashOf(one)])))
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  return ids.flatMap((id): Change[] => {
    const [was, is] = [old?.get(id), fresh?.get(id)]
    if (was === is) return []
    return [{ id, change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed' }]
  })
}

const filesOf = ({ files }: LoadedCharter) => Object.entries(files).map(([id, hash]) => ({ id, hash }))
const named = ({ bodies }: LoadedCharter) => bodies.map(body => ({ ...body, id: body.slug }))

/** What differs, by clause, term, rule, body and file; wording counts as a change. */
export const comparison = (before: LoadedCharter, after: LoadedCharter) => ({
  clauses: changesOf(before.clauses, after.clauses),
  terms: changesOf(before.terms, after.terms),
  rules: changesOf(before.rules, after.rules),
  bodies: changesOf(named(before), named(after)),
  files: changesOf(filesOf(before), filesOf(after)),
})
