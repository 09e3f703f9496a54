// How many people took part in a period: authors, and co-authors who are certainly somebody else.
import type { History, Identity, Mention } from './history.ts'

/**
 * Authors by address, machines left out. Co-authors that share an address or a full name with each other are one person, and
 * those who share either with an author are that author: too few rather than too many, since the count may only be passed
 * by people who are certainly distinct. The order of the rows plays no part.
 * `authors`: those of the rows, each once.
 */
export function peopleIn(history: History, rows: readonly number[], authors: readonly Identity[]): number {
  const addresses = new Set<number>()
  const names = new Set<string>()
  for (const { address, name, isBot } of authors) {
    if (isBot) continue
    addresses.add(address)
    names.add(name.toLowerCase())
  }
  const others = [...groupsOf(mentionsOf(history, rows))].filter(group =>
    group.every(({ address, name }) => !addresses.has(address) && !names.has(name.toLowerCase())),
  )
  return addresses.size + others.length
}

const none: readonly number[] = []

function mentionsOf(history: History, rows: readonly number[]): Mention[] {
  const seen = new Uint8Array(history.mentions.length)
  for (const row of rows) for (const index of history.coAuthors.get(row) ?? none) seen[index] = 1
  return history.mentions.filter(({ isBot }, index) => seen[index] === 1 && !isBot)
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
