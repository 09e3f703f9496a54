// Core maintainers: who is listed, and how many of them certainly took part in the last year. Names stay inside this file.
import { z } from 'zod'
import type { FileText } from '../files.ts'
import type { History } from '../history.ts'
import { lowerAscii, utf8 } from '../records.ts'
import { effectiveOwners, straysOf } from '../requiredFiles.ts'
import { addressText, authorOf, lastDays } from '../windows.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, printable, readAll, type Spot, spot, unreadFinding } from './check.ts'
import { linkedFinding } from './mentions.ts'
import { ownerLines } from './presence.ts'

type Listed = { readonly handle?: string; readonly address?: string; readonly name?: string }

const heading = /^(#{1,6})\s+(.*)$/
/** A line of signs under a title makes a heading in Markdown and reStructuredText. */
const underlined = /^([^\s#|*+-].{0,80})\r?\n(=|-|~|\^|")\2{2,}[ \t]*$/gm
const asHeadings = (text: string): string =>
  text.replace(underlined, (_, title: string, sign: string) => `${sign === '=' ? '#' : '##'} ${title}`)
const retired = /\b(?:emeritus|emeriti|retired|alumni|former|past|inactive)\b/i
const handlePattern =
  /(?:^|[\s([|,])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/.@-])|github\.com\/([A-Za-z0-9-]{1,39})(?=[\s)>\]|,]|\/?$)/
const addressPattern = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const teamPattern = /(?:^|\s)@[\w-]+\/[\w.-]+/

/** Entries of a list or table; sections about those who left are passed over. */
export function listedIn(text: string, inSection?: RegExp): Listed[] {
  const listed: Listed[] = []
  let level = 0
  let skips = inSection !== undefined
  for (const line of asHeadings(text).split(/\r?\n/)) {
    const [, marks = '', title = ''] = heading.exec(line) ?? []
    if (marks) {
      if (marks.length > level && level > 0 && !retired.test(title)) continue
      const wantedHere = inSection === undefined || inSection.test(title)
      level = !wantedHere || retired.test(title) ? 0 : marks.length
      skips = level === 0
      if (!retired.test(title) && inSection === undefined) skips = false
      continue
    }
    const entry = skips || retired.test(line) ? undefined : entryOf(line)
    if (entry) listed.push(entry)
  }
  return listed
}

/** `Name <address>`, `Name (@handle)` or a handle alone; a sentence that merely mentions somebody lists nobody. */
const startsWithPerson =
  /^\s*(?:\*\*)?(?:@[\w-]+\s*(?:[:,(|-]|$)|\[?\p{Lu}[\p{L}.'-]+(?:\s+[\p{L}.'-]+){0,3}\]?(?:\*\*)?\s*[:,(<|-])/u

/** One person a line: `- Name (@handle)`, `| Name | [handle](https://...) | Employer |`, `Name <address>`. */
function entryOf(line: string): Listed | undefined {
  if (/^\s*\|?[\s:|-]+\|?\s*$/.test(line)) return undefined
  const isItem = /^\s*(?:[-*+]|\d+[.)])\s+\S|^\s*\||^M:\s/.test(line)
  const [, at, link] = handlePattern.exec(line) ?? []
  const handle = (at ?? link)?.toLowerCase()
  const address = addressPattern.exec(line)?.[0].toLowerCase()
  if (!handle && !address) return undefined
  if (!isItem && !startsWithPerson.test(line)) return undefined
  return { handle, address, name: nameIn(line) }
}

const nameIn = (line: string): string | undefined => {
  const plain = line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]/g, '')
  const name = /[\p{Lu}][\p{L}'.-]+(?:\s+[\p{Lu}][\p{L}'.-]*){1,3}/u.exec(plain)?.[0]
  return name?.toLowerCase()
}

const ownersIn = (text: string): Listed[] =>
  ownerLines(text).flatMap(line =>
    line
      .split(/\s+/)
      .slice(1)
      .filter(owner => owner.includes('@') && !teamPattern.test(` ${owner}`))
      .map(owner =>
        owner.startsWith('@') ? { handle: owner.slice(1).toLowerCase() } : { address: owner.toLowerCase() },
      ),
  )

/** One spelling of somebody active: address, name and forge login, where they are known. */
type Active = { readonly address: string; readonly name: string; readonly login: string }

const forgeAlias = /^(?:\d+\+)?([^@]+)@users\.noreply\./
/** A single word is too little to tell two people apart, or to say that two are one. */
const fullName = (name: string): string => (name.trim().includes(' ') ? utf8(name).trim().toLowerCase() : '')

function activeIn(history: History, rows: readonly number[]): Active[] {
  const active = new Map<string, Active>()
  const add = (address: string, name = '') => {
    const one = { address, name: fullName(name), login: forgeAlias.exec(address)?.[1] ?? '' }
    active.set(`${one.address}\0${one.name}`, one)
  }
  for (const row of rows) {
    const { address, rawAddress, name, isBot } = authorOf(history, row)
    if (!isBot) add(addressText(history, address), name)
    if (!isBot) add(lowerAscii(rawAddress), name)
    add(addressText(history, history.committers[row] ?? -1))
    for (const index of [...(history.coAuthors.get(row) ?? []), ...(history.reviewers.get(row) ?? [])]) {
      const mention = history.mentions[index]
      if (mention && !mention.isBot) add(addressText(history, mention.address), mention.name)
    }
  }
  return [...active.values()]
}

const isSame = (one: Active, { handle, address, name }: Listed): boolean =>
  (handle !== undefined && one.login === handle) ||
  (address !== undefined && one.address === address) ||
  (name !== undefined && one.name === name)

/** Groups of things that share a key, directly or by way of others. */
function groupsBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Item[][] {
  const groups: { items: Item[]; keys: Set<string> }[] = []
  for (const item of items) {
    const keys = keysOf(item)
    const touched = groups.filter(group => keys.some(key => group.keys.has(key)))
    const merged = { items: touched.flatMap(group => group.items), keys: new Set(keys) }
    for (const group of touched) {
      for (const key of group.keys) merged.keys.add(key)
      groups.splice(groups.indexOf(group), 1)
    }
    groups.push({ items: [...merged.items, item], keys: merged.keys })
  }
  return groups.map(group => group.items)
}

const keysOf = ({ handle, address, name }: Listed): string[] =>
  [handle && `@${handle}`, address, name && `n ${name}`].filter(key => key !== undefined && key !== '') as string[] // filtered

/**
 * Too few rather than too many: entries that share a handle, an address or a name are one person, and so are entries whose
 * commits carry the same address or full name, such as a login in one file and an address in another.
 */
export function countPeople(listed: readonly Listed[], active: readonly Active[]): { listed: number; proven: number } {
  const entries = listed.map(entry => ({ entry, seen: active.filter(one => isSame(one, entry)) }))
  const people = groupsBy(entries, ({ entry, seen }) => [
    ...keysOf(entry),
    ...seen.flatMap(({ address, name }) => [address, ...(name ? [`n ${name}`] : [])]),
  ])
  return { listed: people.length, proven: people.filter(group => group.some(({ seen }) => seen.length > 0)).length }
}

const Parameters = z.strictObject({
  minimum: z.number().int().min(1),
  days: z.number().int().min(1).default(365),
})

const section = /\b(?:maintainers?|committers?|core (?:team|developers|contributors)|steering)\b/i
type Text = Extract<FileText, { state: 'text' }>
type Source = { readonly file: Text; readonly entries: readonly Listed[] }

/** Lists, sections of the governance document and the README, and owners of code. */
async function sourcesOf(facts: Facts) {
  const lists = await readAll(facts, facts.found.maintainers)
  const { governance, charter, readme, contributing } = facts.found
  const documents = await readAll(facts, [...governance, ...charter, ...readme, ...contributing])
  const owner = effectiveOwners(facts.found.codeowners)
  const owners = await readAll(facts, owner ? [owner] : [])
  const sources: Source[] = [
    ...lists.texts.map(file => ({ file, entries: listedIn(file.text) })),
    ...documents.texts
      .map(file => ({ file, entries: listedIn(file.text, section) }))
      .filter(({ entries }) => entries.length > 0),
    ...owners.texts.map(file => ({ file, entries: ownersIn(file.text) })),
  ]
  const unread = [...lists.unread, ...documents.unread, ...owners.unread].find(file => file.state === 'unread')
  const teams = owners.texts.some(file => teamPattern.test(file.text))
  return { sources, unread, teams, hasList: lists.texts.length > 0 }
}

export const maintainers = check('maintainers', Parameters, async (facts, { minimum, days }) => {
  const { sources, unread, teams, hasList } = await sourcesOf(facts)
  if (sources.length === 0) return unread ? unreadFinding(unread) : namedElsewhere(facts)
  const active = activeIn(facts.history, lastDays(facts.history, facts.asOf, days))
  const counts = countPeople(
    sources.flatMap(({ entries }) => entries),
    active,
  )
  const measured = { ...counts, sources: sources.length }
  if (unread && counts.proven < minimum) return unreadFinding(unread)
  const evidence: Spot[] = sources.map(({ file }) => spot(facts, file.path))
  return { ...weigh(counts, { minimum, days, teams, hasList }), evidence, measured }
})

const namesPeople = /^[ \t]*(?:"maintainers"\s*:|maintainers\s*=|\[\[?project\.maintainers)/m
const metadata = /^(?:[^/]+\/){0,2}(?:pyproject\.toml|package\.json|setup\.cfg)$/

/** Packages and lists of authors name people, though not always those who maintain: a person reads them. */
async function namedElsewhere(facts: Facts): Promise<Finding> {
  const { texts } = await readAll(facts, facts.files.matching(metadata))
  const said =
    texts.find(({ text }) => namesPeople.test(text))?.path ??
    straysOf(facts.files, 'maintainers')[0] ??
    straysOf(facts.files, 'governance')[0]
  const says =
    'No file of the repository lists maintainers: no MAINTAINERS, CODEOWNERS or list in the governance document.'
  if (!said)
    return linkedFinding(facts, {
      words: '(?:\\bmaintainers?|core team|core developers)\\b',
      none: { outcome: 'fail', says },
    })
  return {
    outcome: 'needs-person',
    says: `No MAINTAINERS, CODEOWNERS or list in the governance document; ${printable(said)} may name people, which a person reads.`,
    evidence: [spot(facts, said)],
  }
}

type Counts = { readonly listed: number; readonly proven: number }
type Terms = { readonly minimum: number; readonly days: number; readonly teams: boolean; readonly hasList: boolean }

function weigh({ listed, proven }: Counts, { minimum, days, teams, hasList }: Terms): Finding {
  const says = `${plural(listed, 'maintainer')} listed; commits of the last ${days} days can be tied to ${proven} of them; ${minimum} are expected.`
  if (proven >= minimum) return { outcome: 'pass', says }
  if (listed >= minimum) return { outcome: 'unknown', says: `${says} The forge's accounts would settle the others.` }
  if (teams) return { outcome: 'unknown', says: `${says} Teams are named, whose members only the forge knows.` }
  if (hasList) return { outcome: 'needs-person', says: `${says} A person reads the list.` }
  return { outcome: 'fail', says }
}
