// The acting person as the charter's rules see them here: a member of their employers, which are members of whoever controls them.

import { z } from 'zod'
import type { Entity } from '#acts/charter.ts'
import type { Portrayal } from '#acts/domain.ts'
import { dayOf } from '#base/instants.ts'
import { employersOf } from './affiliations.ts'
import { controllersAbove } from './control.ts'
import { controlsAbout } from './organisations.ts'
import { holdsOn } from './rules.ts'
import type { OrganisationId } from './words.ts'

const uidOf = (id: OrganisationId) => ({ type: 'Organisation', id })

/** `principal in Organisation::"org_…"` holds for an employer and for every company above it. */
export const portrayal: Portrayal = {
  attributes: z.object({}),
  async of(read, person, at) {
    const employers = person ? await employersOf(read, person, at) : []
    if (employers.length === 0) return { attrs: {} }
    const controls = await controlsAbout(read)
    const all = new Set([...employers, ...controllersAbove(controls, employers, dayOf(at))])
    const parentsOf = (id: OrganisationId) =>
      controls.filter(one => one.child === id && holdsOn(one, dayOf(at))).map(one => uidOf(one.parent))
    const entities: Entity[] = [...all].sort().map(id => ({ uid: uidOf(id), attrs: {}, parents: parentsOf(id) }))
    return { attrs: {}, parents: employers.map(uidOf), entities }
  },
}
