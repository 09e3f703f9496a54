// Times in words: always UTC and said so, with a relative phrase for what is near to a given now.
import { type Html, html } from './html.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `2026-11-22` or an instant becomes `22 November 2026`. */
export function sayDay(at: string): string {
  const [year, month, day] = at.slice(0, 10).split('-').map(Number)
  return `${day} ${months[(month ?? 1) - 1]} ${year}`
}

/** `2026-11`, or any day of it, becomes `November 2026`. */
export const sayMonth = (at: string): string => `${months[Number(at.slice(5, 7)) - 1]} ${at.slice(0, 4)}`

/** `22 November 2026, 22:17 UTC`. */
export const sayInstant = (at: string): string => `${sayDay(at)}, ${at.slice(11, 16)} UTC`

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const scales = [
  { unit: 'minute', size: minute, below: hour },
  { unit: 'hour', size: hour, below: 2 * day },
  { unit: 'day', size: day, below: 31 * day },
] as const

/** `in 3 days`, `5 minutes ago`, `just now`; nothing when further away than a month. Never rounds up to more than there is. */
export function relative(at: string, now: string): string | undefined {
  const distance = Date.parse(at) - Date.parse(now)
  const length = Math.abs(distance)
  if (length < minute) return distance > 0 ? 'in less than a minute' : 'just now'
  const scale = scales.find(({ below }) => length < below)
  if (!scale) return undefined
  const count = Math.floor(length / scale.size)
  const phrase = `${count} ${scale.unit}${count === 1 ? '' : 's'}`
  return distance > 0 ? `in ${phrase}` : `${phrase} ago`
}

export const dayTime = (at: string): Html => html`<time datetime="${at.slice(0, 10)}">${sayDay(at)}</time>`

/** Only the hour, where the day stands above it. */
export const clockTime = (at: string): Html =>
  html`<time datetime="${at}" title="${sayInstant(at)}">${at.slice(11, 16)}<span class="zone"> UTC</span></time>`

export function instantTime(at: string, now?: string): Html {
  const near = now === undefined ? undefined : relative(at, now)
  return html`<time datetime="${at}">${sayInstant(at)}</time>${near && html` <span class="relative">(${near})</span>`}`
}
