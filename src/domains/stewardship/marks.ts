// Marks for tables and lists of stewardship: an outcome as one glyph with its word for screen readers, a clock in few words.
import { type Glyph, glyphBadge, stageBadge } from '#html/badge.ts'
import { type Html, html, link } from '#html/html.ts'
import { dayTime } from '#html/time.ts'
import type { Cell, Running } from './landscape.ts'
import type { DisagreementState, Review, WaiverState } from './words.ts'

export const cellWords = {
  pass: 'Pass',
  fail: 'Fail',
  unknown: 'Unknown',
  'needs-person': 'Needs a person',
  waived: 'Waived',
} as const satisfies Record<Cell, string>

const glyphs = {
  pass: { icon: 'tick', tone: 'good' },
  fail: { icon: 'cross', tone: 'bad' },
  unknown: { icon: 'question', tone: 'quiet' },
  'needs-person': { icon: 'person', tone: 'warn' },
  waived: { icon: 'erased', tone: 'quiet' },
} as const satisfies Record<Cell, Glyph>

/** Made once: a page has hundreds of each. */
const marks = Object.fromEntries(
  Object.entries(cellWords).map(([cell, word]) => [cell, glyphBadge(word, glyphs[cell as Cell])]), // its own keys
)

export const cellMark = (cell: Cell | undefined): Html | undefined => (cell ? marks[cell] : undefined)

/** What each glyph means, above the table. */
export const key: Html = html`<p class="key">${Object.entries(cellWords).map(([cell, word]) => html`<span>${marks[cell]} <span aria-hidden="true">${word}</span></span> `)}</p>`

const words = {
  next: 'next',
  due: 'look by',
  late: 'late since',
  cure: 'cure by',
  'cure-over': 'cure time over',
} as const satisfies Record<Running['is'], string>
const tones = { next: 'quiet', due: '', late: 'bad', cure: 'warn', 'cure-over': 'bad' } as const

export function clockShort({ is, at, review }: Running): Html {
  const says = html`<span class="${tones[is]}">${words[is]} ${dayTime(at)}</span>`
  return review ? html`<a href="/stewardship/reviews/${review}">${says}</a>` : says
}

const reviewTones = {
  due: 'plain',
  'under-notice': 'warn',
  kept: 'good',
  cured: 'good',
  retired: 'bad',
  dropped: 'quiet',
} as const satisfies Record<Review['state'], string>

export const reviewBadge = ({ state }: Pick<Review, 'state'>): Html =>
  stageBadge(state.replace('-', ' '), reviewTones[state])

const waiverTones = {
  requested: 'plain',
  granted: 'good',
  refused: 'bad',
  withdrawn: 'quiet',
  ended: 'quiet',
  expired: 'quiet',
} as const satisfies Record<WaiverState, string>

export const waiverBadge = (state: WaiverState): Html => stageBadge(state, waiverTones[state])

const disagreementWords = {
  owed: ['reason owed', 'warn'],
  reasoned: ['reason given', 'plain'],
  withdrawn: ['finding withdrawn', 'quiet'],
  lapsed: ['finding lapsed', 'quiet'],
} as const satisfies Record<DisagreementState, readonly [string, string]>

export function disagreementBadge(state: DisagreementState): Html {
  const [words, tone] = disagreementWords[state]
  return stageBadge(words, tone)
}

export const reviewLink = ({ id }: Pick<Review, 'id'>, label: string): Html =>
  link({ label, href: `/stewardship/reviews/${id}` })
