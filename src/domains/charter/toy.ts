// A small program for the tests of the charter: acts, portrayals and measures as the real domains would declare them.
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Entity, RuleQuestion } from '#acts/charter.ts'
import { term } from '#acts/term.ts'
import type { CharterFiles } from './files.ts'
import { readCharterFolder } from './files.ts'
import { type Asked, loadFiles } from './load.ts'
import type { LoadedCharter } from './words.ts'

const motion = {
  sphere: z.enum(['business', 'technical']),
  subjectOrganisations: z.array(z.string()).meta({ cedar: 'Organisation' }),
}

export const toyActs = [
  { name: 'projects.apply' },
  { name: 'bodies.accept-seat' },
  {
    name: 'bodies.appoint',
    weighs: {
      context: z.object({ employerSeatsAfter: z.int(), bodySeats: z.int(), bodyKind: z.string() }),
    },
  },
  { name: 'motions.move', weighs: { context: z.object(motion) } },
  { name: 'motions.second', weighs: { context: z.object({ ...motion, mover: z.string().meta({ cedar: 'Person' }) }) } },
  { name: 'motions.vote', weighs: { context: z.object({ ...motion, choice: z.string() }) } },
  { name: 'motions.close' },
  { name: 'charter.amend' },
]

export const toyPortrayals = [
  { attributes: z.object({ hasAcceptedConduct: z.boolean() }) },
  { attributes: z.object({ businessSeats: z.int() }) },
]

export const toyMeasures = [
  { id: 'toys.openness', title: 'Toys in the open' },
  { id: 'toys.shared', title: 'Toys shared' },
] as const

const charters = fileURLToPath(new URL('../../../charters/', import.meta.url))

export const shipped = ['pytorch', 'example'] as const

export const filesOf = async (name: (typeof shipped)[number]): Promise<CharterFiles> =>
  (await readCharterFolder(charters + name)).files

/** Asks for whatever terms, acts and measures the shipped files name beside the toy ones: this is about the form. */
export async function toyAsked(files: CharterFiles): Promise<Asked> {
  const { mandates = {}, ...terms } = parse(files['terms.yml'] ?? '') as Record<string, object>
  const named = [...Object.keys(mandates), ...Object.values(mandates).flat().map(String)]
  const actions = [...(files['rules.cedar'] ?? '').matchAll(/Action::"([^"]+)"/g)].flatMap(([, name]) => name ?? [])
  const more = [...new Set([...named, ...actions])].filter(name => !toyActs.some(act => act.name === name))
  const measures = [...(files['charter.md'] ?? '').matchAll(/measure: ([a-z-]+\.[a-z-]+)/g)].flatMap(
    ([, id]) => id ?? [],
  )
  return {
    acts: [...toyActs, ...more.map(name => ({ name }))],
    portrayals: toyPortrayals,
    measures: [...toyMeasures, ...measures.map(id => ({ id: id as `${string}.${string}`, title: id }))],
    terms: Object.keys(terms).map(id => term(id as `${string}.${string}`, id, z.json())),
  }
}

export async function loaded(name: (typeof shipped)[number]): Promise<LoadedCharter> {
  const files = await filesOf(name)
  const { charter, faults } = loadFiles(files, await toyAsked(files))
  if (!charter) throw new Error(JSON.stringify(faults, null, 1))
  return charter
}

/** Somebody of nowhere in particular who has accepted the conduct and holds no business seat. */
export const somebody = (attrs: object = {}, parents: readonly string[] = [], id = 'per_somebody'): Entity => ({
  uid: { type: 'Person', id },
  attrs: { hasAcceptedConduct: true, businessSeats: 0, ...attrs },
  parents: parents.map(name => ({ type: 'Organisation', id: name })),
})

export const organisation = (id: string, parents: readonly string[] = []): Entity => ({
  uid: { type: 'Organisation', id },
  attrs: {},
  parents: parents.map(name => ({ type: 'Organisation', id: name })),
})

export const asks = (
  act: string,
  entities: readonly Entity[],
  context: Record<string, unknown> = {},
): RuleQuestion => ({
  act,
  entities,
  context,
})
