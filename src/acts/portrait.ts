// The acting person as the charter's rules see them: attributes and parents gathered from every domain that knows some.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Actor } from './act.ts'
import type { Entity } from './charter.ts'
import type { Registry } from './registry.ts'

/**
 * The entity `Person` first, then what it may climb to. The clock and the operator are portrayed as a person without
 * seats or employers, so that rules about the thing done hold for them too.
 */
export async function portrait(
  registry: Pick<Registry, 'domains'>,
  read: Read,
  who: { actor: Actor; at: Instant },
): Promise<readonly Entity[]> {
  const { person, capacity } = who.actor
  const portrayals = registry.domains.flatMap(({ portrays }) => portrays ?? [])
  const parts = await Promise.all(portrayals.map(portrays => portrays.of(read, person, who.at)))
  const attrs: Record<string, unknown> = Object.assign({}, ...parts.map(part => part.attrs))
  const parents = parts.flatMap(part => part.parents ?? [])
  return [
    { uid: { type: 'Person', id: person ?? capacity }, attrs, parents },
    ...parts.flatMap(part => part.entities ?? []),
  ]
}
