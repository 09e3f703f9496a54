// Where projects keep the files a foundation asks for; patterns match whole paths, whatever the letters' case.
import type { Files } from './files.ts'

const places = '(?:|\\.github/|\\.gitlab/|docs?/)'
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i')
const named = (names: string): RegExp => whole(`${places}(?:${names})(?:\\.[a-z]+)?`)

export const wanted = {
  licence: whole('(?:licen[sc]e|copying|unlicense)(?:[-._][^/]*)?'),
  licenceFolder: whole('licen[sc]es?/[^/]+'),
  readme: named('readme'),
  contributing: named('contributing'),
  codeowners: whole('(?:|\\.github/|\\.gitlab/|docs/)codeowners'),
  codeOfConduct: named('code[-_ ]?of[-_ ]?conduct'),
  governance: named('governance'),
  maintainers: named('maintainers|owners|committers'),
  security: named('security'),
  charter: whole(`${places}[^/]*charter[^/]*\\.(?:md|pdf|txt|rst)`),
  thirdParty: whole('(?:notice|third[-_ ]?party[^/]*)(?:\\.[a-z]+)?'),
  roadmap: named('roadmap'),
  adopters: named('adopters|users'),
  workflows: whole('\\.github/workflows/[^/]+\\.ya?ml'),
  otherCi: whole(
    '\\.gitlab-ci\\.yml|\\.circleci/config\\.yml|\\.travis\\.yml|\\.cirrus\\.yml|azure-pipelines\\.yml|jenkinsfile|\\.buildkite/[^/]+\\.ya?ml',
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
