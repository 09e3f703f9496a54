// Who is a machine: a versioned list kept as data, so that a changed list is a changed rule and shows as one.
import rules from './data/bots.json' with { type: 'json' }

export type BotRule = {
  readonly version: string
  readonly marks: readonly string[]
  readonly names: ReadonlySet<string>
  readonly addresses: ReadonlySet<string>
  readonly addressEnds: readonly string[]
}

/** A criteria file may name its own foundation's machines; its hash then covers them. */
export type Machines = { readonly names: readonly string[]; readonly addresses: readonly string[] }

export const botRuleWith = ({ names, addresses }: Machines): BotRule => ({
  version: rules.version,
  marks: rules.marks,
  names: new Set([...rules.names, ...names.map(name => name.toLowerCase())]),
  addresses: new Set([...rules.addresses, ...addresses.map(address => address.toLowerCase())]),
  addressEnds: rules.addressEnds,
})

/** A name counts only as a whole: a person whose first name is an agent's is a person. */
export const isBot = (rule: BotRule, { name, address }: { name: string; address: string }): boolean =>
  rule.addresses.has(address) ||
  rule.names.has(name.toLowerCase()) ||
  rule.marks.some(mark => name.includes(mark) || address.includes(mark)) ||
  rule.addressEnds.some(end => address.endsWith(end))
