// Core maintainers: who is listed, and who of them certainly took part in the last year. Names stay inside this file.
import { z } from 'zod'
import type { History } from '../history.ts'
import { lowerAscii, utf8 } from '../records.ts'
import { effectiveOwners, straysOf } from '../requiredFiles.ts'
import { addressText, authorOf, lastDays } from '../windows.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, printable, readAll, type Spot, spot, unreadFinding } from './check.ts'
import { ownerLines } from './presence.ts'

type Listed = { readonly handle?: string; readonly address?: string; readonly name?: string }

const heading = /^(#{1,6})\s+(.*)$|^(.+)\n(?:=+|-+)$/
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
  for (const line of text.split(/\r?\n/)) {
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
  const isItem = /^\s*(?:[-*+]|\d+[.)])\s+\S|^\s*\|/.test(line)
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

/** Persons who are certainly distinct: an entry that shares a handle, an address or a name with another is the same. */
function distinct(listed: readonly Listed[]): Listed[] {
  const seen = new Set<string>()
  return listed.filter(({ handle, address, name }) => {
    const keys = [handle && `@${handle}`, address, name && `n ${name}`].filter(key => key !== undefined)
    const isNew = !keys.some(key => seen.has(key))
    for (const key of keys) seen.add(key)
    return isNew
  })
}

type Active = { readonly addresses: Set<string>; readonly names: Set<string>; readonly logins: Set<string> }

const forgeAlias = /^(?:\d+\+)?([^@]+)@users\.noreply\./

function activeIn(history: History, rows: readonly number[]): Active {
  const active: Active = { addresses: new Set(), names: new Set(), logins: new Set() }
  const add = (address: string, name?: string) => {
    active.addresses.add(address)
    const login = forgeAlias.exec(address)?.[1]
    if (login) active.logins.add(login)
    if (name?.includes(' ')) active.names.add(utf8(name).toLowerCase())
  }
  for (const row of rows) {
    const { address, rawAddress, name, isBot } = authorOf(history, row)
    if (!isBot) add(addressText(history, address), name)
    if (!isBot) add(lowerAscii(rawAddress))
    add(addressText(history, history.committers[row] ?? -1))
    for (const index of [...(history.coAuthors.get(row) ?? []), ...(history.reviewers.get(row) ?? [])]) {
      const mention = history.mentions[index]
      if (mention && !mention.isBot) add(addressText(history, mention.address), mention.name)
    }
  }
  return active
}

const isActive = (active: Active, { handle, address, name }: Listed): boolean =>
  (handle !== undefined && active.logins.has(handle)) ||
  (address !== undefined && active.addresses.has(address)) ||
  (name !== undefined && active.names.has(name))

const Parameters = z.strictObject({
  minimum: z.number().int().min(1),
  days: z.number().int().min(1).default(365),
})

export const maintainers = check('maintainers', Parameters, async (facts, { minimum, days }) => {
  const lists = await readAll(facts, [...facts.found.maintainers])
  const documents = await readAll(facts, [...facts.found.governance, ...facts.found.charter, ...facts.found.readme])
  const owner = effectiveOwners(facts.found.codeowners)
  const owners = await readAll(facts, owner ? [owner] : [])
  const unread = [...lists.unread, ...documents.unread, ...owners.unread].find(file => file.state === 'unread')
  const sections = documents.texts.map(file => ({
    file,
    entries: listedIn(file.text, /\b(?:maintainers?|committers?|core team|steering)\b/i),
  }))
  const sources = [
    ...lists.texts.map(file => ({ file, entries: listedIn(file.text) })),
    ...sections.filter(({ entries }) => entries.length > 0),
    ...owners.texts.map(file => ({ file, entries: ownersIn(file.text) })),
  ]
  const listed = distinct(sources.flatMap(({ entries }) => entries))
  const active = activeIn(facts.history, lastDays(facts.history, facts.asOf, days))
  const proven = listed.filter(entry => isActive(active, entry)).length
  const teams = owners.texts.some(file => teamPattern.test(file.text))
  const evidence: Spot[] = sources.map(({ file }) => spot(facts, file.path))
  const counts = { listed: listed.length, proven, sources: sources.length }
  if (unread && proven < minimum) return unreadFinding(unread)
  if (sources.length === 0) return { ...(await namedElsewhere(facts)), measured: counts }
  return { ...weigh(counts, { minimum, days, teams, hasList: lists.texts.length > 0 }), evidence, measured: counts }
})

const namesPeople = /^[ \t]*(?:"maintainers"\s*:|maintainers\s*=|\[\[?project\.maintainers)/m
const metadata = /^(?:[^/]+\/){0,2}(?:pyproject\.toml|package\.json|setup\.cfg)$/

/** Packages and lists of authors name people, though not always those who maintain: a person reads them. */
async function namedElsewhere(facts: Facts): Promise<Finding> {
  const { texts } = await readAll(facts, facts.files.matching(metadata))
  const said = texts.find(({ text }) => namesPeople.test(text))?.path ?? straysOf(facts.files, 'maintainers')[0]
  const says =
    'No file of the repository lists maintainers: no MAINTAINERS, CODEOWNERS or list in the governance document.'
  if (!said) return { outcome: 'fail', says }
  return {
    outcome: 'needs-person',
    says: `No MAINTAINERS, CODEOWNERS or list in the governance document; ${printable(said)} names people, which a person reads.`,
    evidence: [spot(facts, said)],
  }
}

type Counts = { readonly listed: number; readonly proven: number; readonly sources: number }
type Terms = { readonly minimum: number; readonly days: number; readonly teams: boolean; readonly hasList: boolean }

function weigh({ listed, proven }: Counts, { minimum, days, teams, hasList }: Terms): Finding {
  const says = `${plural(listed, 'maintainer')} listed; commits of the last ${days} days can be tied to ${proven} of them; ${minimum} are expected.`
  if (proven >= minimum) return { outcome: 'pass', says }
  if (listed >= minimum) return { outcome: 'unknown', says: `${says} The forge's accounts would settle the others.` }
  if (teams) return { outcome: 'unknown', says: `${says} Teams are named, whose members only the forge knows.` }
  if (hasList) return { outcome: 'needs-person', says: `${says} A person reads the list.` }
  return { outcome: 'fail', says }
}
