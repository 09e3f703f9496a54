// A landscape file in landscape2's format, as plain items: what is read from it, and what is written back.
import { z } from 'zod'
import { Day } from '#base/instants.ts'
import { Address, Licence, Repository } from '../words.ts'

/** The category that stands in a written file for none; read back as none. */
export const unsorted = 'Not sorted yet'

const Extra = z.looseObject({
  accepted: Day.nullish(),
  annotations: z.looseObject({ licence: Licence.nullish() }).nullish(),
})

/** One `item` of the file. Other keys of the format are let through and not used. */
export const RawItem = z.looseObject({
  name: z.string().trim().min(1, 'Expected a name').max(120),
  homepage_url: Address.nullish(),
  repo_url: Repository.nullish(),
  project: z.string().max(40).nullish(),
  description: z.string().max(2000).nullish(),
  joined: Day.nullish(),
  second_path: z.union([z.string(), z.array(z.string())]).nullish(),
  extra: Extra.nullish(),
})
export type RawItem = z.infer<typeof RawItem>

export type Item = {
  /** Of the item in the file, counted from 1; 0 for one that is to be written. */
  readonly line: number
  readonly category: string
  readonly subcategory: string
  readonly name: string
  readonly homepage?: string
  readonly repository?: string
  readonly project?: string
  readonly description?: string
  readonly accepted?: string
  readonly licence?: string
  /** Where else it belongs: `Training / General`. */
  readonly secondPath?: string
}

export type LandscapeFault = {
  readonly line: number
  readonly item: string
  readonly expected: string
  readonly found: string
}

export type UnknownKey = { readonly key: string; readonly line: number; readonly count: number }

/** Keys of the format itself; some are read here, the others carry what this register does not keep. */
export const itemKeys: ReadonlySet<string> = new Set([
  'item',
  'name',
  'homepage_url',
  'repo_url',
  'project',
  'description',
  'joined',
  'second_path',
  'extra',
  'logo',
  'additional_repos',
  'branch',
  'crunchbase',
  'enduser',
  'openssf_best_practices_url',
  'organization',
  'stock_ticker',
  'tag',
  'twitter',
  'unnamed_organization',
  'url_for_bestpractices',
])
