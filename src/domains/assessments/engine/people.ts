// How many people took part in a period: authors, and co-authors who are certainly somebody else.
import type { History, Mention } from './history.ts'

/**
 * Authors by address, machines left out. Co-authors that share an address or a full name with each other are one person, and
 * those who share either with an author are that author: too few rather than too many, since the count may only be passed
 * by people who are certainly distinct. The order of the rows plays no part.
 */
export function peopleIn(history: History, rows: readonly number[]): number {
  const addresses = new Set<number>()
  const names = new Set<string>()
  for (const row of rows) {
    const author = history.identities[history.authors[row] ?? -1]
    if (!author || author.isBot) continue
    addresses.add(author.address)
    names.add(author.name.toLowerCase())
  }
  const others = [...groupsOf(mentionsOf(history, rows))].filter(group =>
    group.every(({ address, name }) => !addresses.has(address) && !names.has(name.toLowerCase())),
  )
  return addresses.size + others.length
}

function mentionsOf(history: History, rows: readonly number[]): Mention[] {
  const seen = new Set<number>()
  for (const row of rows) for (const index of history.coAuthors.get(row) ?? []) seen.add(index)
  return [...seen].flatMap(index => history.mentions[index] ?? []).filter(({ isBot }) => !isBot)
}

/** Those that hang together by an address or a name, directly or through others. */
function groupsOf(mentions: readonly Mention[]): Iterable<Mention[]> {
  const above = [...mentions.keys()]
  const headOf = (one: number): number => {
    let head = one
    for (let next = above[head]; next !== undefined && next !== head; next = above[head]) {
      above[head] = above[next] ?? next
      head = next
    }
    return head
  }
  const firstWith = new Map<number | string, number>()
  for (const [index, { address, name }] of mentions.entries()) {
    for (const key of name === '' ? [address] : [address, name.toLowerCase()]) {
      const first = firstWith.get(key) ?? index
      firstWith.set(key, first)
      above[headOf(index)] = headOf(first)
    }
  }
  return Map.groupBy(mentions.entries(), ([index]) => headOf(index))
    .values()
    .map(group => group.map(([, mention]) => mention))
}
