// Which addresses may be asked for a repository: public https, no credentials, no other way into this machine.
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, isIPv4 } from 'node:net'
import { GitFailure } from './refusal.ts'

export type AddressRules = {
  /** For tests and private networks: plain http, and hosts whose addresses are not public. */
  readonly allowPrivate?: boolean
}

export type Host = { readonly url: URL; readonly port: number; readonly addresses: readonly string[] }

const longest = 2000

/** The parsed address; throws `unfit-address` without repeating any of it. */
export function parseAddress(text: string, { allowPrivate = false }: AddressRules = {}): URL {
  const isClean =
    text.length <= longest && !/[\p{Cc}\s\\]/u.test(text) && !text.startsWith('-') && !/^[\w+.-]*::/.test(text)
  const url = isClean ? URL.parse(text) : null
  const isHttp = url?.protocol === 'https:' || (allowPrivate && url?.protocol === 'http:')
  if (!url || !isHttp || url.username || url.password || !url.hostname) throw new GitFailure('unfit-address')
  if (/^[a-z]+:\/\/[^/]*@/i.test(text) || url.search || url.hash || url.hostname.startsWith('-'))
    throw new GitFailure('unfit-address')
  return url
}

/** Everything that is not the public internet, by IANA's special-purpose registries. */
const notPublic = new BlockList()
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(address, bits, 'ipv4')

/** Of IPv6 only global unicast is public, and of that not the parts that wrap an IPv4 address or are for documents. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
const notGlobal = new BlockList()
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notGlobal.addSubnet(address, bits, 'ipv6')

export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !notPublic.check(address, 'ipv4')
  return isIP(address) === 6 && globalUnicast.check(address, 'ipv6') && !notGlobal.check(address, 'ipv6')
}

/** Resolves the host once; git is then held to these addresses, so that a name cannot change under it. */
export async function resolveHost(url: URL, { allowPrivate = false }: AddressRules = {}): Promise<Host> {
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(name) ? [name] : await addressesOf(name)
  if (!allowPrivate && !addresses.every(isPublic)) throw new GitFailure('private-network')
  return { url, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80), addresses }
}

async function addressesOf(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address)
  } catch {
    throw new GitFailure('unknown-host')
  }
}
