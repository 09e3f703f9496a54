// The forms of published registers, both ways; and what a file comes to under the key of the pseudonyms.
import { addressOfLogin, foldedAddress, identityOf, saysNothing } from './addresses.ts'
import { readDevelopers, writeDevelopers } from './formats/developers.ts'
import { readMailmap, writeMailmap } from './formats/mailmap.ts'
import { readEmailAliases, readEmailMap, readGroupMap, writeEmailAliases, writeEmailMap } from './formats/maps.ts'
import type { Form, LineFault, Register, Span } from './words.ts'

export function readRegister(form: Form, text: string, employer = ''): Register {
  if (form === 'developers-affiliations') return readDevelopers(text)
  if (form === 'email-map') return readEmailMap(text)
  if (form === 'email-aliases') return readEmailAliases(text)
  return form === 'group-map' ? readGroupMap(text, employer) : readMailmap(text)
}

/** A GroupMap names one employer outside of itself; it is exported as an EmailMap. */
export function writeRegister(form: Form, register: Register): string {
  if (form === 'developers-affiliations') return writeDevelopers(register)
  if (form === 'email-aliases') return writeEmailAliases(register)
  return form === 'mailmap' ? writeMailmap(register) : writeEmailMap(register)
}

/** Without addresses: what an import states of whom. */
export type Rows = {
  readonly stints: readonly (Span & {
    readonly identity: string
    readonly company: string | null
    readonly isContested: boolean
  })[]
  readonly aliases: readonly { readonly identity: string; readonly of: string }[]
  readonly domains: readonly (Span & { readonly domain: string; readonly company: string })[]
}
export type Behind = { readonly identity: string; readonly address: string; readonly name?: string }

export type Derived = { readonly rows: Rows; readonly behind: readonly Behind[]; readonly faults: readonly LineFault[] }

/** Addresses of one person are joined to the first of them; domains where anybody may have an address are left out. */
export function derive(key: string, { people, domains, aliases, faults }: Register): Derived {
  const behind = new Map<string, Behind>()
  const idOf = (address: string, name?: string): string => {
    const identity = identityOf(key, address)
    const known = behind.get(identity)
    if (!known?.name) behind.set(identity, { identity, address: foldedAddress(address), ...(name && { name }) })
    return identity
  }
  const groups = people.map(({ login, addresses, stints }) => {
    const ids = [...new Set([...(login ? [addressOfLogin(login)] : []), ...addresses].map(one => idOf(one)))]
    return { ids, stints }
  })
  const joins = groups.flatMap(({ ids: [of = '', ...rest] }) => rest.map(identity => ({ identity, of })))
  const stints = groups.flatMap(({ ids: [identity = ''], stints: own }) => own.map(one => ({ identity, ...one })))
  const named = aliases.map(({ address, of, name }) => ({ identity: idOf(address), of: idOf(of, name) }))
  return {
    rows: {
      stints,
      aliases: [...joins, ...named.filter(({ identity, of }) => identity !== of)],
      domains: domains.filter(({ domain }) => !saysNothing(domain)),
    },
    behind: [...behind.values()],
    faults,
  }
}
