// Newcomers in words, and as a section of a page: how many, how long until their first commit landed, and what shows it.
import { html } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import type { First, Median, Newcomers, Told } from './newcomers.ts'
import type { Assessment } from './words.ts'

const [hour, day] = [3600, 86_400]
const mostShown = 20

const tenths = (value: number): string => `${Math.round(value * 10) / 10}`

/** "40 minutes", "5.5 hours", "12.3 days". */
export function sayWait(seconds: number): string {
  if (seconds < hour) return `${Math.round(seconds / 60)} minutes`
  return seconds < 2 * day ? `${tenths(seconds / hour)} hours` : `${tenths(seconds / day)} days`
}

export function sayMedian({ low, high }: Median): string {
  if (low === null) return 'not known'
  if (high === null) return `at least ${sayWait(low)}`
  return low === high ? sayWait(low) : `${sayWait(low)} to ${sayWait(high)}`
}

/** "12 newcomers in 365 days; from written to landed, the median: 2.5 to 4 days (the dates tell of 10 of 12)". */
export function sayNewcomers({ people, known, days, median }: Newcomers): string {
  const count = `${people} ${people === 1 ? 'newcomer' : 'newcomers'} in ${days} days`
  if (people === 0) return count
  return `${count}; from written to landed, the median: ${sayMedian(median)} (the dates tell of ${known} of ${people})`
}

const tells: Record<Told, string> = {
  whole: 'both dates',
  'at-least': 'at least so long: rebased or squashed, which may have dropped an earlier date',
  'same-instant': 'nothing: both dates are one, as when a forge squashes',
  merge: 'nothing: it brings in the work of somebody else',
  clocks: 'nothing: the dates cannot both be right',
}

const rowOf = ({ commit, landedBy, seconds, told }: First) => ({
  commit: html`<code>${commit.slice(0, 12)}</code>`,
  landed: commit === landedBy ? 'itself' : html`<code>${landedBy.slice(0, 12)}</code>`,
  took: seconds === null ? 'not known' : sayWait(seconds),
  told: tells[told],
})

const formula =
  'From the author date of the first commit of each newcomer to the committer date of the first commit on the branch’s own line from which it is reached. Dates that cannot be right count as unknown; as low as if those had taken no time, and as high as if they never ended. Whoever comes back under a new address that .mailmap does not know counts as new.'

/** Nothing for a copy that is cut off, nor for a paper of an older engine. */
export function newcomersSection({ activity }: Pick<Assessment, 'activity'>): Section[] {
  const { newcomers } = activity
  if (!newcomers) return []
  const shown = newcomers.firsts.slice(-mostShown).toReversed()
  const caption = `First commits, the newest ${shown.length} of ${newcomers.people}`
  const list = table({
    caption,
    columns: [
      { key: 'commit', label: 'First commit' },
      { key: 'landed', label: 'Landed by' },
      { key: 'took', label: 'Took', align: 'end' },
      { key: 'told', label: 'What the dates tell' },
    ],
    rows: shown.map(rowOf),
    empty: 'Nobody was new.',
  })
  const body = html`<p>${sayNewcomers(newcomers)}.</p>${shown.length > 0 && list}`
  return [{ title: 'Newcomers', id: 'newcomers', says: formula, body }]
}
