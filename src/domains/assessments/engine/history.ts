// One pass over `git log` into a compact table: columns by commit, people and addresses named once.
import { type BotRule, isBot } from './bots.ts'
import { countInversions, idKey } from './clocks.ts'
import { lowerAscii, readRecords } from './records.ts'
import type { Git } from './source.ts'

export const logFormat = [
  '%H',
  '%P',
  '%ct',
  '%cE',
  '%an',
  '%ae',
  '%aN',
  '%aE',
  '%(trailers:key=Co-authored-by,key=Signed-off-by,key=Reviewed-by,separator=%x1f)',
].join('%x00')
const fieldCount = 9

/** An author as the log spells one; `address` and `name` are after `.mailmap`, the address in lower case. */
export type Identity = {
  readonly address: number
  readonly rawAddress: string
  readonly name: string
  readonly isBot: boolean
  readonly isMarkedBot: boolean
}

export type Mention = { readonly address: number; readonly name: string; readonly isBot: boolean }

/** Columns run from the newest commit to the oldest, in the order of `git log`. Times are seconds since 1970. */
export type History = {
  readonly size: number
  readonly times: readonly number[]
  readonly parents: readonly number[]
  readonly authors: readonly number[]
  readonly committers: readonly number[]
  readonly signoffs: readonly Signoff[]
  /** Only commits that name any; by row. */
  readonly coAuthors: ReadonlyMap<number, readonly number[]>
  readonly reviewers: ReadonlyMap<number, readonly number[]>
  readonly identities: readonly Identity[]
  readonly mentions: readonly Mention[]
  /** Latin1 text, one character per byte. */
  readonly addresses: readonly string[]
  readonly roots: number
  /** Pairs in which a parent's committer time is later than its child's. */
  readonly inversions: number
}

export const Signoff = { none: 0, some: 1, matching: 2 } as const
export type Signoff = (typeof Signoff)[keyof typeof Signoff]

const trailerPattern = /^(co-authored-by|signed-off-by|reviewed-by)\s*:\s*([\s\S]*)$/i
const addressPattern = /<([^<>]*)>\s*$/

/** The address in `Name <address>`, in lower case; the whole text when there are no brackets. */
export const addressOf = (text: string): string => lowerAscii((addressPattern.exec(text)?.[1] ?? text).trim())
const nameOf = (text: string): string => text.replace(/<[^<>]*>\s*$/, '').trim()

type Pass = {
  readonly rule: BotRule
  readonly columns: { [Name in 'times' | 'parents' | 'authors' | 'committers' | 'keys']: number[] }
  readonly signoffs: Signoff[]
  readonly coAuthors: Map<number, number[]>
  readonly reviewers: Map<number, number[]>
  readonly edges: { children: number[]; parents: number[] }
  readonly named: Map<string, number>
  readonly identities: Identity[]
  readonly known: Map<string, number>
  readonly mentions: Mention[]
  readonly mentioned: Map<string, number>
  readonly addresses: string[]
  roots: number
}

/** Cost: one `git log` and about 60 bytes a commit. Windows are filtered over the whole set, since clocks run backwards. */
export async function readHistory(
  git: Git,
  commit: string,
  { rule, progress }: { rule: BotRule; progress?: (commits: number) => void },
): Promise<History> {
  const pass = emptyPass(rule)
  await readRecords(git.log({ from: commit, format: logFormat, mailmap: commit }), fieldCount, fields => {
    addCommit(pass, fields)
    const done = pass.columns.times.length
    if (progress && done % 5000 === 0) progress(done)
    return undefined
  })
  progress?.(pass.columns.times.length)
  const { times, parents, authors, committers, keys } = pass.columns
  const { signoffs, coAuthors, reviewers, identities, mentions, addresses, roots, edges } = pass
  return {
    ...{ size: times.length, times, parents, authors, committers, signoffs, coAuthors, reviewers },
    ...{ identities, mentions, addresses, roots, inversions: countInversions(times, keys, edges) },
  }
}

const emptyPass = (rule: BotRule): Pass => ({
  rule,
  columns: { times: [], parents: [], authors: [], committers: [], keys: [] },
  ...{ signoffs: [], coAuthors: new Map(), reviewers: new Map(), edges: { children: [], parents: [] } },
  ...{ named: new Map(), identities: [], known: new Map(), mentions: [], mentioned: new Map() },
  ...{ addresses: [], roots: 0 },
})

function addCommit(pass: Pass, fields: readonly string[]): void {
  const [id = '', parentIds = '', time = '', committer = '', name = '', rawAddress = '', mappedName = '', mapped = ''] =
    fields
  const row = pass.columns.times.length
  const author = identityOf(pass, [name, rawAddress, mappedName, mapped])
  pass.columns.times.push(Number(time))
  pass.columns.keys.push(idKey(id))
  pass.columns.parents.push(addEdges(pass, row, parentIds))
  pass.columns.authors.push(author)
  pass.columns.committers.push(addressIndex(pass, lowerAscii(committer)))
  pass.signoffs.push(addTrailers(pass, row, fields[8] ?? ''))
}

function addEdges(pass: Pass, row: number, parentIds: string): number {
  if (parentIds === '') {
    pass.roots += 1
    return 0
  }
  const ids = parentIds.split(' ')
  for (const id of ids) {
    pass.edges.children.push(row)
    pass.edges.parents.push(idKey(id))
  }
  return ids.length
}

function addressIndex(pass: Pass, address: string): number {
  const found = pass.known.get(address)
  if (found !== undefined) return found
  pass.known.set(address, pass.addresses.length)
  return pass.addresses.push(address) - 1
}

function identityOf(pass: Pass, [name, rawAddress, mappedName, mapped]: [string, string, string, string]): number {
  const key = `${name}\0${rawAddress}\0${mappedName}\0${mapped}`
  const found = pass.named.get(key)
  if (found !== undefined) return found
  const address = lowerAscii(mapped)
  pass.named.set(key, pass.identities.length)
  const marked = `${name}\0${rawAddress}`.includes('[bot]')
  const bot = marked || isBot(pass.rule, { name, address: lowerAscii(rawAddress) })
  const identity = { address: addressIndex(pass, address), rawAddress, name: mappedName }
  return pass.identities.push({ ...identity, isBot: bot, isMarkedBot: marked }) - 1
}

function mentionOf(pass: Pass, text: string): number {
  const found = pass.mentioned.get(text)
  if (found !== undefined) return found
  const [name, address] = [nameOf(text), addressOf(text)]
  pass.mentioned.set(text, pass.mentions.length)
  const bot = isBot(pass.rule, { name, address })
  return pass.mentions.push({ address: addressIndex(pass, address), name, isBot: bot }) - 1
}

function addTrailers(pass: Pass, row: number, text: string): Signoff {
  let signoff: Signoff = Signoff.none
  if (text === '') return signoff
  for (const trailer of text.split('\x1f')) {
    const [, key = '', value = ''] = trailerPattern.exec(trailer) ?? []
    if (value.trim() === '') continue
    const kind = key.toLowerCase()
    if (kind === 'signed-off-by')
      signoff = Math.max(signoff, signoffOf(pass, row, value)) as Signoff // both are Signoff
    else append(kind === 'reviewed-by' ? pass.reviewers : pass.coAuthors, row, mentionOf(pass, value))
  }
  return signoff
}

function signoffOf(pass: Pass, row: number, value: string): Signoff {
  const author = pass.identities[pass.columns.authors[row] ?? -1]
  const address = addressOf(value)
  const own = author && (address === pass.addresses[author.address] || address === lowerAscii(author.rawAddress))
  return own ? Signoff.matching : Signoff.some
}

function append(lists: Map<number, number[]>, row: number, item: number): void {
  const list = lists.get(row)
  if (list) list.push(item)
  else lists.set(row, [item])
}
