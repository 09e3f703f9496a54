// The domains of the foundation, in their order of standing: each sees only those before it.
import type { Domain } from '#acts/domain.ts'
import { assessments } from '#domains/assessments/index.ts'
import { bodies } from '#domains/bodies/index.ts'
import { charterDomain, createShelf, type Shelf } from '#domains/charter/index.ts'
import { conduct } from '#domains/conduct/index.ts'
import { contributors } from '#domains/contributors/index.ts'
import { membership } from '#domains/membership/index.ts'
import { motions } from '#domains/motions/index.ts'
import { neutrality } from '#domains/neutrality/index.ts'
import { people } from '#domains/people/index.ts'
import { projects } from '#domains/projects/index.ts'
import { stewardship } from '#domains/stewardship/index.ts'
import type { Outside } from './outside.ts'

/** Every domain, with the shelf on which the charters lie that they ask. */
export function nameDomains(outside: Outside): { domains: readonly Domain[]; shelf: Shelf } {
  const shelf = createShelf(() => domains)
  const domains: readonly Domain[] = [
    charterDomain(shelf),
    people,
    contributors,
    bodies,
    membership,
    motions,
    assessments(outside),
    projects,
    stewardship(outside),
    neutrality(shelf),
    conduct,
  ]
  return { domains, shelf }
}
