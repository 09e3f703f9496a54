// The statistics of a period in the form of the reference answers, for comparing with counts made by plain git.
import { sha256 } from '#base/canonical.ts'
import { type Concentration, concentration } from '#base/concentration.ts'
import { type History, Signoff } from '#domains/assessments/engine/history.ts'
import { lowerAscii } from '#domains/assessments/engine/records.ts'
import {
  addressText,
  authorOf,
  domainBounds,
  domainOf,
  isMerge,
  isUnaffiliated,
  tally,
} from '#domains/assessments/engine/windows.ts'

/** Machines are only those that carry `[bot]` in name or address, as the reference counts them. */
export function referenceStats(history: History, rows: readonly number[]) {
  const plain = rows.filter(row => !isMerge(history, row))
  const people = rows.filter(row => !authorOf(history, row).isMarkedBot)
  const human = plain.filter(row => !authorOf(history, row).isMarkedBot)
  const author = (row: number) => authorOf(history, row).address
  const authors = new Set(rows.map(author))
  const raw = new Set(rows.map(row => authorOf(history, row).rawAddress))
  const coAuthors = new Set(
    rows.flatMap(row => (history.coAuthors.get(row) ?? []).map(index => history.mentions[index]?.address ?? -1)),
  )
  const domains = domainCounts(history, rows)
  const known = [...domains].filter(([domain]) => !isUnaffiliated(domain))
  return {
    commits: rows.length,
    merges: rows.length - plain.length,
    non_merge: plain.length,
    authors_raw_emails: raw.size,
    authors_raw_emails_lower: new Set([...raw].map(lowerAscii)).size,
    authors_mailmap: authors.size,
    authors_mailmap_sha256: setHash([...authors].map(index => addressText(history, index))),
    bot_commits_B1: rows.length - people.length,
    authors_mailmap_excluding_B1: new Set(people.map(author)).size,
    commits_with_coauthor_trailer: rows.filter(row => history.coAuthors.has(row)).length,
    coauthor_emails: coAuthors.size,
    coauthor_emails_not_authors: [...coAuthors].filter(index => !authors.has(index)).length,
    non_merge_with_any_signoff: plain.filter(row => history.signoffs[row] !== Signoff.none).length,
    non_merge_with_matching_signoff: plain.filter(row => history.signoffs[row] === Signoff.matching).length,
    domains_top15: [...domains].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 15),
    freemail_or_noreply_commits: rows.length - known.reduce((sum, [, count]) => sum + count, 0),
    elephant_by_domain_all: block(concentration(domains.values())),
    elephant_by_domain_excluding_freemail: block(concentration(known.map(([, count]) => count))),
    contributor_absence: block(concentration(tally(rows, author).values())),
    contributor_absence_excluding_B1: block(concentration(tally(people, author).values())),
    human_non_merge: {
      commits: human.length,
      authors: new Set(human.map(author)).size,
      elephant_by_domain_all: block(concentration(domainCounts(history, human).values())),
      contributor_absence: block(concentration(tally(human, author).values())),
      org_bounds: bounds(history, human),
    },
  }
}

const setHash = (addresses: readonly string[]): string =>
  sha256(Buffer.from(addresses.toSorted((a, b) => (a < b ? -1 : 1)).join('\n'), 'latin1'))

function domainCounts(history: History, rows: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const domain = domainOf(addressText(history, authorOf(history, row).address))
    counts.set(domain, (counts.get(domain) ?? 0) + 1)
  }
  return counts
}

function block(of: Concentration | undefined) {
  if (!of) return null
  return {
    ...{ groups: of.groups, total: of.total, top1_share: of.top1Share },
    ...{ factor_ge50: of.factorGe50, factor_gt50: of.factorGt50, factor_ge51: of.factorGe51 },
    ...{ hhi: of.hhi, effective_hhi: of.effectiveHhi },
    ...{ shannon_nats: of.shannon, effective_shannon: of.effectiveShannon, gini: of.gini },
  }
}

function bounds(history: History, rows: readonly number[]) {
  const of = domainBounds(history, rows)
  if (!of) return null
  const known = [...domainCounts(history, rows)].filter(([domain]) => !isUnaffiliated(domain))
  const top = known.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
  return {
    ...{ commits: of.commits, unknown_commits: of.unknownCommits, known_share: of.knownShare },
    top_known_domain: top?.[0] ?? null,
    ...{ top1_share_low: of.top1ShareLow, top1_share_high: of.top1ShareHigh },
    ...{ elephant_low: of.elephantLow, elephant_high: of.elephantHigh },
  }
}
