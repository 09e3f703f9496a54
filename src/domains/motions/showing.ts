// The page of one motion: what is moved and why, how the vote stands, what each seat has said, and what may be done now.
import { type PageRequest, type PageView, page, type TimelineItem } from '#acts/page.ts'
import { markdownToHtml } from '#base/markdown.ts'
import { allSeatsOf, bodyBy, holdersOf, type Seat } from '#domains/bodies/index.ts'
import type { Action } from '#html/action.ts'
import { stageBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import { type Fact, facts } from '#html/facts.ts'
import { type Html, html, link, raw } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { progress } from '#html/progress.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import { idsIn } from '#record/leaf.ts'
import { standingOf } from './counting.ts'
import { ballotsOf, motionBy, stateBy } from './finds.ts'
import { type Offers, offersOn } from './offers.ts'
import { saysShare, saysTally, saysThen, saysWhy, type VoteState } from './rules.ts'
import type { Ballot, Decision, Motion, Stage } from './words.ts'

type Names = ReadonlyMap<string, { readonly label: string; readonly href?: string }>

export type MotionShown = {
  readonly motion: Motion
  readonly bodyName: string
  readonly seats: ReadonlyMap<string, Seat>
  readonly holders: ReadonlyMap<string, string>
  readonly ballots: readonly Ballot[]
  readonly state?: VoteState
  readonly names: Names
  readonly offers: Offers
  readonly timeline: readonly TimelineItem[]
}

const personsIn = (motion: Motion, ballots: readonly Ballot[]): string[] => [
  motion.mover,
  ...(motion.seconder ? [motion.seconder] : []),
  ...ballots.flatMap(({ vote, recusal }) => [vote?.person ?? [], recusal?.person ?? []].flat()),
]

async function loadMotion(request: PageRequest): Promise<MotionShown | undefined> {
  const { read, at } = request
  const motion = await motionBy(read, request.params.motion ?? '')
  if (!motion) return undefined
  const ballots = await ballotsOf(read, motion.id)
  const holders = await holdersOf(read, motion.body, at)
  const principals = new Map(holders.filter(({ as }) => as === 'principal').map(({ seat, person }) => [seat, person]))
  const subjects = idsIn(motion.resolves?.input)
  const persons = [...personsIn(motion, ballots), ...principals.values()]
  return {
    motion,
    ballots,
    holders: principals,
    bodyName: (await bodyBy(read, motion.body))?.name ?? motion.body,
    seats: new Map((await allSeatsOf(read, motion.body)).map(seat => [seat.id, seat])),
    state: await stateBy(read, motion, at),
    names: await request.names([...new Set([...persons, ...subjects])]),
    offers: await offersOn(request, motion),
    timeline: await request.timeline(motion.id, 100),
  }
}

const nameIn = (names: Names, id: string | null | undefined): Html => {
  if (!id) return html`<span class="quiet">nobody</span>`
  const { label, href } = names.get(id) ?? { label: 'erased', href: undefined }
  return href ? link({ label, href }) : html`${label}`
}

const seatTitle = ({ seats }: MotionShown, id: string): string => seats.get(id)?.title ?? id

const tones = {
  proposed: 'quiet',
  open: 'plain',
  carried: 'good',
  lost: 'bad',
  withdrawn: 'quiet',
  lapsed: 'quiet',
} as const satisfies Record<Stage, string>

export const motionBadge = (stage: Stage): Html => stageBadge(stage, tones[stage])

const thing = (names: Names, value: unknown): Html => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return names.has(text) ? nameIn(names, text) : html`${text}`
}

function thenSection({ motion, names }: MotionShown): Section {
  const { resolves } = motion
  const input = Object.entries(resolves?.input ?? {}).map(([term, value]) => ({ term, value: thing(names, value) }))
  const list: Fact[] = resolves ? [{ term: 'Act', value: html`<code>${resolves.act}</code>` }, ...input] : []
  const hasHappened = motion.stage === 'carried' || motion.stage === 'lost'
  return {
    title: hasHappened ? 'What it decided' : 'What happens then',
    id: 'then',
    body: html`<p>${saysThen(motion)}</p>${list.length > 0 && facts(list)}`,
  }
}

const reasonsSection = ({ motion }: MotionShown): Section => ({
  title: 'Reasons of the mover',
  id: 'reasons',
  body: html`<div class="prose">${raw(markdownToHtml(motion.reasons))}</div>`,
})

const closingLine = ({ motion }: MotionShown, state: VoteState, at: string): Html => {
  if (motion.stage !== 'open') return html`The vote ended ${instantTime(motion.ended ?? state.closes)}.`
  const isBefore = state.earliest > at
  const early = state.isDecided
    ? html`The outcome is certain: ${state.certain}. It closes ${instantTime(isBefore ? state.earliest : at, at)}.`
    : html`It closes sooner${isBefore && html`, but not before ${instantTime(state.earliest, at)},`} once nothing can change its outcome any more.`
  return html`The vote closes ${instantTime(state.closes, at)}. ${early}`
}

function standSection(shown: MotionShown, at: string): Section[] {
  const { motion, state } = shown
  if (!state || !motion.opening) return []
  const { decision } = motion.opening
  const who = (seats: readonly string[]) => seats.map(seat => seatTitle(shown, seat))
  const bars = [
    progress({
      label: 'Votes for',
      needs: state.needs.majority,
      has: state.has.majority,
      of: state.of.majority,
      formula: saysShare(decision.majority, decision),
      pending: { label: 'May still vote', who: who(state.mayStillVote) },
    }),
    progress({
      label: 'Quorum',
      needs: state.needs.quorum,
      has: state.has.quorum,
      of: state.of.quorum,
      formula: saysShare(decision.quorum, decision),
      pending: { label: 'Vote may still be replaced', who: who(state.mayStillChange) },
    }),
  ]
  const isEnded = motion.stage === 'carried' || motion.stage === 'lost'
  const result =
    isEnded && html`<p><strong>${motion.stage === 'carried' ? 'Carried.' : 'Lost.'}</strong> ${saysWhy(state)}</p>`
  return [
    {
      title: isEnded ? 'The result' : 'How the vote stands',
      id: 'tally',
      says: closingLine(shown, state, at),
      body: html`${result}${bars}`,
    },
  ]
}

const words = { for: 'For', against: 'Against', abstain: 'Abstains', recused: 'Recused', silent: 'Not yet' } as const
const standingTones = { for: 'good', against: 'bad', abstain: 'plain', recused: 'plain', silent: 'quiet' } as const

function ballotCell(ballot: Ballot, isOpen: boolean): Html {
  const standing = standingOf(ballot)
  const badge = stageBadge(standing === 'silent' && !isOpen ? 'Did not vote' : words[standing], standingTones[standing])
  const { vote, recusal } = ballot
  const stead = vote?.as === 'alternate' && html` <span class="quiet">by the alternate</span>`
  const replaced =
    vote?.replaces &&
    html` <span class="quiet">in place of ${vote.replaces.as === 'alternate' ? 'the alternate’s ' : ''}${vote.replaces.choice}</span>`
  return html`<span>${badge}${stead}${replaced}${recusal && html` <span class="quiet">${vote && 'Principal recused: '}${recusal.reason}</span>`}</span>`
}

const receipt = ({ vote, recusal }: Ballot): Html | undefined => {
  const entry = vote?.entry ?? recusal?.entry
  return entry === undefined ? undefined : link({ label: 'Receipt', href: `/record/${entry}` })
}

function seatsSection(shown: MotionShown): Section[] {
  const { ballots, holders, names, motion } = shown
  if (!motion.opening) return []
  const isOpen = motion.stage === 'open'
  const row = (ballot: Ballot) => ({
    seat: seatTitle(shown, ballot.seat),
    holder: nameIn(names, ballot.vote?.person ?? ballot.recusal?.person ?? holders.get(ballot.seat)),
    vote: ballotCell(ballot, isOpen),
    receipt: receipt(ballot),
  })
  const columns = [
    { key: 'seat', label: 'Seat' },
    { key: 'holder', label: 'Who' },
    { key: 'vote', label: 'Vote' },
    { key: 'receipt', label: 'Proof' },
  ]
  const caption = `The ${ballots.length} seats that ${isOpen ? 'may vote' : 'could vote'}, as they stood when the vote opened`
  const rows = ballots.toSorted((a, b) => seatTitle(shown, a.seat).localeCompare(seatTitle(shown, b.seat))).map(row)
  return [{ title: 'Seats', id: 'seats', body: table({ caption, columns, rows, empty: 'No seat may vote.' }) }]
}

function factsOf(shown: MotionShown, at: string): Fact[] {
  const { motion, bodyName, names } = shown
  const { opening } = motion
  const frozen: Fact[] = opening
    ? [
        { term: 'Opened', value: instantTime(opening.opened, at) },
        { term: motion.stage === 'open' ? 'Closes' : 'Was to close', value: instantTime(opening.closes, at) },
        { term: 'Charter when it opened', value: shortCode(motion.charter ?? '') },
      ]
    : []
  const secondBy = motion.stage === 'proposed' && motion.secondBy
  return [
    { term: 'Before', value: link({ label: bodyName, href: `/bodies/${motion.body}` }) },
    { term: 'Moved by', value: nameIn(names, motion.mover) },
    { term: 'Moved', value: instantTime(motion.moved, at) },
    ...(motion.seconder ? [{ term: 'Seconded by', value: nameIn(names, motion.seconder) }] : []),
    ...(secondBy ? [{ term: 'Needs a second by', value: instantTime(secondBy, at) }] : []),
    ...frozen,
    ...(motion.ended ? [{ term: 'Ended', value: instantTime(motion.ended, at), source: endOf(motion) }] : []),
  ]
}

const endOf = ({ endEntry }: Motion) =>
  endEntry === null ? undefined : { label: 'entry and proof', href: `/record/${endEntry}` }

function actionsOf(shown: MotionShown, view: PageView): Action[] {
  const { second, votes, recusals, withdraw, close } = shown.offers
  const named = (verb: string, seat: string | undefined, isMany: boolean): string =>
    seat && isMany ? `${verb}: ${seatTitle(shown, seat)}` : verb
  const seatActions = votes.map(({ offer, seat, capacity }) =>
    view.action(offer, {
      label: named('Cast the vote', seat, votes.length > 1),
      says: capacity === 'alternate' ? 'You stand in for the principal of this seat.' : undefined,
      weight: 'main',
    }),
  )
  const recusalActions = recusals.map(({ offer, seat }) =>
    view.action(offer, { label: named('Recuse yourself', seat, recusals.length > 1) }),
  )
  return [
    ...(second ? [view.action(second, { label: 'Second this motion', says: secondingOpens, weight: 'main' })] : []),
    ...seatActions,
    ...recusalActions,
    ...(withdraw ? [view.action(withdraw, { label: 'Withdraw this motion', weight: 'grave' })] : []),
    ...(close ? [view.action(close, { label: 'Close the vote' })] : []),
  ]
}

const secondingOpens = 'Its vote then opens, with the seats and under the charter of that moment.'

function summaryOf({ motion, bodyName, state }: MotionShown, decision: Decision | undefined): string {
  const before = `A motion before the ${bodyName}`
  if (motion.stage === 'proposed') return `${before}, waiting for a second.`
  if (motion.stage === 'withdrawn') return `${before}, withdrawn by its mover.`
  if (motion.stage === 'lapsed') return `${before}, lapsed for want of a second.`
  if (motion.stage === 'open') return `${before}, open to votes. ${state && decision ? saysTally(state, decision) : ''}`
  return `${before}, ${motion.stage} with ${state?.counts.for ?? 0} for, ${state?.counts.against ?? 0} against and ${state?.counts.abstain ?? 0} abstaining.`
}

export const motionPage = page({
  path: '/motions/:motion',
  loads: loadMotion,
  shows: (shown, view) => ({
    crumbs: [{ label: 'Motions', href: '/motions' }],
    kicker: 'Motion',
    title: shown.motion.title,
    standing: motionBadge(shown.motion.stage),
    summary: summaryOf(shown, shown.motion.opening?.decision),
    facts: factsOf(shown, view.at),
    clauses: view.clauses([...new Set(shown.timeline.flatMap(({ under }) => under))]),
    next: actionsOf(shown, view),
    lead: standSection(shown, view.at),
    sections: [thenSection(shown), reasonsSection(shown), ...seatsSection(shown)],
    timeline: view.timeline(shown.timeline),
  }),
})
