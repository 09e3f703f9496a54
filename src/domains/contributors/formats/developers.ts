// The form of developers_affiliations files: a login with its addresses, then a line for each period. `!` stands for `@`.
import { addressOfLogin } from '../addresses.ts'
import { isIndependent, isUnknown } from '../companies.ts'
import { emptyRegister, type LineFault, type Register, type Stint } from '../words.ts'
import { addressIn, fault, isDay, type Line, linesOf } from './lines.ts'

type Person = { login: string; addresses: string[]; stints: Stint[] }

const heading = /^(\S[^:]*):\s*(.*)$/
const periods = /^(.*?)(?:\s+from\s+(\S+))?(?:\s+until\s+(\S+))?$/

/** A list too long for one line goes on under the same login. */
function headOf({ number, text }: Line): Person | LineFault {
  const [, login = '', list = ''] = heading.exec(text) ?? []
  if (!login || /\s/.test(login)) return fault(number, 'a login, a colon and addresses', text)
  const written = list.split(',').filter(one => one.trim() !== '')
  const addresses = written.map(addressIn)
  const known = addresses.filter(address => address !== undefined)
  return known.length < written.length
    ? fault(number, 'addresses with ! for @, parted by commas', 'another form')
    : { login: login.trim().toLowerCase(), addresses: known, stints: [] }
}

function stintOf({ number, text }: Line): Stint | undefined | LineFault {
  const [, written = '', from, until] = periods.exec(text.trim()) ?? []
  if ([from, until].some(day => day !== undefined && !isDay(day)))
    return fault(number, 'days such as 2026-02-10', text.trim())
  if (from && until && until <= from)
    return fault(number, 'a period that ends after it begins', `${from} until ${until}`)
  const isContested = /\*$/.test(written.trim())
  const name = written.trim().replace(/\s*\*$/, '')
  if (name === '') return fault(number, 'the name of a company, or Independent', 'none')
  if (isUnknown(name)) return undefined
  return { company: isIndependent(name) ? null : name, from: from ?? null, until: until ?? null, isContested }
}

/** The same address under two people is a fault: it would be counted for either. */
function shared(people: readonly (Person & { line: number })[]): LineFault[] {
  const first = new Map<string, { login: string; line: number }>()
  return people.flatMap(({ login, addresses, line }) =>
    [addressOfLogin(login), ...addresses].flatMap(address => {
      const other = first.get(address)
      if (!other) first.set(address, { login, line })
      return other && other.login !== login
        ? [fault(line, 'addresses that stand under one person', `one that stands in line ${other.line} too`)]
        : []
    }),
  )
}

export function readDevelopers(text: string): Register {
  const people: (Person & { line: number })[] = []
  const faults: LineFault[] = []
  for (const line of linesOf(text)) {
    const isStint = /^\s/.test(line.text)
    const read = isStint ? stintOf(line) : headOf(line)
    const last = people.at(-1)
    if (read === undefined) continue
    if ('expected' in read) faults.push(read)
    else if ('login' in read) people.push({ ...read, line: line.number })
    else if (last) last.stints.push(read)
    else faults.push(fault(line.number, 'a login with addresses before the first period', 'a period'))
  }
  const found = people.map(({ line: _, ...person }) => person)
  return { ...emptyRegister, people: found, faults: [...faults, ...shared(people)].sort((a, b) => a.line - b.line) }
}

const periodText = ({ company, from, until, isContested }: Stint): string =>
  `\t${company ?? 'Independent'}${isContested ? ' *' : ''}${from ? ` from ${from}` : ''}${until ? ` until ${until}` : ''}`

export const writeDevelopers = ({ people }: Pick<Register, 'people'>): string =>
  people
    .filter(({ stints }) => stints.length > 0)
    .map(({ login, addresses, stints }) => {
      const list = addresses.map(address => address.replace('@', '!')).join(', ')
      return [`${login ?? addresses[0]?.replace(/@.*$/, '')}: ${list}`, ...stints.map(periodText)].join('\n')
    })
    .join('\n')
    .concat('\n')
