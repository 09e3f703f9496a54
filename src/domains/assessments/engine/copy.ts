// Whether a copy of a repository tells of the date it is assessed for, and what to say where it may not.
import type { Git } from './source.ts'
import type { Assessment, Facts } from './words.ts'

const day = 86_400
/** Pushed and fetched are not the same hour: a day later is still the same state. */
const grace = day
/** The shortest window of the usual criteria: an older copy has nothing to say of it. */
const staleAfter = 90 * day

export type Known = Pick<Facts, 'seenUntil' | 'askedOn'>

/** `asOf`: in seconds. `askedOn`: the instant of the asking, where the date is not a chosen one but that of the copy's end. */
export function knownOf({ seenUntil }: Pick<Git, 'seenUntil'>, asOf: number, askedOn?: string): Known {
  if (seenUntil === undefined) return { seenUntil, askedOn: undefined }
  const isStale = askedOn !== undefined && Date.parse(askedOn) / 1000 - seenUntil > staleAfter
  if (isStale) return { seenUntil, askedOn: dayOf(Date.parse(askedOn) / 1000) }
  return { seenUntil: seenUntil < asOf - grace ? seenUntil : undefined, askedOn: undefined }
}

export const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / (day * 1000))

const upToDate = 'Bring it up to date (git fetch, then merge what came)'

/** What a reader must know before the first answer. */
export function warningsOf({ seenUntil, askedOn, asOf }: Pick<Assessment, 'seenUntil' | 'askedOn' | 'asOf'>): string[] {
  if (seenUntil === undefined) return []
  const end = seenUntil.slice(0, 10)
  if (askedOn !== undefined)
    return [
      `This copy may be out of date: nothing in it is newer than ${end}, ${daysBetween(seenUntil, askedOn)} days before ${askedOn}, when it was assessed. Every answer is of ${end}, and whether the project is active stays unknown. ${upToDate}, or ask for that day with --as-of ${end}.`,
    ]
  return [
    `This copy may be out of date: nothing shows that it was updated after ${end}, ${daysBetween(seenUntil, asOf)} days before the date assessed. Files are read as they were then, and counts that fall short stay unknown. ${upToDate}, or assess it --as-of ${end}.`,
  ]
}
