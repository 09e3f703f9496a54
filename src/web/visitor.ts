// Who asks: read from the session cookie, or from an API key.
import { capacitiesOf } from '#acts/capacity.ts'
import type { Account, Visitor, WebParts } from './parts.ts'

const nobody: Visitor = { by: { nobody: true } }

/** As whom an account acts, and nothing that only a page shows. */
export async function byOf(
  parts: Pick<WebParts, 'personOf'>,
  account: Account | undefined,
): Promise<Pick<Visitor, 'by' | 'account'>> {
  if (!account) return nobody
  const person = await parts.personOf(account.id)
  return { by: person ? { person } : { newcomer: true, account: account.id }, account }
}

export async function visitorOf(parts: WebParts, account: Account | undefined): Promise<Visitor> {
  const { by } = await byOf(parts, account)
  if (!account) return nobody
  if (!('person' in by)) return { by, account, viewer: { name: account.email, capacities: [] } }
  const { engine, read } = parts
  const { person } = by
  const [name, capacities] = await Promise.all([
    parts.nameOf(person),
    capacitiesOf(engine.registry, read, { person, at: parts.now() }),
  ])
  return { by, account, viewer: { person, name, capacities } }
}

export const visitorOfRequest = async (parts: WebParts, headers: Headers): Promise<Visitor> =>
  headers.has('cookie') ? visitorOf(parts, await parts.signIn.accountOf(headers)) : nobody
