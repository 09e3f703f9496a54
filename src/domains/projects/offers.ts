// Acts offered on the pages of projects, rehearsed with a sample of what is still to be typed.
import type { Offer, PageRequest } from '#acts/page.ts'
import { type Body, bodiesAll } from '#domains/bodies/index.ts'
import { deciding, decisionFor } from '#domains/motions/index.ts'

type Input = Record<string, unknown>

/** Rehearsed with the sample, so that the reason for a "no" is the real one; offered without it, so that nothing is filled in. */
export async function offerAsking(
  request: PageRequest,
  act: string,
  { input, sample }: { input: Input; sample: Input },
): Promise<Offer> {
  const offer = await request.offer(act, { ...input, ...sample }, Object.keys(sample))
  return { ...offer, input }
}

export const sampleReasons = 'Reasons for everybody who will read the record.'

/** The bodies that the charter lets decide this, in the order of their names. */
export async function decidersOf(
  { read, term }: Pick<PageRequest, 'read' | 'term'>,
  resolves: { readonly act: string; readonly input: Record<string, string> },
): Promise<readonly Body[]> {
  const all = await bodiesAll(read)
  return all.filter(({ slug }) => decisionFor(term(deciding), { body: slug, resolves }) !== undefined)
}

export type Deciders = Awaited<ReturnType<typeof decidersOf>>

/** Whether the viewer holds one of the capacities named; of one thing, where `project` is given. */
export const holds = (request: PageRequest, kinds: readonly string[], project?: string): boolean =>
  (request.viewer?.capacities ?? []).some(
    actor => kinds.includes(actor.capacity) && (actor.capacity !== 'maintainer' || actor.project === project),
  )

/** A motion to this effect, with its title filled in; the reasons are the mover's own. */
export async function motionOffer(
  request: PageRequest,
  { body, title, resolves }: { body: string; title: string; resolves: object },
): Promise<Offer> {
  return offerAsking(request, 'motions.move', { input: { body, title, resolves }, sample: { reasons: sampleReasons } })
}
