// Addresses as commits spell them, folded to one spelling; which hosts say nothing about an employer; who merges by machine.
import { createHmac } from 'node:crypto'
import freemail from '#base/freemail.json' with { type: 'json' }
import machines from './data/machines.json' with { type: 'json' }

const free: ReadonlySet<string> = new Set(freemail.domains)
const mergers: ReadonlySet<string> = new Set(machines.addresses)

const forgeAlias = /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/

/** Lower case, and one form for a forge's aliases: the number that the forge puts before the login says nothing more. */
export function foldedAddress(address: string): string {
  const lower = address.trim().toLowerCase()
  const [, login] = forgeAlias.exec(lower) ?? []
  return login === undefined ? lower : addressOfLogin(login)
}

export const addressOfLogin = (login: string): string => `${login.toLowerCase()}@users.noreply.github.com`

/** The login in a forge's alias. */
export const loginOf = (address: string): string | undefined => forgeAlias.exec(address.toLowerCase())?.[1]

/** After the last `@`; empty where there is none. */
export const hostOf = (address: string): string =>
  address.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : ''

/** Mail providers and forges: anybody may have an address there. So may anybody below them. */
export const saysNothing = (host: string): boolean =>
  parentsOf(host).some(one => free.has(one)) || /(?:^|\.)noreply\.|^localhost$|\.local(?:domain)?$/.test(host)

/** `a.b.c` with `b.c`: the host and what it lies under, the nearest first; a bare top-level name is nobody's. */
export function parentsOf(host: string): string[] {
  const labels = host.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

export const isAddress = (text: string): boolean => /^[^\s@<>,!]+@[^\s@<>,!]+$/.test(text)
export const isHost = (text: string): boolean =>
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(text)

/** A forge's button or a merge queue: whoever pressed it, the commit does not say. */
export const isMergeMachine = (address: string): boolean =>
  mergers.has(address.toLowerCase()) || machines.starts.some(start => address.toLowerCase().startsWith(start))

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The first 100 bits of a keyed hash, so that nobody without the key can try addresses. */
export function keyed(prefix: string, key: string, text: string): string {
  const bytes = createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest()
  const bits = BigInt(`0x${bytes.subarray(0, 13).toString('hex')}`) >> 4n
  const letters = Array.from({ length: 20 }, (_, index) => alphabet[Number((bits >> BigInt(5 * (19 - index))) & 31n)])
  return `${prefix}_${letters.join('')}`
}

export const identityOf = (key: string, address: string): string => keyed('idn', key, foldedAddress(address))
