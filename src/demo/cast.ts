// The cast of the invented foundation: people, organisations and projects that exist nowhere else.

export type Character = {
  readonly key: string
  readonly name: string
  readonly employer: string
  /** Whether pages may show the name; two of the cast go by a pseudonym. */
  readonly showName: boolean
  readonly seat?: string
}

// biome-ignore lint/complexity/useMaxParams: the cast reads as a table of four columns
const person = (name: string, employer: string, seat?: string, showName = true): Character => ({
  key: name.split(' ')[0]?.toLowerCase() ?? name,
  name,
  employer,
  showName,
  ...(seat && { seat }),
})

export const employers = [
  { slug: 'bramley-nurseries', name: 'Bramley Nurseries' },
  { slug: 'greenholt-seeds', name: 'Greenholt Seeds' },
  { slug: 'little-greenholt', name: 'Little Greenholt' },
  { slug: 'northfield-school', name: 'Northfield School' },
  { slug: 'rivermouth-library', name: 'Rivermouth Seed Library' },
  { slug: 'harrow-and-loam', name: 'Harrow and Loam' },
  { slug: 'sunpatch-cooperative', name: 'Sunpatch Cooperative' },
  { slug: 'tallgrass-institute', name: 'Tallgrass Institute' },
  { slug: 'oxbow-allotments', name: 'Oxbow Allotments' },
  { slug: 'windfall-orchards', name: 'Windfall Orchards' },
] as const

/** Little Greenholt belongs to Greenholt Seeds: who works for the one works, for the rules, for both. */
export const control = { child: 'little-greenholt', parent: 'greenholt-seeds', from: '2020-01-01' } as const

export const members = [
  { organisation: 'greenholt-seeds', class: 'patron' },
  { organisation: 'bramley-nurseries', class: 'patron' },
  { organisation: 'tallgrass-institute', class: 'library' },
  { organisation: 'rivermouth-library', class: 'library' },
  { organisation: 'northfield-school', class: 'friend' },
  { organisation: 'oxbow-allotments', class: 'friend' },
] as const

/** The secretary is the first officer; seats are `body/key` of `charters/example/bodies.yml`. */
export const secretary = person('Tove Meadow', 'independent')

export const cast: readonly Character[] = [
  person('Ada Fernbrook', 'rivermouth-library', 'growers-council/chair'),
  person('Bo Larkspur', 'bramley-nurseries', 'growers-council/vice-chair'),
  person('Cleo Mallow', 'northfield-school', 'growers-council/grower-1'),
  person('Dara Quince', 'tallgrass-institute', 'growers-council/grower-2'),
  person('Eko Tansy', 'greenholt-seeds', 'growers-council/grower-3'),
  person('Fenna Sorrel', 'sunpatch-cooperative', 'growers-council/grower-4'),
  person('Goran Yarrow', 'oxbow-allotments', 'growers-council/grower-5'),
  person('Hana Bramble', 'windfall-orchards', 'growers-council/grower-6', false),
  person('Ivo Clover', 'harrow-and-loam', 'cultivar-review-group/lead'),
  person('Juno Thistle', 'rivermouth-library', 'cultivar-review-group/reviewer-1'),
  person('Kito Vetch', 'little-greenholt', 'cultivar-review-group/reviewer-2'),
  person('Lena Marjoram', 'tallgrass-institute', 'cultivar-review-group/reviewer-3'),
  person('Milo Sedge', 'northfield-school', 'cultivar-review-group/reviewer-4'),
  person('Nia Rowan', 'greenholt-seeds', 'board-of-trustees/patron-1'),
  person('Otis Dill', 'bramley-nurseries', 'board-of-trustees/patron-2'),
  person('Pia Teasel', 'windfall-orchards', 'board-of-trustees/chair'),
  person('Quin Madder', 'sunpatch-cooperative'),
  person('Rhea Burnet', 'greenholt-seeds'),
  person('Sol Hyssop', 'oxbow-allotments', undefined, false),
  person('Uma Comfrey', 'harrow-and-loam'),
]

/** Where an invented project lives: an address that leads nowhere; the demo reads a repository that it makes itself. */
export const repositoryOf = (slug: string): string =>
  landscape.find(project => project.slug === slug)?.repository ?? `https://git.openseed.example/${slug}`

export type DemoProject = {
  readonly slug: string
  readonly name: string
  readonly licence: string
  readonly summary: string
  readonly goals: string
  readonly nonGoals: string
  readonly organisations: readonly string[]
  /** How well its repository is kept: decides which files the demo writes into it. */
  readonly care: 'full' | 'partial' | 'bare'
}

export const rootstock: DemoProject = {
  slug: 'rootstock',
  name: 'Rootstock',
  licence: 'Apache-2.0',
  summary: 'Keeps the catalogue of a seed library: varieties, lots, germination tests and loans, on one small machine.',
  goals: 'A library of any size can run its catalogue without a network, and share it when there is one.',
  nonGoals: 'Not a shop: no prices, no payments, no customer accounts. Not a plant encyclopaedia.',
  organisations: ['sunpatch-cooperative'],
  care: 'full',
}
export const germinate: DemoProject = {
  slug: 'germinate',
  name: 'Germinate',
  licence: 'MIT',
  summary: 'Plans germination tests and reads their results from photographs of the trays.',
  goals: 'A volunteer with a telephone can test a lot of seed and trust the count.',
  nonGoals: 'Not a diagnosis of plant diseases; not a general picture classifier.',
  organisations: ['greenholt-seeds'],
  care: 'partial',
}
export const trellis: DemoProject = {
  slug: 'trellis',
  name: 'Trellis',
  licence: 'BSD-3-Clause',
  summary: 'Draws a year of sowing and harvest for a shared garden and tells each gardener what is next.',
  goals: 'A shared plan that prints well and survives a summer without its author.',
  nonGoals: 'Not a weather service, and not a marketplace for surplus crops.',
  organisations: ['oxbow-allotments'],
  care: 'full',
}
export const compost: DemoProject = {
  slug: 'compost',
  name: 'Compost',
  licence: 'Apache-2.0',
  summary: 'Merges lending records of several libraries and throws away what identifies a borrower.',
  goals: 'Libraries learn from each other without knowing who borrowed what.',
  nonGoals: 'Not a data warehouse: nothing personal is ever kept to be looked at later.',
  organisations: ['harrow-and-loam'],
  care: 'bare',
}
export const windrow: DemoProject = {
  slug: 'windrow',
  name: 'Windrow',
  licence: 'MIT',
  summary: 'Prints labels and packets for seed that survive a wet shed.',
  goals: 'Every packet names its variety, its year and its library in a way that can be read in ten years.',
  nonGoals: 'No design studio and no advertising on packets.',
  organisations: [],
  care: 'partial',
}

export const projects = [rootstock, germinate, trellis, compost, windrow] as const

/** What the landscape of the charter holds already; only their repositories are made here. */
export type Neighbour = Pick<DemoProject, 'slug' | 'name' | 'licence' | 'summary' | 'goals' | 'care'> & {
  readonly repository: string
  /** So many days ago its keepers added what was missing. */
  readonly mended?: number
}

// biome-ignore lint/complexity/useMaxParams: the neighbours read as a table
const neighbour = (slug: string, name: string, care: Neighbour['care'], path: string, mended?: number): Neighbour => ({
  ...{ slug, name, care, licence: 'MIT', repository: `https://code.example/${path}` },
  ...{ summary: `${name}, a program of the collection.`, goals: 'It does one thing for seed libraries.' },
  ...(mended !== undefined && { mended }),
})

export const landscape: readonly Neighbour[] = [
  neighbour('furrow', 'Furrow', 'partial', 'furrow/furrow'),
  neighbour('returning-harvest', 'Returning Harvest', 'partial', 'harvest/returning', 262),
  neighbour('sprout-count', 'Sprout Count', 'bare', 'sprout/count'),
  neighbour('common-catalogue', 'Common Catalogue', 'partial', 'catalogue/common'),
]
