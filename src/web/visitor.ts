// Who asks: read from the session cookie, or from an API key.
import { capacitiesOf } from '#acts/capacity.ts'
import type { Account, Visitor, WebParts } from './parts.ts'

const nobody: Visitor = { by: { nobody: true } }

export async function visitorOf(parts: WebParts, account: Account | undefined): Promise<Visitor> {
  if (!account) return nobody
  const person = await parts.personOf(account.id)
  if (!person) return { by: { newcomer: true }, account, viewer: { name: account.email, capacities: [] } }
  const { engine, read } = parts
  const [name, capacities] = await Promise.all([
    parts.nameOf(person),
    capacitiesOf(engine.registry, read, { person, at: parts.now() }),
  ])
  return { by: { person }, account, viewer: { person, name, capacities } }
}

export const visitorOfRequest = async (parts: WebParts, headers: Headers): Promise<Visitor> =>
  headers.has('cookie') ? visitorOf(parts, await parts.signIn.accountOf(headers)) : nobody
