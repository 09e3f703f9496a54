// The history of one commit, in columns: times, people after `.mailmap`, machines, sign-offs and further authors.
import { type BotRule, isBot } from './bots.ts'
import { isReached, landingsFrom } from './landings.ts'
import { type Counted, readTable } from './readTable.ts'
import { lowerAscii, trimAscii } from './records.ts'
import type { Git } from './source.ts'
import { type CommitTable, TrailerKind } from './table.ts'

/** An author as the log spells one; `address` and `name` are after `.mailmap`, the address in lower case. */
export type Identity = {
  readonly address: number
  readonly rawAddress: string
  readonly name: string
  readonly isBot: boolean
  readonly isMarkedBot: boolean
}

export type Mention = { readonly address: number; readonly name: string; readonly isBot: boolean }

/** Numbers of mentions by row, only of commits that have any. */
export type Mentioned = {
  readonly get: (row: number) => readonly number[] | undefined
  readonly has: (row: number) => boolean
}

/** Columns by row, in no particular order: nothing may depend on it. Times are seconds since 1970. */
export type History = {
  readonly size: number
  readonly times: Float64Array
  readonly parents: Uint16Array
  /** Places in `identities`. */
  readonly authors: Uint32Array
  /** Places in `addresses`, after `.mailmap`. */
  readonly committers: Uint32Array
  readonly signoffs: Uint8Array
  readonly coAuthors: Mentioned
  readonly reviewers: Mentioned
  readonly identities: readonly Identity[]
  readonly mentions: readonly Mention[]
  /** Latin1 text, one character per byte. */
  readonly addresses: readonly string[]
  readonly commitId: (row: number) => string
  /** When the author says that it was written. */
  readonly written: (row: number) => number
  /** By which commit of the branch's own line it came onto the branch, and when; by itself where it lies on that line. */
  readonly landing: (row: number) => Landing
  readonly roots: number
  /** Pairs in which a parent's committer time is later than its child's. */
  readonly inversions: number
}

export type Landing = { readonly commit: string; readonly time: number }

export const Signoff = { none: 0, some: 1, matching: 2 } as const

/** What follows the first `<` is the address: names cannot hold one. */
const personOf = (text: string): { name: string; address: string } => {
  const at = text.indexOf('<')
  const end = text.endsWith('>') ? -1 : undefined
  return at < 0
    ? { name: trimAscii(text), address: '' }
    : { name: trimAscii(text.slice(0, at)), address: text.slice(at + 1, end) }
}

const addressPattern = /<([^<>]*)>\s*$/
/** The address in `Name <address>`, in lower case; the whole text when there are no brackets. */
export const addressOf = (text: string): string => lowerAscii(trimAscii(addressPattern.exec(text)?.[1] ?? text))
const nameOf = (text: string): string => trimAscii(text.replace(/<[^<>]*>\s*$/, ''))

type Rule = { readonly rule: BotRule }

/** Cost: one `git log`, and about 60 bytes a commit. Windows are filtered over the whole set, since clocks run backwards. */
export async function readHistory(
  git: Git,
  commit: string,
  { rule, progress }: Rule & { progress?: Counted },
): Promise<History> {
  const table = await readTable(git, commit, progress)
  return historyOf(git, table, { commit, rule })
}

/** What can be reached from the commit, which the table holds, as its own `.mailmap` names people. */
export async function historyOf(
  git: Pick<Git, 'mailmap'>,
  table: CommitTable,
  { commit, rule }: Rule & { commit: string },
): Promise<History> {
  const start = table.ids.find(commit)
  if (start === undefined) throw new RangeError('The table does not hold that commit')
  // Git looks names up meanwhile.
  const [mapped, { landings, rows, ancestry }] = await Promise.all([
    git.mailmap(commit, table.people.texts),
    reached(table, start),
  ])
  const names = namesOf(table, mapped, rule)
  const { identities, mentions, addresses, mappedAddresses } = names
  const [times, parents] = [new Float64Array(rows.length), new Uint16Array(rows.length)]
  const [authors, committers] = [new Uint32Array(rows.length), new Uint32Array(rows.length)]
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    times[place] = table.times[row] ?? 0
    parents[place] = table.parentCounts[row] ?? 0
    authors[place] = table.authors[row] ?? 0
    committers[place] = mappedAddresses[table.committers[row] ?? 0] ?? 0
  }
  return {
    ...{ size: rows.length, times, parents, authors, committers, signoffs: signoffsOf(table, rows, names) },
    coAuthors: mentioned(table, rows, TrailerKind.coAuthor),
    reviewers: mentioned(table, rows, TrailerKind.reviewer),
    ...{ identities, mentions, addresses, commitId: row => table.ids.text(rows[row] ?? 0) },
    written: row => table.authorTimes[rows[row] ?? 0] ?? Number.NaN,
    landing: row => landingOf(table, landings[rows[row] ?? 0] ?? 0),
    ...ancestry,
  }
}

async function reached(table: CommitTable, start: number) {
  const landings = landingsFrom(table, start)
  const rows = rowsOf(landings)
  return { landings, rows, ancestry: ancestryOf(table, rows) }
}

function rowsOf(landings: Uint32Array): Uint32Array {
  const rows = new Uint32Array(landings.length)
  let size = 0
  for (let row = 0; row < landings.length; row += 1) if (isReached(landings, row)) rows[size++] = row
  return rows.subarray(0, size)
}

const landingOf = ({ ids, times }: CommitTable, row: number): Landing => ({
  commit: ids.text(row),
  time: times[row] ?? Number.NaN,
})

type NamesMade = Pick<History, 'identities' | 'mentions' | 'addresses'> & {
  readonly mappedAddresses: readonly number[]
}

function namesOf(table: CommitTable, mapped: readonly string[], rule: BotRule): NamesMade {
  const addresses: string[] = []
  const known = new Map<string, number>()
  const place = (address: string): number => {
    const found = known.get(address)
    if (found !== undefined) return found
    known.set(address, addresses.length)
    return addresses.push(address) - 1
  }
  const identities = table.people.texts.map((text, person): Identity => {
    const [raw, now] = [personOf(text), personOf(mapped[person] ?? text)]
    const isMarkedBot = text.includes('[bot]')
    const bot = isMarkedBot || isBot(rule, { name: raw.name, address: lowerAscii(raw.address) })
    const address = place(lowerAscii(now.address))
    return { address, rawAddress: raw.address, name: now.name, isBot: bot, isMarkedBot }
  })
  const mentions = table.mentions.texts.map((text): Mention => {
    const [name, address] = [nameOf(text), addressOf(text)]
    return { address: place(address), name, isBot: isBot(rule, { name, address }) }
  })
  return { identities, mentions, addresses, mappedAddresses: identities.map(({ address }) => address) }
}

function signoffsOf(table: CommitTable, rows: Uint32Array, { identities, mentions, addresses }: NamesMade): Uint8Array {
  const raw = identities.map(({ rawAddress }) => lowerAscii(rawAddress))
  const signoffs = new Uint8Array(rows.length)
  const own = (author: number, signer: number): boolean =>
    signer === identities[author]?.address || addresses[signer] === raw[author]
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    for (const mention of trailersOf(table, row, TrailerKind.signoff)) {
      const kind = own(table.authors[row] ?? 0, mentions[mention]?.address ?? -1) ? Signoff.matching : Signoff.some
      if (kind > (signoffs[place] ?? 0)) signoffs[place] = kind
    }
  }
  return signoffs
}

const none: readonly number[] = []

/** Numbers of mentions. Loops over indexes here and below: these run for each commit, and iterators cost tenfold. */
function trailersOf(table: CommitTable, row: number, kind: number): readonly number[] {
  const from = table.trailersFrom[row] ?? 0
  const end = from + (table.trailerCounts[row] ?? 0)
  let found: number[] | undefined
  for (let at = from; at < end; at += 1) {
    const packed = table.trailers[at] ?? 0
    if ((packed & 3) !== kind) continue
    found ??= []
    found.push(packed >>> 2)
  }
  return found ?? none
}

function mentioned(table: CommitTable, rows: Uint32Array, kind: number): Mentioned {
  const get = (place: number): readonly number[] | undefined => {
    const found = trailersOf(table, rows[place] ?? 0, kind)
    return found.length > 0 ? found : undefined
  }
  return { get, has: place => get(place) !== undefined }
}

function ancestryOf({ times, parents, parentsFrom, parentCounts }: CommitTable, rows: Uint32Array) {
  let [roots, inversions] = [0, 0]
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const time = times[row] ?? 0
    const from = parentsFrom[row] ?? 0
    const end = from + (parentCounts[row] ?? 0)
    if (from === end) roots += 1
    for (let edge = from; edge < end; edge += 1) if ((times[parents[edge] ?? 0] ?? 0) > time) inversions += 1
  }
  return { roots, inversions }
}
