// What a viewer may do about a motion: each act rehearsed with a sample of what is still to be asked.
import type { Actor } from '#acts/act.ts'
import type { Offer, PageRequest } from '#acts/page.ts'
import type { Motion } from './words.ts'

type Input = Record<string, unknown>

/** Rehearsed with the sample, so that the reason for a "no" is the real one; offered without it, so that nothing is filled in. */
export async function offerAsking(
  request: PageRequest,
  act: string,
  { input, sample }: { input: Input; sample: Input },
) {
  const offer = await request.offer(act, { ...input, ...sample }, Object.keys(sample))
  return { ...offer, input }
}

/** An act for one of the viewer's seats. */
export type SeatOffer = { readonly offer: Offer; readonly seat?: string; readonly capacity?: Actor['capacity'] }

export type Offers = {
  readonly second?: Offer
  readonly votes: readonly SeatOffer[]
  readonly recusals: readonly SeatOffer[]
  readonly withdraw?: Offer
  readonly close?: Offer
}

const seatsOn = (request: PageRequest, { body }: Motion): readonly Actor[] =>
  (request.viewer?.capacities ?? []).filter(
    actor => actor.body === body && (actor.capacity === 'seat-holder' || actor.capacity === 'alternate'),
  )

async function voteOffers(request: PageRequest, motion: Motion, actors: readonly Actor[]): Promise<SeatOffer[]> {
  const sample = { choice: 'for' }
  const none = [{ capacity: undefined, seat: undefined }]
  const wanted = actors.length > 0 ? actors : none
  return Promise.all(
    wanted.map(async ({ capacity, seat }) => {
      const input = { motion: motion.id, ...(seat && { seat }) }
      return { seat, capacity, offer: await offerAsking(request, 'motions.vote', { input, sample }) }
    }),
  )
}

async function recusalOffers(request: PageRequest, motion: Motion, actors: readonly Actor[]): Promise<SeatOffer[]> {
  const sample = { reason: 'An interest in the matter' }
  return Promise.all(
    actors
      .filter(({ capacity }) => capacity === 'seat-holder')
      .map(async ({ capacity, seat }) => {
        const input = { motion: motion.id, seat }
        return { seat, capacity, offer: await offerAsking(request, 'motions.recuse', { input, sample }) }
      }),
  )
}

/** Only what fits the motion's stage; nothing for one that has ended. */
export async function offersOn(request: PageRequest, motion: Motion): Promise<Offers> {
  const input = { motion: motion.id }
  const isMover = request.viewer?.person === motion.mover
  const actors = seatsOn(request, motion)
  const isPending = motion.stage === 'proposed' || motion.stage === 'open'
  const isChair = (request.viewer?.capacities ?? []).some(
    ({ capacity, body }) => capacity === 'chair' && body === motion.body,
  )
  return {
    second: motion.stage === 'proposed' ? await request.offer('motions.second', input) : undefined,
    votes: motion.stage === 'open' ? await voteOffers(request, motion, actors) : [],
    recusals: motion.stage === 'open' ? await recusalOffers(request, motion, actors) : [],
    withdraw: isPending && isMover ? await request.offer('motions.withdraw', input) : undefined,
    close: motion.stage === 'open' && isChair ? await request.offer('motions.close', input) : undefined,
  }
}
