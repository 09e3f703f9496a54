// Organisations and who controls whom: adding, correcting, stating and ending control. Merging two entries of one
// organisation is left for later: until then the wrong one is renamed so that nobody picks it.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { slugOf } from '#base/ids.ts'
import { sayDay } from '#html/time.ts'
import { closesCircle } from './control.ts'
import { folded } from './names.ts'
import { controlsAbout, isSameName, organisationNamed, organisationsLike } from './organisations.ts'
import {
  addingClosed,
  alreadyControlled,
  controlInCircle,
  controlsItself,
  endsBeforeStart,
  noSuchOrganisation,
  notControlled,
  organisationKnown,
  organisationUnchanged,
} from './problems.ts'
import { sayPeriod, shared } from './rules.ts'
import type { PeopleTables } from './tables.ts'
import { organisations } from './terms.ts'
import {
  Homepage,
  independent,
  OrganisationId,
  OrganisationName,
  OrganisationRef,
  OrganisationSlug,
  PlausibleDay,
} from './words.ts'

const AskedHomepage = Homepage.optional().meta({ title: 'Homepage' })

/** Names in scripts that an address cannot show get a number of their own instead. */
const shortNameOf = (name: string, id: string): string => {
  const slug = slugOf(name)
  return slug === 'unnamed' || slug === independent ? `organisation-${id.slice(-6)}` : slug
}

export const addOrganisation = act({
  name: 'people.add-organisation',
  title: 'Add an organisation',
  describes: 'Adds a company, university or other organisation that people work for or that becomes a member.',
  under: organisations,
  by: ['staff', 'operator', 'participant'],
  takes: z.object({ name: OrganisationName, slug: OrganisationSlug.optional(), homepage: AskedHomepage }),
  records: z.object({
    organisation: OrganisationId,
    slug: z.string(),
    name: z.string(),
    homepage: z.string().nullable(),
  }),
  refuses: [addingClosed, organisationKnown],
  finds: ({ name, slug }, read) => organisationsLike(read, { name, slug: slug ?? slugOf(name) }),
  decides({ input, found, actor, term, fresh }) {
    if (actor.capacity === 'participant' && !term(organisations).participantsMayAdd) return refuse(addingClosed)
    const organisation = fresh('org')
    const slug = input.slug ?? shortNameOf(input.name, organisation)
    const known = found.find(one => one.slug === slug || isSameName(one.name, input.name))
    if (known) return refuse(organisationKnown, { detail: `“${known.name}” has the short name ${known.slug}.` })
    return { organisation, slug, name: input.name, homepage: input.homepage ?? null }
  },
  writes: (tx, { organisation, slug, name, homepage }) =>
    tx
      .on<PeopleTables>()
      .insertInto('organisations')
      .values({ id: organisation, slug, name, search: folded(name), homepage })
      .execute(),
  says: ({ organisation }) => `added ${organisation} to the organisations`,
})

export const correctOrganisation = act({
  name: 'people.correct-organisation',
  title: 'Rename or correct an organisation',
  describes: 'Corrects the name or the homepage of an organisation; its short name stays.',
  under: organisations,
  by: ['staff', 'operator'],
  takes: z.object({ organisation: OrganisationRef, name: OrganisationName, homepage: AskedHomepage }),
  records: z.object({ organisation: OrganisationId, name: z.string(), homepage: z.string().nullable() }),
  refuses: [noSuchOrganisation, organisationKnown, organisationUnchanged],
  finds: async ({ organisation, name }, read) => {
    const old = await organisationNamed(read, organisation)
    return { old, alike: old ? await organisationsLike(read, { name, slug: old.slug }) : [] }
  },
  decides({ input, found: { old, alike } }) {
    if (!old) return refuse(noSuchOrganisation)
    const homepage = input.homepage ?? null
    if (old.name === input.name && old.homepage === homepage) return refuse(organisationUnchanged)
    const known = alike.find(one => one.id !== old.id && isSameName(one.name, input.name))
    if (known) return refuse(organisationKnown, { detail: `“${known.name}” has the short name ${known.slug}.` })
    return { organisation: old.id, name: input.name, homepage }
  },
  writes: (tx, { organisation, name, homepage }) =>
    tx
      .on<PeopleTables>()
      .updateTable('organisations')
      .set({ name, search: folded(name), homepage })
      .where('id', '=', organisation)
      .execute(),
  says: ({ organisation, name }) => `corrected ${organisation}, now called “${name}”`,
})

const Child = OrganisationRef.meta({ title: 'Controlled organisation' })
const Parent = OrganisationRef.meta({ title: 'Controlled by' })

export const stateControl = act({
  name: 'people.state-control',
  title: 'State who controls an organisation',
  describes:
    'States that one organisation is controlled by another for a period; rules about interests then look up to the parent.',
  under: organisations,
  by: ['staff', 'operator'],
  takes: z.object({
    child: Child,
    parent: Parent,
    from: PlausibleDay.meta({ title: 'From', description: 'The first day.' }),
    until: PlausibleDay.optional().meta({ title: 'Until', description: 'The first day after; empty while it lasts.' }),
    source: Homepage.optional().meta({ title: 'Source', description: 'Where it is published.' }),
  }),
  records: z.object({
    child: OrganisationId,
    parent: OrganisationId,
    from: PlausibleDay,
    until: PlausibleDay.nullable(),
    source: z.string().nullable(),
  }),
  refuses: [noSuchOrganisation, controlsItself, endsBeforeStart, alreadyControlled, controlInCircle],
  finds: async ({ child, parent }, read) => ({
    child: await organisationNamed(read, child),
    parent: await organisationNamed(read, parent),
    controls: await controlsAbout(read),
  }),
  decides({ input, found: { child, parent, controls } }) {
    if (!child || !parent) return refuse(noSuchOrganisation, { detail: child ? input.parent : input.child })
    if (child.id === parent.id) return refuse(controlsItself)
    const period = { from: input.from, until: input.until ?? null }
    if (period.until !== null && period.until <= period.from) return refuse(endsBeforeStart)
    const edge = { child: child.id, parent: parent.id, ...period }
    const other = controls.find(one => one.child === child.id && shared(one, edge) !== undefined)
    if (other) return refuse(alreadyControlled, { detail: `Stated already: ${sayPeriod(other)}.` })
    if (closesCircle(controls, edge)) return refuse(controlInCircle)
    return { ...edge, source: input.source ?? null }
  },
  writes: (tx, { child, parent, from, until, source }) =>
    tx
      .on<PeopleTables>()
      .insertInto('controls')
      .values({ child, parent, from_day: from, until_day: until, source })
      // One that was ended on its first day never held, and may be stated anew.
      .onConflict(same => same.columns(['child', 'parent', 'from_day']).doUpdateSet({ until_day: until, source }))
      .execute(),
  says: ({ child, parent, from, until }) => `stated that ${parent} controls ${child} ${sayPeriod({ from, until })}`,
})

export const endControl = act({
  name: 'people.end-control',
  title: 'End the control of an organisation',
  describes: 'States the first day on which an organisation was no longer controlled by another.',
  under: organisations,
  by: ['staff', 'operator'],
  takes: z.object({
    child: Child,
    parent: Parent,
    until: PlausibleDay.meta({
      title: 'Until',
      description: 'The day after the last one. The first day itself, where it was stated by mistake and never held.',
    }),
  }),
  records: z.object({ child: OrganisationId, parent: OrganisationId, from: PlausibleDay, until: PlausibleDay }),
  refuses: [noSuchOrganisation, notControlled, endsBeforeStart],
  finds: async ({ child, parent }, read) => {
    const [below, above] = [await organisationNamed(read, child), await organisationNamed(read, parent)]
    return { below, above, controls: below ? await controlsAbout(read, below.id) : [] }
  },
  decides({ input: { until }, found: { below, above, controls } }) {
    if (!below || !above) return refuse(noSuchOrganisation)
    const open = controls.find(one => one.child === below.id && one.parent === above.id && one.until === null)
    if (!open) return refuse(notControlled)
    if (until < open.from) return refuse(endsBeforeStart, { detail: `It began on ${open.from}.` })
    return { child: below.id, parent: above.id, from: open.from, until }
  },
  writes: (tx, { child, parent, from, until }) =>
    tx
      .on<PeopleTables>()
      .updateTable('controls')
      .set({ until_day: until })
      .where('child', '=', child)
      .where('parent', '=', parent)
      .where('from_day', '=', from)
      .execute(),
  says: ({ child, parent, until }) => `ended the control of ${child} by ${parent} on ${sayDay(until)}`,
})
