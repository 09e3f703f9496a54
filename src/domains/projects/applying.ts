// Applying: a maintainer asks for a stage, gives goals and non-goals, and may take the application back.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { isRefusal, type Refusal, refuse } from '#acts/problem.ts'
import { canonical } from '#base/canonical.ts'
import { slugOf } from '#base/ids.ts'
import { dayOf, type Instant, isWithin } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import {
  type Affiliation,
  affiliationsOf,
  OrganisationId,
  OrganisationRef,
  organisationNamed,
  standBehind,
} from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { applicationBy, applicationsFor, openApplicationsBy, projectsBy, projectsLike } from './finds.ts'
import {
  alreadyThere,
  earlierStageWanted,
  noSuchApplication,
  noSuchStage,
  notOpen,
  notYours,
  openApplication,
  tooEarlyAgain,
  tooFewContacts,
  tooManyOpen,
  unknownOrganisation,
  unknownSimilar,
} from './problems.ts'
import { type Hindrance, hindranceTo, isOpen, repositoryKey, stageBy } from './rules.ts'
import type { Tables } from './tables.ts'
import { applying, reapplying, type Stage, stages } from './terms.ts'
import {
  Address,
  type Application,
  ApplicationId,
  Contact,
  Licence,
  type Project,
  ProjectId,
  ProjectName,
  ProjectRef,
  Repository,
  StageKey,
} from './words.ts'

const Text = (least: number, most: number) =>
  z.string().trim().min(least, `Expected at least ${least} characters`).max(most)

export const ApplyInput = z.object({
  kind: StageKey.meta({ title: 'Stage applied for' }),
  name: ProjectName,
  repository: Repository,
  homepage: Address.optional().meta({ title: 'Homepage' }),
  licence: Licence,
  summary: Text(20, 600).meta({
    title: 'Summary',
    description: 'What the project is, in two or three sentences.',
    widget: 'text',
  }),
  goals: Text(20, 4000).meta({ title: 'Goals', description: 'What the project wants to achieve.', widget: 'text' }),
  nonGoals: Text(20, 4000).meta({
    title: 'Non-goals',
    description: 'What the project is not for and will not become, so that its neighbours know.',
    widget: 'text',
  }),
  similar: z.array(ProjectRef).max(12).optional().meta({
    title: 'Similar projects',
    description: 'Short names of the nearest projects in the landscape.',
  }),
  organisations: z.array(OrganisationRef).max(12).optional().meta({
    title: 'Organisations behind it',
    description:
      'Who pays for the work or holds rights in it; your own employer is added. Their people keep out of the decision.',
  }),
  contacts: z.array(Contact).min(1).max(5).meta({
    title: 'Contact',
    description: 'Maintainers who answer for the application. Sealed: neither the site nor the record shows them.',
  }),
  isMaintainer: z.literal(true, 'Only a maintainer may file an application').meta({
    title: 'I maintain this project and speak for its maintainers',
  }),
})
type ApplyInput = z.infer<typeof ApplyInput>

async function findsForApplying(input: ApplyInput, read: Read, actor: { person?: string }) {
  const { name, repository, similar = [], organisations = [] } = input
  const alike = await projectsLike(read, { slug: slugOf(name), repository })
  return {
    // The same repository says more than the same name.
    project:
      alike.find(one => one.repository && repositoryKey(one.repository) === repositoryKey(repository)) ?? alike[0],
    earlier: await applicationsFor(read, repository),
    open: actor.person ? await openApplicationsBy(read, actor.person) : [],
    similar: await projectsBy(read, similar),
    affiliations: actor.person ? await affiliationsOf(read, actor.person) : [],
    named: await Promise.all(
      organisations.map(async ref => ({ ref, organisation: await organisationNamed(read, ref) })),
    ),
  }
}
type Found = Awaited<ReturnType<typeof findsForApplying>>

function hindered(hindrance: Hindrance, { found, stage }: { found: Found; stage: Stage }): Refusal {
  if (hindrance.is === 'there') return refuse(alreadyThere, { detail: found.project && saysProject(found.project) })
  if (hindrance.is === 'too low')
    return refuse(earlierStageWanted, { detail: `The stage wanted first: ${stage.requires}.` })
  if (hindrance.is === 'open') return refuse(openApplication)
  return refuse(tooEarlyAgain, { under: reapplying, detail: `It may apply again from ${sayDay(hindrance.from)} on.` })
}

const saysProject = ({ name, stage }: Project): string => `${name} is at the stage: ${stage}.`

const employers = (affiliations: readonly Affiliation[], at: Instant): string[] =>
  affiliations
    .filter(({ standing, from, until }) => standing === 'stands' && isWithin(dayOf(at), from, until))
    .flatMap(({ organisation }) => organisation ?? [])

/** The ids of what the input names, with whom the applicant works for; or the first that is not known. */
function namedIn(
  input: ApplyInput,
  found: Found,
  at: Instant,
): { similar: string[]; organisations: string[] } | Refusal {
  const { similar, named, affiliations } = found
  const missing = named.find(({ organisation }) => !organisation)
  if (missing) return refuse(unknownOrganisation, { detail: `Not known: ${missing.ref}.` })
  const unknown = input.similar?.find(ref => !similar.some(({ id, slug }) => id === ref || slug === ref))
  if (unknown !== undefined) return refuse(unknownSimilar, { detail: `Not known: ${unknown}.` })
  const organisations = [...named.flatMap(({ organisation }) => organisation?.id ?? []), ...employers(affiliations, at)]
  return { similar: similar.map(({ id }) => id), organisations: [...new Set(organisations)].sort() }
}

export const apply = act({
  name: 'projects.apply',
  title: 'Apply for a project',
  describes: 'Asks, as a maintainer, that a project be taken in, or be moved to the next stage.',
  under: [applying, stages],
  by: ['participant'],
  takes: ApplyInput,
  records: z.object({
    application: ApplicationId,
    project: ProjectId.nullable(),
    kind: StageKey,
    name: z.string(),
    repository: z.string(),
    homepage: z.string().nullable(),
    licence: z.string(),
    summary: z.string(),
    goals: z.string(),
    nonGoals: z.string(),
    similar: z.array(ProjectId),
    organisations: z.array(OrganisationId),
    criteria: z.string(),
    contacts: z.array(Contact).nullable(),
  }),
  seals: ['contacts'],
  refuses: [
    noSuchStage,
    tooFewContacts,
    unknownOrganisation,
    unknownSimilar,
    alreadyThere,
    earlierStageWanted,
    openApplication,
    tooEarlyAgain,
    tooManyOpen,
  ],
  finds: findsForApplying,
  decides({ input, found, at, term, fresh }) {
    const stage = stageBy(term(stages), input.kind)
    if (!stage) return refuse(noSuchStage, { detail: `The stages are: ${saysStages(term(stages))}.` })
    const { contacts: least, openPerPerson } = term(applying)
    if (new Set(input.contacts.map(({ email }) => email.toLowerCase())).size < least)
      return refuse(tooFewContacts, { detail: `Needs ${least} with different addresses.` })
    const hindrance = hindranceTo(term(stages), { ...found, stage, at })
    if (hindrance) return hindered(hindrance, { found, stage })
    if (found.open.length >= openPerPerson)
      return refuse(tooManyOpen, { detail: `You have ${found.open.length} open; the most is ${openPerPerson}.` })
    const named = namedIn(input, found, at)
    if (isRefusal(named)) return named
    const { isMaintainer: _, homepage = null, ...rest } = input
    const project = found.project?.id ?? null
    return { application: fresh('app'), project, ...rest, homepage, ...named, criteria: stage.criteria }
  },
  writes: fileApplication,
  says: ({ application, kind }) => `filed ${application} (${kind})`,
})

const saysStages = (all: readonly Stage[]): string => all.map(({ key }) => key).join(', ')

type Filed = Omit<
  Application,
  'id' | 'applicant' | 'filed' | 'stage' | 'decided' | 'decision' | 'motion' | 'reasons' | 'reapplyFrom'
> & {
  readonly application: string
  readonly organisations: readonly string[]
  readonly contacts: readonly Contact[] | null
}
type Entry = { readonly id: string; readonly at: Instant; readonly actor: { readonly person?: string } }

async function fileApplication(tx: Write, facts: Filed, entry: Entry): Promise<void> {
  const { application, nonGoals, similar, organisations, contacts, ...rest } = facts
  const applicant = entry.actor.person ?? ''
  const on = tx.on<Tables>()
  await on
    .insertInto('applications')
    .values({
      id: application,
      ...rest,
      repository_key: repositoryKey(rest.repository),
      non_goals: nonGoals,
      similar_projects: canonical(similar),
      applicant,
      filed: new Date(entry.at),
      stage: 'filed',
    })
    .execute()
  if (contacts)
    await on
      .insertInto('application_contacts')
      .values({ application, contacts: canonical(contacts) })
      .execute()
  await on.insertInto('maintainers').values({ subject: application, person: applicant }).execute()
  await standBehind(tx, { subject: application, organisations, entry: entry.id })
}

export const withdraw = act({
  name: 'projects.withdraw',
  title: 'Withdraw an application',
  describes: 'Takes an application back before it is decided; another may be filed at any time.',
  under: applying,
  by: ['maintainer'],
  takes: z.object({ application: ApplicationId }),
  records: z.object({ application: ApplicationId }),
  refuses: [noSuchApplication, notYours, notOpen],
  finds: ({ application }, read) => applicationBy(read, application),
  decides({ found: application, actor }) {
    if (!application) return refuse(noSuchApplication)
    if (actor.project !== application.id) return refuse(notYours)
    return isOpen(application) ? { application: application.id } : refuse(notOpen)
  },
  writes: (tx, { application }, entry) =>
    tx
      .on<Tables>()
      .updateTable('applications')
      .set({ stage: 'withdrawn', decided: new Date(entry.at), decision: entry.id })
      .where('id', '=', application)
      .execute(),
  says: ({ application }) => `withdrew ${application}`,
})
