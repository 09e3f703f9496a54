// Follows redirects by hand, so that each new address stands under the same rules; git itself then follows none.
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { codeOf } from '#database/errors.ts'
import { type AddressRules, type Host, parseAddress, resolveHost } from './address.ts'
import { GitFailure } from './refusal.ts'

const mostRedirects = 5
/** Of the smart protocol; the old one without a server program is not spoken. */
const advertisement = 'application/x-git-upload-pack-advertisement'
const service = '/info/refs?service=git-upload-pack'

export type Waiting = AddressRules & { readonly seconds: number; readonly signal?: AbortSignal }

/** The host at which the repository answers in the end, resolved. */
export async function followRedirects(start: URL, waiting: Waiting): Promise<Host> {
  let url = start
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const host = await resolveHost(url, waiting)
    const { status, location, type } = await ask(host, waiting)
    if (status < 300 || status >= 400 || !location) {
      if ([401, 403, 404, 410].includes(status)) throw new GitFailure('not-found')
      if (status !== 200) throw new GitFailure('unreachable')
      if (type !== advertisement) throw new GitFailure('not-a-repository')
      return host
    }
    url = nextAddress(url, location, waiting)
  }
  throw new GitFailure('too-many-redirects')
}

function nextAddress(from: URL, location: string, rules: AddressRules): URL {
  const next = URL.parse(location, from.href.replace(/\/$/, '') + service)
  const end = next?.pathname.indexOf('/info/refs') ?? -1
  if (!next || end === -1) throw new GitFailure('not-a-repository')
  if (from.protocol === 'https:' && next.protocol !== 'https:') throw new GitFailure('unfit-address')
  return parseAddress(`${next.protocol}//${next.username ? '@' : ''}${next.host}${next.pathname.slice(0, end)}`, rules)
}

type Answer = { readonly status: number; readonly location?: string; readonly type?: string }

/** A name keeps the addresses that were checked: all of them, since this machine may reach one family only. */
export function heldTo(addresses: readonly string[]): LookupFunction {
  const all = addresses.map(address => ({ address, family: isIP(address) }))
  return (_, options, answer) => (options.all ? answer(null, all) : answer(null, all[0]?.address ?? '', all[0]?.family))
}

function ask({ url, addresses }: Host, { seconds, signal }: Waiting): Promise<Answer> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const asked = request(url.href.replace(/\/$/, '') + service, {
      method: 'GET',
      headers: { 'user-agent': 'git/guildhall', 'git-protocol': 'version=2' },
      lookup: heldTo(addresses),
      timeout: seconds * 1000,
      signal,
    })
    asked.once('timeout', () => asked.destroy(new GitFailure('too-slow')))
    asked.once('response', response => {
      response.on('error', () => undefined)
      asked.destroy()
      const { location, 'content-type': type } = response.headers
      resolve({ status: response.statusCode ?? 0, location, type })
    })
    asked.once('error', error => reject(whyUnasked(error, signal)))
    asked.end()
  })
}

/** As Node and OpenSSL name what is wrong with a certificate. */
const isUntrusted = (error: Error): boolean => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(codeOf(error) ?? '')

function whyUnasked(error: Error, signal?: AbortSignal): GitFailure {
  if (error instanceof GitFailure) return error
  if (signal?.aborted) return new GitFailure('stopped')
  return new GitFailure(isUntrusted(error) ? 'untrusted' : 'unreachable')
}
