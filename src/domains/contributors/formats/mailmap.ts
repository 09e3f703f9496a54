// The form of .mailmap: `Proper Name <proper@address> Commit Name <commit@address>`, of which the last stands for the first.
import { isAddress } from '../addresses.ts'
import { emptyRegister, type Register } from '../words.ts'
import { fault, linesOf } from './lines.ts'

const form = /^([^<>#]*)<([^<>]+)>(?:([^<>#]*)<([^<>]+)>)?\s*(?:#.*)?$/

/** A line with one address only gives a name to it and joins nothing. */
export function readMailmap(text: string): Register {
  const read = linesOf(text).map(({ number, text: line }) => {
    const [, name = '', proper = '', , commit] = form.exec(line.trim()) ?? []
    const addresses = [proper, commit ?? proper].map(one => one.trim().toLowerCase())
    if (!addresses.every(isAddress)) return fault(number, 'Name <address>, or Name <address> Name <address>', line)
    const [of = '', address = ''] = addresses
    return { address, of, ...(name.trim() !== '' && { name: name.trim() }) }
  })
  return { ...emptyRegister, aliases: read.filter(one => 'of' in one), faults: read.filter(one => 'expected' in one) }
}

export const writeMailmap = ({ aliases }: Pick<Register, 'aliases'>): string =>
  aliases
    .map(({ address, of, name }) => `${name ? `${name} ` : ''}<${of}>${address === of ? '' : ` <${address}>`}`)
    .join('\n')
    .concat('\n')
