// The page of all bodies: what each is for, how its seats are filled, and the largest employer against the cap.
import { page } from '#acts/page.ts'
import { type Html, html, link } from '#html/html.ts'
import { type Row, table } from '#html/table.ts'
import { capBadge, largestText } from './cap.ts'
import { type Composition, compositions, isHeld } from './composition.ts'
import { type Names, plural } from './parts.ts'
import { hasVotes } from './rules.ts'
import { type Seats, seatsTerm } from './terms.ts'
import { kindWords } from './words.ts'

const filled = ({ seats }: Composition): number => seats.filter(isHeld).length

/** Seats for which neither a registered holder nor the published list names anybody. */
const vacant = ({ seats }: Composition): number => seats.filter(seat => !isHeld(seat) && !seat.published).length

const filledText = (one: Composition): Html => {
  const listed = one.seats.length - filled(one) - vacant(one)
  return html`${filled(one)} of ${one.seats.length}${listed > 0 && html`<br><span class="quiet">${listed} more by the published list</span>`}`
}

function rowOf(one: Composition, names: Names, kinds: Seats['kinds']): Row {
  const { body } = one
  const cap = kinds[body.kind].employerShare
  return {
    body: link({ label: body.name, href: `/bodies/${body.slug}` }),
    purpose: body.describes,
    kind: kindWords[body.kind],
    filled: filledText(one),
    vacant: vacant(one) === 0 ? 'none' : html`<strong>${vacant(one)}</strong>`,
    largest: hasVotes(body)
      ? html`${largestText(one, names)} ${capBadge(one, cap)}`
      : html`<span class="quiet">all staff</span>`,
    cap: cap ?? 'none',
  }
}

const columns = [
  { key: 'body', label: 'Body' },
  { key: 'purpose', label: 'What it is for' },
  { key: 'kind', label: 'Kind' },
  { key: 'filled', label: 'Seats filled', align: 'end' },
  { key: 'vacant', label: 'Vacant', align: 'end' },
  { key: 'largest', label: 'Largest employer' },
  { key: 'cap', label: 'Cap', align: 'end' },
] as const

const spheres = {
  technical: ['Technical bodies', 'They decide about code, standards and projects.'],
  business: ['Business bodies', 'They decide about money, contracts and the running of the foundation.'],
} as const

export const bodiesPage = page({
  path: '/bodies',
  async loads({ read, at, term, names }) {
    const all = await compositions(read, at)
    const employers = all.flatMap(({ shares }) => shares.groups[0]?.employers ?? [])
    return { all, names: await names(employers), kinds: term(seatsTerm).kinds }
  },
  shows({ all, names, kinds }, { foundation }) {
    const seats = all.reduce((total, { seats: own }) => total + own.length, 0)
    const held = all.reduce((total, one) => total + filled(one), 0)
    const of = (sphere: keyof typeof spheres) => {
      const [title, says] = spheres[sphere]
      const rows = all.filter(({ body }) => body.sphere === sphere).map(one => rowOf(one, names, kinds))
      return { title, says, body: table({ caption: title, isCaptionHidden: true, columns, rows, empty: 'None yet.' }) }
    }
    return {
      title: 'Bodies',
      summary: `The boards, councils, working groups and offices of the ${foundation.name}: who sits in them, who appointed them, and how much of each one employer holds.`,
      isWide: true,
      facts: [
        { term: 'Bodies', value: all.length },
        { term: 'Seats', value: seats },
        { term: 'Held by somebody registered', value: `${held} of ${plural(seats, 'seat')}` },
      ],
      sections: [of('technical'), of('business')],
    }
  },
})
