// Where projects keep the files a foundation asks for; patterns match whole paths, whatever the letters' case.
import type { Files } from './files.ts'

const places = '(?:|\\.github/|\\.gitlab/|docs?/)'
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i')
/** Endings of documents: `docs/security.py` is a program. */
const document = '\\.(?:md|mdx|markdown|rst|txt|adoc|asciidoc|org|rdoc|html?|pdf)'
const named = (names: string): RegExp => whole(`${places}(?:${names})(?:${document})?`)
const yaml = '[^/]+\\.ya?ml'

export const wanted = {
  licence: whole(
    '(?!.*\\.(?:py|[cm]?[jt]s|go|rs|rb|sh|json|ya?ml|toml|png|svg)$)(?:(?:(?:mit|apache|bsd|isc|mpl|gpl)[-_.])?licen[sc]e|copying|unlicense)(?:[-._][^/]*)?',
  ),
  licenceFolder: whole('licen[sc]es?/[^/]+'),
  readme: named('readme'),
  contributing: named('contributing'),
  codeowners: whole('(?:|\\.github/|\\.gitlab/|docs/)codeowners'),
  codeOfConduct: named('code[-_ ]?of[-_ ]?conduct'),
  governance: named('governance'),
  maintainers: whole(`${places}(?:maintainers|owners|committers)(?:${document}|\\.(?:ya?ml|toml|csv))?`),
  security: named('security'),
  charter: whole(`${places}[^/]*charter[^/]*\\.(?:md|pdf|txt|rst)`),
  thirdParty: whole('(?:notice|third[-_ ]?party[^/]*)(?:\\.[a-z]+)?'),
  roadmap: named('roadmap'),
  adopters: named('adopters|users'),
  workflows: whole('\\.github/workflows/[^/]+\\.ya?ml'),
  otherCi: whole(
    [
      '\\.gitlab-ci\\.yml|\\.circleci/config\\.yml|\\.travis\\.yml|\\.cirrus\\.yml|azure-pipelines\\.yml|jenkinsfile',
      `\\.buildkite/${yaml}|\\.zuul\\.ya?ml|zuul\\.ya?ml|\\.?zuul\\.d/${yaml}|\\.woodpecker\\.ya?ml|\\.woodpecker/${yaml}`,
      `\\.drone\\.ya?ml|\\.?appveyor\\.ya?ml|bitbucket-pipelines\\.yml|\\.(?:forgejo|gitea)/workflows/${yaml}`,
      `\\.semaphore/${yaml}|\\.builds/${yaml}|\\.build\\.yml|\\.prow\\.ya?ml|\\.tekton/${yaml}`,
    ].join('|'),
  ),
  mailmap: whole('\\.mailmap'),
} as const

export type Wanted = keyof typeof wanted

/** Which files of each kind the tree holds, for the evidence and for whoever reviews. */
export const foundFiles = (files: Files): Record<Wanted, string[]> =>
  Object.fromEntries(Object.entries(wanted).map(([kind, pattern]) => [kind, files.matching(pattern)])) as Record<
    Wanted,
    string[]
  > // fromEntries loses the keys

const copies =
  /(?:^|\/)(?:third[-_]?party|vendor|vendored|external|extern|deps|node_modules|submodules|tests?|examples?|templates?)\//i
const anywhere = (names: string): RegExp => new RegExp(`(?:^|/)(?:${names})(?:${document})?$`, 'i')
const strays: { readonly [kind in Wanted]?: RegExp } = {
  codeOfConduct: anywhere('code[-_ ]?of[-_ ]?conduct'),
  contributing: anywhere('contributing'),
  governance: anywhere('[^/.]*governance[^/.]*|(?:[^/]+/)*governance/[^/.]+'),
  maintainers: anywhere('maintainers|committers|authors|credits'),
  security: anywhere('security'),
}

/** Documents of that name at a place where none is looked for: a person says whether they serve. */
export const straysOf = (files: Files, kind: Wanted): string[] => {
  const pattern = strays[kind]
  return pattern ? files.matching(pattern).filter(path => !copies.test(path) && !wanted[kind].test(path)) : []
}

/** The forges take the first of these that exists and no other. */
const ownersRank = [/^\.github\//i, /^codeowners$/i, /^docs\//i, /^\.gitlab\//i]
export const effectiveOwners = (paths: readonly string[]): string | undefined =>
  paths.toSorted((a, b) => rankOf(a) - rankOf(b))[0]
const rankOf = (path: string): number => ownersRank.findIndex(pattern => pattern.test(path))
