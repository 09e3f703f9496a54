// A small program for the tests of the charter: acts, portrayals and measures as the real domains would declare them.
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Entity, RuleQuestion } from '#acts/charter.ts'
import { term } from '#acts/term.ts'
import type { CharterFiles } from '#domains/charter/files.ts'
import { readCharterFolder } from '#domains/charter/files.ts'
import { type Asked, loadFiles } from '#domains/charter/load.ts'
import type { LoadedCharter } from '#domains/charter/words.ts'

const subjectOrganisations = z.array(z.string()).meta({ cedar: 'Organisation' })
const motion = { sphere: z.enum(['business', 'technical']), subjectOrganisations }

export const toyActs = [
  { name: 'projects.apply' },
  { name: 'projects.review', weighs: { context: z.object({ subjectOrganisations }) } },
  {
    name: 'bodies.appoint',
    weighs: {
      context: z.object({ employerSeatsAfter: z.int(), employerSeatsAllowed: z.int(), bodySeats: z.int() }),
    },
  },
  { name: 'motions.move', weighs: { context: z.object(motion) } },
  { name: 'motions.second', weighs: { context: z.object({ ...motion, mover: z.string().meta({ cedar: 'Person' }) }) } },
  { name: 'motions.vote', weighs: { context: z.object(motion) } },
  { name: 'motions.close' },
  ...['keep', 'give-notice', 'decide-waiver'].map(verb => ({
    name: `stewardship.${verb}`,
    weighs: { context: z.object({ subjectOrganisations: motion.subjectOrganisations }) },
  })),
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

const charters = fileURLToPath(new URL('../../charters/', import.meta.url))

export const shipped = ['pytorch', 'example'] as const

export const filesOf = async (name: (typeof shipped)[number]): Promise<CharterFiles> =>
  (await readCharterFolder(charters + name)).files

/** Asks for whatever terms, acts and measures the shipped files name beside the toy ones: this is about the form. */
export async function toyAsked(files: CharterFiles): Promise<Asked> {
  const { mandates = {}, ...terms } = parse(files['terms.yml'] ?? '') as Record<string, object>
  const named = [...Object.keys(mandates), ...Object.values(mandates).flat().map(String)]
  const actions = namesIn(files['rules.cedar'], /Action::"([^"]+)"/g)
  const more = [...new Set([...named, ...actions])].filter(name => !toyActs.some(act => act.name === name))
  const measures = namesIn(files['charter.md'], /measure: ([a-z-]+\.[a-z-]+)/g)
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

/** What the first group of the pattern finds, in the order of the text. */
export const namesIn = (text = '', pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])

/** For a charter's tests of faults: where a text stands in its files, and what is told when one is changed. */
export function tampering(files: CharterFiles, asked: Asked) {
  /** The line of the first occurrence, from 1. */
  const lineOf = (file: string, text: string): number => {
    const at = (files[file] ?? '').indexOf(text)
    assert.notEqual(at, -1, `${file} holds ${text}`)
    return (files[file] ?? '').slice(0, at).split('\n').length
  }

  /** The faults after replacing a text in one file, as `file:line expected | found`. */
  function faultsWith(file: string, [from, to]: readonly [string, string], more: Partial<Asked> = {}): string[] {
    lineOf(file, from)
    const changed = { ...files, [file]: (files[file] ?? '').replace(from, to) }
    const faults = loadFiles(changed, { ...asked, ...more }).faults ?? []
    return faults.map(fault => `${fault.file}:${fault.line} ${fault.expected} | ${fault.found}`)
  }

  return { lineOf, faultsWith }
}
