// Releases as tags tell of them: which tags name a version that is meant for everybody, and how lately.
import { plural, printable } from './checks/check.ts'
import type { Tag } from './source.ts'

/** Other tags are not counted: machines make and delete them by the hour, so that no two clones would agree. */
export type Releases = {
  readonly days: number
  /** Tags that name a version, dated within the days before the as-of date. */
  readonly versions: number
  readonly newest: { readonly tag: string; readonly date: string } | null
}

/** `1.2`, `2026.11.1`, or a lone number after a `v`. */
const version = /(?:^|[^\d.])\d+(?:\.\d+)+|(?:^|[^a-z\d])v\d+$/i
/** What comes before a release by the words of semver.org and PEP 440: `1.0-beta.2`, `1.0rc1`, `1.0a1`. */
const early = /(?:^|[^a-z])(?:alpha|beta|dev|nightly|pre|preview|rc|snapshot)(?![a-z])|\d[._]?[abc]\d/i

export const namesRelease = (tag: string): boolean => version.test(tag) && !early.test(tag)

export const releaseDays = 365

/** Tags are not part of a commit: a tag counts by its own date. `asOf`: seconds; later tags are not counted. */
export function releasesOf(tags: readonly Tag[], asOf: number, days: number = releaseDays): Releases {
  const versions = tags.filter(({ name, time }) => time >= asOf - days * 86_400 && time <= asOf && namesRelease(name))
  // Of several at one moment the last by name, so that the order in which Git lists them plays no part.
  const newest = versions.toSorted((one, other) => other.time - one.time || (one.name < other.name ? 1 : -1))[0]
  return {
    ...{ days, versions: versions.length },
    newest: newest ? { tag: newest.name, date: new Date(newest.time * 1000).toISOString() } : null,
  }
}

/** "3 releases in 365 days by their tags, the newest v1.2.0 of 2026-05-03". No full stop. */
export const sayReleases = ({ days, versions, newest }: Releases): string =>
  newest
    ? `${plural(versions, 'release')} in ${days} days by their tags, the newest ${printable(newest.tag)} of ${newest.date.slice(0, 10)}`
    : `No tag of ${days} days names a release; releases may be made without tags`
