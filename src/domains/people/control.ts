// The tree of control between organisations: pure walks over dated statements.
import type { Day } from '#base/instants.ts'
import { holdsOn, shared } from './rules.ts'
import type { Control, OrganisationId, Period } from './words.ts'

type Edge = Pick<Control, 'child' | 'parent'> & Period

/**
 * Whether on some day of the new statement its parent would be controlled, through however many others, by its child.
 * Ends for every graph: the window of days only shrinks, and nothing is entered twice with the same days.
 */
export function closesCircle(controls: readonly Edge[], added: Edge): boolean {
  const seen = new Set<string>()
  const reaches = (from: OrganisationId, window: Period): boolean => {
    if (from === added.child) return true
    const key = `${from} ${window.from} ${window.until}`
    if (seen.has(key)) return false
    seen.add(key)
    return controls.some(edge => {
      const days = edge.child === from ? shared(window, edge) : undefined
      return days !== undefined && reaches(edge.parent, days)
    })
  }
  return reaches(added.parent, added)
}

/** Everything reached from these by one step again and again, without the start unless it is reached. */
function reached(start: readonly OrganisationId[], step: (from: OrganisationId) => readonly OrganisationId[]) {
  const found = new Set<OrganisationId>()
  const open = [...start]
  for (let from = open.pop(); from !== undefined; from = open.pop())
    for (const next of step(from))
      if (!found.has(next)) {
        found.add(next)
        open.push(next)
      }
  return found
}

const inForce = (controls: readonly Edge[], day: Day): readonly Edge[] => controls.filter(edge => holdsOn(edge, day))

/** All companies above these on this day, sorted, the given ones left out unless they control one another. */
export function controllersAbove(
  controls: readonly Edge[],
  organisations: readonly OrganisationId[],
  day: Day,
): OrganisationId[] {
  const now = inForce(controls, day)
  return [...reached(organisations, from => now.filter(one => one.child === from).map(one => one.parent))].sort()
}

/** The organisation with everything tied to it by control on this day, up, down and across; sorted, itself included. */
export function groupAround(controls: readonly Edge[], organisation: OrganisationId, day: Day): OrganisationId[] {
  const now = inForce(controls, day)
  const tied = (from: OrganisationId) =>
    now.flatMap(one => (one.child === from ? [one.parent] : one.parent === from ? [one.child] : []))
  return [...reached([organisation], tied).add(organisation)].sort()
}
