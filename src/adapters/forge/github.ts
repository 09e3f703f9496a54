// GitHub's REST interface, https://docs.github.com/en/rest: four questions for each repository at most.
import { z } from 'zod'
import { addDays, instantOf } from '#base/instants.ts'
import { type Answer, type Ask, type Asking, askerOf } from './ask.ts'
import type { Forge, KeptAnswers, Observable, Observation, Observed, Unobserved } from './words.ts'

const publicHost = 'github.com'
/** How far back successful runs are counted, in days: what requirement 2 asks for. */
const runDays = 14

const Repository = z.object({
  stargazers_count: z.number().int().min(0),
  forks_count: z.number().int().min(0),
  archived: z.boolean(),
  default_branch: z.string().min(1).max(255),
  owner: z.object({ login: z.string(), type: z.string() }),
})
const Release = z.object({
  tag_name: z.string().max(255),
  published_at: z.iso.datetime().nullable(),
  assets: z.array(z.object({ download_count: z.number().int().min(0) })),
})
const Runs = z.object({ total_count: z.number().int().min(0) })
/** The member is there only for those who own the organisation. */
const Organisation = z.object({ two_factor_requirement_enabled: z.boolean().nullish() })

type Place = { readonly owner: string; readonly name: string }

/** `https://github.com/owner/name`, with or without `.git` or a slash at the end. */
export function placeOf(repository: string): Place | undefined {
  const url = URL.parse(repository)
  const path = /^\/([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/.exec(
    url?.pathname ?? '',
  )
  if (url?.hostname !== publicHost || !/^https?:$/.test(url.protocol) || !path) return undefined
  return { owner: path[1] ?? '', name: path[2] ?? '' }
}

type Look = {
  readonly ask: (path: string) => Promise<Answer>
  readonly place: Place
  readonly now: number
}
type Said = readonly (readonly [Observable, Observation['value'] | undefined])[]

const whyNot = (answer: Answer): string | undefined =>
  'missing' in answer
    ? answer.missing
    : 'later' in answer
      ? `${answer.why}; asked again after ${instantOf(answer.later)}`
      : undefined

/** What one answer says, each value dated and with the public address at which anybody finds the same. */
function read<Shape>(
  answer: Answer,
  schema: z.ZodType<Shape>,
  { names, source, says }: { names: readonly Observable[]; source: string; says: (found: Shape) => Said },
): Observed {
  const without = (why: string): Observed => ({ observations: [], unobserved: names.map(name => ({ name, why })) })
  if (!('found' in answer)) return without(whyNot(answer) ?? '')
  const parsed = schema.safeParse(answer.found)
  if (!parsed.success) return without('the forge answered in a form that is not known')
  const at = instantOf(answer.at)
  const said = says(parsed.data)
  return {
    observations: said.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, at, source }])),
    unobserved: said.flatMap(([name, value]) => (value === undefined ? [{ name, why: 'the forge does not say' }] : [])),
  }
}

const joined = (parts: readonly Observed[]): Observed => ({
  observations: parts.flatMap(({ observations }) => observations),
  unobserved: parts.flatMap(({ unobserved }) => unobserved),
})

async function releases({ ask, place }: Look): Promise<Observed> {
  const answer = await ask(`/repos/${place.owner}/${place.name}/releases/latest`)
  return read(answer, Release, {
    names: ['latest-release', 'release-downloads'],
    source: `https://${publicHost}/${place.owner}/${place.name}/releases`,
    says: ({ tag_name, published_at, assets }) => [
      ['latest-release', published_at ? `${tag_name}, ${published_at.slice(0, 10)}` : undefined],
      ['release-downloads', assets.reduce((sum, { download_count }) => sum + download_count, 0)],
    ],
  })
}

async function runs({ ask, place, now }: Look, branch: string): Promise<Observed> {
  const since = addDays(instantOf(now), -runDays).slice(0, 10)
  const wanted = new URLSearchParams({ branch, status: 'success', created: `>=${since}`, per_page: '1' })
  const answer = await ask(`/repos/${place.owner}/${place.name}/actions/runs?${wanted}`)
  return read(answer, Runs, {
    names: ['successful-runs'],
    source: `https://${publicHost}/${place.owner}/${place.name}/actions`,
    says: ({ total_count }) => [['successful-runs', total_count]],
  })
}

async function organisation({ ask }: Look, owner: string): Promise<Observed> {
  const answer = await ask(`/orgs/${owner}`)
  return read(answer, Organisation, {
    names: ['requires-two-factor'],
    source: `https://${publicHost}/${owner}`,
    says: found => [['requires-two-factor', found.two_factor_requirement_enabled ?? undefined]],
  })
}

/** The repository itself first: without it nothing else is asked. */
async function lookAt(look: Look): Promise<Observed> {
  const { owner, name } = look.place
  const answer = await look.ask(`/repos/${owner}/${name}`)
  const itself = read(answer, Repository, {
    names: ['stars', 'forks', 'is-archived', 'default-branch'],
    source: `https://${publicHost}/${owner}/${name}`,
    says: found => [
      ['stars', found.stargazers_count],
      ['forks', found.forks_count],
      ['is-archived', found.archived],
      ['default-branch', found.default_branch],
    ],
  })
  const known = 'found' in answer ? Repository.safeParse(answer.found) : undefined
  if (!known?.success)
    return { ...itself, unobserved: [...itself.unobserved, ...others(itself.unobserved[0]?.why ?? '')] }
  const { default_branch: branch, owner: holder } = known.data
  const further = [await releases(look), await runs(look, branch)]
  const personal: Unobserved = { name: 'requires-two-factor', why: 'a person holds it, not an organisation' }
  const two =
    holder.type === 'Organization'
      ? await organisation(look, holder.login)
      : { observations: [], unobserved: [personal] }
  return joined([itself, ...further, two])
}

const others = (why: string): readonly Unobserved[] =>
  (['latest-release', 'release-downloads', 'successful-runs', 'requires-two-factor'] as const).map(name => ({
    name,
    why,
  }))

/**
 * `token`: one that may read public repositories. Without it GitHub allows 60 questions an hour, with it 5,000; answers
 * that have not changed since do not count.
 */
export function gitHub({
  base = 'https://api.github.com',
  reserve = 50,
  now = Date.now,
  token,
}: Partial<Asking> = {}): Forge {
  const ask: Ask = askerOf({ base, reserve, now, ...(token && { token }) })
  return {
    knows: repository => placeOf(repository) !== undefined,
    async look(repository: string, kept: KeptAnswers, signal?: AbortSignal) {
      const place = placeOf(repository)
      if (!place) return { observations: [], unobserved: [] }
      return lookAt({ ask: path => ask(path, kept, signal), place, now: now() })
    },
  }
}
