// Pure decisions about classes and what they bring.
import type { Class, Entitlement } from './terms.ts'
import type { Member } from './words.ts'

export const classOf = (classes: readonly Class[], key: string): Class | undefined =>
  classes.find(one => one.key === key)

/** In the charter's order; classes of one place by name. */
export const inOrder = (classes: readonly Class[]): readonly Class[] =>
  classes.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))

/** How many seats of a body a class has in all, with this many members in good standing. */
export const seatsDue = ({ seats, shared }: Entitlement, members: number): number =>
  shared ? (members > 0 ? seats : 0) : seats * members

export type ClassCount = { readonly class: Class; readonly good: number; readonly lapsed: number }

/** How many members each class has; a class without members is listed too. */
export const countByClass = (classes: readonly Class[], members: readonly Member[]): readonly ClassCount[] =>
  inOrder(classes).map(one => {
    const own = members.filter(member => member.class === one.key)
    const count = (standing: Member['standing']) => own.filter(member => member.standing === standing).length
    return { class: one, good: count('good'), lapsed: count('lapsed') }
  })

/** A membership that ends on the day it began was never one; it never ends before it began. */
export const endOf = ({ from }: Member, day: string): string => (from > day ? from : day)
