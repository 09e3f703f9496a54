// Which acts a rule can be about, from its head alone: where none forbids and one grants to all, nobody need be asked about.
import { type PolicyJson, policyToJson } from '@cedar-policy/cedar-wasm/nodejs'

/** Our schema has no groups of actions, so `in` names the actions themselves. Anything unknown may be about every act. */
function isAbout({ action }: PolicyJson, act: string): boolean {
  if (action.op === '==' && 'entity' in action) return idOf(action.entity) === act
  if (action.op === 'in' && 'entities' in action) return action.entities.some(entity => idOf(entity) === act)
  if (action.op === 'in' && 'entity' in action) return idOf(action.entity) === act
  return true
}

const idOf = (entity: { readonly id: string } | { readonly __entity: { readonly id: string } }): string =>
  '__entity' in entity ? entity.__entity.id : entity.id

const isAnybody = ({ principal }: PolicyJson): boolean =>
  principal.op === 'All' || (principal.op === 'is' && principal.entity_type === 'Person' && !('in' in principal))

const isAnywhere = ({ resource }: PolicyJson): boolean =>
  resource.op === 'All' || (resource.op === 'is' && resource.entity_type === 'House' && !('in' in resource))

const grantsToAll = (policy: PolicyJson): boolean =>
  policy.effect === 'permit' && policy.conditions.length === 0 && isAnybody(policy) && isAnywhere(policy)

/** False only where the rules allow this act to everybody in every case; a rule that Cedar cannot read may deny all. */
export function mayDenyBy(sources: readonly string[]): (act: string) => boolean {
  const read = sources.map(source => policyToJson(source))
  const policies = read.flatMap(answer => (answer.type === 'success' ? [answer.json] : []))
  const isReadable = policies.length === sources.length
  return act => {
    const about = policies.filter(policy => isAbout(policy, act))
    return !isReadable || about.some(({ effect }) => effect === 'forbid') || !about.some(grantsToAll)
  }
}
