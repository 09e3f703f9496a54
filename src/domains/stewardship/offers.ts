// Acts offered on the pages of stewardship, rehearsed with a sample of what is still to be typed.
import type { Offer, PageRequest } from '#acts/page.ts'

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

export const sampleText = 'Words for everybody who will read the record.'

/** Whether the viewer holds a seat in this body, and so may find and decide. */
export const mayReview = ({ viewer }: PageRequest, body: string | undefined): boolean =>
  (viewer?.capacities ?? []).some(
    ({ capacity, body: own }) =>
      own !== undefined && own === body && (capacity === 'seat-holder' || capacity === 'chair'),
  )

export const keepsIt = ({ viewer }: PageRequest, project: string): boolean =>
  (viewer?.capacities ?? []).some(({ capacity, project: own }) => capacity === 'maintainer' && own === project)

export const isStaff = ({ viewer }: PageRequest): boolean =>
  (viewer?.capacities ?? []).some(({ capacity }) => capacity === 'staff')
