// What a history says of who did what on which day, for the private register of contributors. It stays out of every paper.
import { addressOfLogin, type Contributions, filesByOwners, isMergeMachine } from '#domains/contributors/index.ts'
import type { History } from './engine/history.ts'
import { utf8 } from './engine/records.ts'
import { effectiveOwners } from './engine/requiredFiles.ts'
import { addressText, authorOf, isMerge } from './engine/windows.ts'
import type { Facts } from './engine/words.ts'

type Kind = Contributions['days'][number]['kind']

/** People by address, each once, and counts by person, day and kind. */
function ledger() {
  const people = new Map<string, { place: number; name: string; isBot: boolean }>()
  const counts = new Map<string, number>()
  return {
    counts,
    people,
    /** A name of an author is better than none; whoever is once a machine stays one. */
    person(address: string, seen: { name?: string; isBot?: boolean } = {}): number {
      const known = people.get(address)
      if (!known) {
        people.set(address, { place: people.size, name: seen.name ?? '', isBot: seen.isBot ?? false })
        return people.size - 1
      }
      if (known.name === '' && seen.name) known.name = seen.name
      if (seen.isBot) known.isBot = true
      return known.place
    },
    count(who: number, day: string, kind: Kind): void {
      const key = `${who} ${day} ${kind}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
  }
}
type Ledger = ReturnType<typeof ledger>

const dayText = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** The committer alone: whether they merged their own work or somebody else's is seen from the address. */
function addMerge(book: Ledger, history: History, { row, day }: { row: number; day: string }): void {
  const committer = addressText(history, history.committers[row] ?? -1)
  const author = addressText(history, authorOf(history, row).address)
  if (committer === author || committer === '') return
  const who = book.person(utf8(committer))
  book.count(who, day, isMergeMachine(committer) ? 'machine-merge' : 'merge')
}

function addRow(book: Ledger, history: History, row: number): void {
  const day = dayText(history.times[row] ?? 0)
  const { address, name, isBot } = authorOf(history, row)
  const author = addressText(history, address)
  const who = book.person(utf8(author), { name: utf8(name), isBot })
  addMerge(book, history, { row, day })
  if (isBot) book.count(who, day, 'bot')
  if (isBot || isMerge(history, row)) return
  book.count(who, day, 'commit')
  for (const index of new Set(history.coAuthors.get(row))) {
    const mention = history.mentions[index]
    const other = mention && addressText(history, mention.address)
    if (!mention || !other || mention.isBot || other === author) continue
    book.count(book.person(utf8(other), { name: utf8(mention.name) }), day, 'co-author')
  }
}

async function ownedIn({ files, found }: Facts, book: Ledger) {
  const path = effectiveOwners(found.codeowners)
  const file = path === undefined ? undefined : await files.read(path)
  if (file?.state !== 'text') return { owned: [], hasOwners: false }
  const placeOf = (owner: string): number => {
    if (!owner.startsWith('@')) return book.person(owner)
    return owner.includes('/') ? -1 : book.person(addressOfLogin(owner.slice(1)))
  }
  const owned = filesByOwners(file.text, files.matching(/^/))
  return { owned: owned.map(one => ({ owners: one.owners.map(placeOf), files: one.files })), hasOwners: true }
}

/** Commits later than the as-of date, by their own clock, are not counted. */
export async function contributionsOf(facts: Facts): Promise<Contributions> {
  const { history, asOf, commit } = facts
  const book = ledger()
  for (let row = 0; row < history.size; row += 1) if ((history.times[row] ?? 0) <= asOf) addRow(book, history, row)
  const owned = await ownedIn(facts, book)
  return {
    ...{ commit, asOf: new Date(asOf * 1000).toISOString(), botRule: facts.activity.botRule },
    people: [...book.people].map(([address, { name, isBot }]) => ({ address, name, isBot })),
    days: [...book.counts].map(([key, count]) => {
      const [who = '', day = '', kind = ''] = key.split(' ')
      return { who: Number(who), day, kind: kind as Kind, count } // written by count() just above
    }),
    ...owned,
  }
}
