// EmailMap, EmailAliases and GroupMap: an address or a domain and its employer, `< day` being the first day it no longer holds.
import { isHost } from '../addresses.ts'
import { isIndependent, isUnknown } from '../companies.ts'
import { emptyRegister, type LineFault, type Register, type Stint } from '../words.ts'
import { addressIn, fault, isDay, type Line, linesOf } from './lines.ts'

type Mapped = { key: string; company: string; until: string | null; line: number }

function mappedIn({ number, text }: Line): Mapped | undefined | LineFault {
  const [key = '', ...rest] = text.trim().split(/\s+/)
  const [name = '', until, ...more] = rest.join(' ').split(/\s*<\s*/)
  const address = addressIn(key)
  if (!address && !isHost(key.toLowerCase())) return fault(number, 'an address or a domain, then an employer', text)
  if (name === '' || more.length > 0) return fault(number, 'the name of an employer', rest.join(' ') || 'none')
  if (until !== undefined && !isDay(until)) return fault(number, 'a day such as 2026-02-10 after <', until)
  if (isUnknown(name)) return undefined
  return { key: address ?? key.toLowerCase(), company: name, until: until ?? null, line: number }
}

const endOf = ({ until }: Mapped): string => until ?? '9999-12-31'

/** Several lines of one key follow one another: each begins where the one before it ends. */
function periodsOf(lines: readonly Mapped[]): { stints: (Stint & { line: number })[]; faults: LineFault[] } {
  const sorted = [...lines].sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1))
  const faults = sorted
    .filter((one, index) => index > 0 && endOf(one) === endOf(sorted[index - 1] ?? one))
    .map(({ line }) => fault(line, 'one employer at a time for each address or domain', 'a second one'))
  const stints = sorted.map(({ company, until, line }, index) => ({
    company: isIndependent(company) ? null : company,
    from: sorted[index - 1]?.until ?? null,
    until,
    isContested: false,
    line,
  }))
  return { stints, faults }
}

const bare = ({ line: _, ...stint }: Stint & { line: number }): Stint => stint

export function readEmailMap(text: string): Register {
  const read = linesOf(text).map(mappedIn)
  const lines = read.filter(one => one !== undefined && 'key' in one)
  const faults = read.filter(one => one !== undefined && 'expected' in one)
  const keys = [...Map.groupBy(lines, ({ key }) => key)].map(([key, own]) => ({ key, ...periodsOf(own) }))
  const domains = keys.filter(({ key }) => !key.includes('@'))
  const nobodys = domains.flatMap(({ stints }) =>
    stints
      .filter(({ company }) => company === null)
      .map(({ line }) => fault(line, 'a company for a domain', 'Independent')),
  )
  return {
    ...emptyRegister,
    people: keys
      .filter(({ key }) => key.includes('@'))
      .map(({ key, stints }) => ({ addresses: [key], stints: stints.map(bare) })),
    domains: domains.flatMap(({ key, stints }) =>
      stints.flatMap(({ company, from, until }) => (company === null ? [] : [{ domain: key, company, from, until }])),
    ),
    faults: [...faults, ...keys.flatMap(one => one.faults), ...nobodys].sort((a, b) => a.line - b.line),
  }
}

/** Periods lose their beginnings in this form where something else came before them that it cannot say. */
export function writeEmailMap({ people, domains }: Pick<Register, 'people' | 'domains'>): string {
  const line = (key: string, company: string | null, until: string | null): string =>
    `${key} ${company ?? 'Independent'}${until ? ` < ${until}` : ''}`
  const ofPeople = people.flatMap(({ addresses, stints }) =>
    addresses.flatMap(address =>
      stints.filter(one => !one.isContested).map(({ company, until }) => line(address, company, until)),
    ),
  )
  return [...domains.map(({ domain, company, until }) => line(domain, company, until)), ...ofPeople]
    .join('\n')
    .concat('\n')
}

export function readEmailAliases(text: string): Register {
  const read = linesOf(text).map(({ number, text: line }) => {
    const [alias, of, ...more] = line.trim().split(/\s+/).map(addressIn)
    return alias && of && more.length === 0
      ? { address: alias, of }
      : fault(number, 'an address and the one that it stands for', line)
  })
  return {
    ...emptyRegister,
    aliases: read.filter(one => 'of' in one),
    faults: read.filter(one => 'expected' in one),
  }
}

export const writeEmailAliases = ({ aliases }: Pick<Register, 'aliases'>): string =>
  aliases
    .map(({ address, of }) => `${address} ${of}`)
    .join('\n')
    .concat('\n')

/** The file beside the map holds addresses only; whose they are stands in the map. */
export function readGroupMap(text: string, employer: string): Register {
  const read = linesOf(text).map(({ number, text: line }) => addressIn(line) ?? fault(number, 'one address', line))
  const stint = { company: isIndependent(employer) ? null : employer, from: null, until: null, isContested: false }
  return {
    ...emptyRegister,
    people: read.filter(one => typeof one === 'string').map(address => ({ addresses: [address], stints: [stint] })),
    faults: read.filter(one => typeof one !== 'string'),
  }
}
