// The example foundation with a council of twenty who vote by API keys of their own, on motions opened by the dozen.
import { z } from 'zod'
import type { By } from '#acts/capacity.ts'
import type { Done } from '#acts/parts.ts'
import { isRefusal } from '#acts/problem.ts'
import type { App } from '#app'
import { dayOf } from '#base/instants.ts'
import { seatsOf } from '#domains/bodies/index.ts'
import { codeOfConduct, hashOfCode } from '#domains/conduct/index.ts'
import type { Sent } from './sender.ts'

const body = 'growers-council'
const Named = z.object({ motion: z.string().optional(), person: z.string().optional() })

type Voter = { readonly person: string; readonly key: string; readonly seat: string }

export type VotingHall = {
  /** One vote for every seat on each of so many new motions. */
  readonly openVotes: (motions: number) => Promise<readonly Sent[]>
}

const doneBy =
  (app: App) =>
  async (act: string, input: unknown, by: By): Promise<Done> => {
    const outcome = await app.engine.perform({ act, input, by })
    if (isRefusal(outcome)) throw new Error(`${act} was refused: ${JSON.stringify(outcome)}`)
    return outcome
  }

async function addVoter(app: App, seat: string, number: number): Promise<Voter> {
  const done = doneBy(app)
  const account = await app.signIn.accountFor(`voter-${number}@people.example`)
  const { entry } = await done(
    'people.register',
    { account: account.id, name: `Voter ${number}`, showName: true },
    { newcomer: true },
  )
  const { person = '' } = Named.parse(entry.facts)
  const hash = hashOfCode(app.engine.term(codeOfConduct))
  await done('conduct.accept', { hash }, { person })
  const from = dayOf(app.web.now())
  await done('bodies.appoint', { seat, person, from }, { program: 'operator' })
  const key = await app.signIn.makeKey(account.id, { name: 'bench', scopes: ['motions.*'] })
  return { person, key, seat }
}

/** Each voter asks from an address of their own, for changes are limited for each address. */
const voteOf = (url: string, motion: string, { key, seat }: Voter, number: number): Sent => ({
  method: 'POST',
  url: `${url}/api/motions/vote`,
  headers: {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'x-forwarded-for': `10.0.${number >> 8}.${number & 255}`,
  },
  body: JSON.stringify({ motion, seat, choice: 'for' }),
})

export async function votingHall({ app, url }: { app: App; url: string }, seats: number): Promise<VotingHall> {
  const done = doneBy(app)
  const before = await seatsOf(app.database.read, body)
  for (let number = before.length; number < seats; number++) {
    const seat = { body, key: `extra-${number}`, title: `Seat ${number}`, appointedBy: 'electorate' }
    await done('bodies.add-seat', { ...seat, isEntitlement: false }, { program: 'operator' })
  }
  const voters: Voter[] = []
  for (const [number, seat] of (await seatsOf(app.database.read, body)).entries())
    voters.push(await addVoter(app, seat.id, number))
  let sent = 0
  return {
    async openVotes(motions) {
      const opened: string[] = []
      for (let number = 0; number < motions; number++) {
        const person = voters[number % voters.length]?.person ?? ''
        const input = { body, title: `Resolution ${number}`, reasons: 'So that there is something to vote on.' }
        const { entry } = await done('motions.move', input, { person })
        const { motion = '' } = Named.parse(entry.facts)
        opened.push(motion)
      }
      // Votes on one motion take turns: as in life, those who vote at the same moment mostly vote on different ones.
      return voters.flatMap(voter => opened.map(motion => voteOf(url, motion, voter, sent++)))
    },
  }
}
