// Acts by which people leave seats: of themselves, by decision of others, or as alternates; and the word before a term ends.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Day, dayOf } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { PersonId } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { EntryId } from '#record/leaf.ts'
import { Ending, endHoldings, endingsAt, Reason } from './establishing.ts'
import { alreadyReminded, noSuchSeat, notHolding, notYourSeat, otherBody } from './problems.ts'
import { holdingByEntry, holdingsOf, isReminded, seatBy } from './queries.ts'
import { isOpenAfter, runsOn } from './rules.ts'
import type { Tables } from './tables.ts'
import { seatsTerm } from './terms.ts'
import { BodyId, type Holding, SeatId, SeatName, Standing } from './words.ts'

const findsSeat = async ({ seat: name }: { seat: string }, read: Read) => {
  const seat = await seatBy(read, name)
  return seat && { seat, holdings: await holdingsOf(read, seat.id) }
}

const Left = z.object({ seat: SeatId, body: BodyId, person: PersonId, ended: z.array(Ending) })

/** An alternate stands in for one holder, so the alternates leave with the holder. */
const leavingWith = (holdings: readonly Holding[], leaving: Holding): readonly Holding[] =>
  leaving.as === 'alternate'
    ? [leaving]
    : holdings.filter(
        other => other.entry === leaving.entry || (other.as === 'alternate' && other.from >= leaving.from),
      )

export const resign = act({
  name: 'bodies.resign',
  title: 'Resign from a seat',
  describes: 'Gives up a seat, or the place as its alternate, from today on.',
  under: seatsTerm,
  by: ['seat-holder', 'alternate', 'staff', 'participant'],
  takes: z.object({ seat: SeatName }),
  records: Left.extend({ as: Standing }),
  refuses: [noSuchSeat, notYourSeat],
  finds: findsSeat,
  decides({ found, actor, at }) {
    if (!found) return refuse(noSuchSeat)
    const { seat, holdings } = found
    // The capacity recorded is the one held in this seat; a participant gives up a seat that begins later.
    if (actor.capacity !== 'participant' && actor.seat !== seat.id) return refuse(notYourSeat)
    const own = holdings.find(holding => holding.person === actor.person && isOpenAfter(holding, dayOf(at)))
    if (!own) return refuse(notYourSeat)
    return {
      seat: seat.id,
      body: seat.body,
      person: own.person,
      as: own.as,
      ended: endingsAt(leavingWith(holdings, own), at),
    }
  },
  writes: (tx, { ended }) => endHoldings(tx, ended),
  says: ({ seat, as }) => (as === 'principal' ? `resigned from ${seat}` : `resigned as alternate for ${seat}`),
})

/** Who holds the seat now, else who is appointed to it next; or the person named. */
function principalToVacate(holdings: readonly Holding[], day: Day, person?: string): Holding | undefined {
  const open = holdings.filter(holding => holding.as === 'principal' && isOpenAfter(holding, day))
  if (person !== undefined) return open.find(holding => holding.person === person)
  return open.find(holding => runsOn(holding, day)) ?? open.at(-1)
}

export const vacate = act({
  name: 'bodies.vacate',
  title: 'Vacate a seat',
  describes: 'Ends an appointment from today on, with the reason; the alternates of its holder leave too.',
  under: seatsTerm,
  by: ['staff', 'chair', 'operator', 'clock'],
  takes: z.object({
    seat: SeatName,
    person: PersonId.optional().meta({ description: 'Left out: whoever holds the seat now.' }),
    reason: Reason,
  }),
  records: Left.extend({ reason: Reason }),
  refuses: [noSuchSeat, otherBody, notHolding],
  finds: findsSeat,
  decides({ input, found, actor, at }) {
    if (!found) return refuse(noSuchSeat)
    const { seat, holdings } = found
    if (actor.capacity === 'chair' && actor.body !== seat.body) return refuse(otherBody)
    const holding = principalToVacate(holdings, dayOf(at), input.person)
    if (!holding) return refuse(notHolding)
    const ended = endingsAt(leavingWith(holdings, holding), at)
    return { seat: seat.id, body: seat.body, person: holding.person, reason: input.reason, ended }
  },
  writes: (tx, { ended }) => endHoldings(tx, ended),
  says: ({ seat, person, reason }) => `ended the appointment of ${person} to ${seat}: ${reason}`,
})

export const withdrawAlternate = act({
  name: 'bodies.withdraw-alternate',
  title: 'Withdraw an alternate',
  describes: 'Ends the standing of an alternate from today on.',
  under: seatsTerm,
  by: ['seat-holder', 'staff', 'operator', 'clock'],
  takes: z.object({ seat: SeatName, person: PersonId }),
  records: Left,
  refuses: [noSuchSeat, notYourSeat, notHolding],
  finds: findsSeat,
  decides({ input, found, actor, at }) {
    if (!found) return refuse(noSuchSeat)
    const { seat, holdings } = found
    if (actor.capacity === 'seat-holder' && actor.seat !== seat.id) return refuse(notYourSeat)
    const open = holdings.filter(
      holding => holding.as === 'alternate' && holding.person === input.person && isOpenAfter(holding, dayOf(at)),
    )
    if (open.length === 0) return refuse(notHolding)
    return { seat: seat.id, body: seat.body, person: input.person, ended: endingsAt(open, at) }
  },
  writes: (tx, { ended }) => endHoldings(tx, ended),
  says: ({ seat, person }) => `withdrew ${person} as alternate for ${seat}`,
})

export const remind = act({
  name: 'bodies.remind',
  title: 'Announce the end of a term',
  describes: 'Tells the holder and the staff that a term ends soon and nobody is appointed to follow.',
  under: seatsTerm,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ holding: EntryId }),
  records: z.object({ holding: EntryId, seat: SeatId, body: BodyId, person: PersonId, until: Day }),
  refuses: [alreadyReminded],
  finds: async ({ holding: entry }, read) => {
    const holding = await holdingByEntry(read, entry)
    const seat = holding && (await seatBy(read, holding.seat))
    return { holding, seat, isReminded: await isReminded(read, entry) }
  },
  decides({ found: { holding, seat, isReminded: isDone }, at }) {
    if (!holding || !seat || holding.until === null) return refuse(alreadyReminded)
    if (isDone || seat.closed !== null || !isOpenAfter(holding, dayOf(at))) return refuse(alreadyReminded)
    const { entry, person, until } = holding
    return { holding: entry, seat: seat.id, body: seat.body, person, until }
  },
  writes: (tx, { holding }) =>
    tx.on<Tables>().updateTable('holdings').set({ is_reminded: true }).where('entry', '=', holding).execute(),
  says: ({ seat, person, until }) => `announced that the term of ${person} in ${seat} ends on ${sayDay(until)}`,
})
