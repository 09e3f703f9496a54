// What the project writes for its users: README, quick start, documentation, release method, roadmap, adopters.
import { z } from 'zod'
import { type FileText, lineOf } from '../files.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, readAll, type Spot, spot, unreadFinding } from './check.ts'

const none = z.strictObject({})

type Readme =
  | { readonly file: Extract<FileText, { state: 'text' }>; readonly missing?: undefined }
  | { readonly file?: undefined; readonly missing: Finding }

async function readme(facts: Facts): Promise<Readme> {
  const paths = facts.found.readme.toSorted((a, b) => Number(a.includes('/')) - Number(b.includes('/')))
  if (paths.length === 0) return { missing: { outcome: 'fail', says: 'No README is in the repository.' } }
  const { texts, unread } = await readAll(facts, paths)
  const file = texts[0]
  if (file) return { file }
  return { missing: unread[0] ? unreadFinding(unread[0]) : { outcome: 'unknown', says: 'No README.' } }
}

const WordParameters = z.strictObject({ words: z.number().int().min(1).default(150) })

/** Prose of a README: no badges, no code, no markup. */
export const proseWords = (text: string): number =>
  text
    .replace(/```[\s\S]*?```|<[^>]*>|!?\[!?\[[^\]]*\]\([^)]*\)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)/g, ' ')
    .split(/\s+/)
    .filter(word => /[\p{L}]{2}/u.test(word)).length

export const readmeValue = check('readme-value', WordParameters, async (facts, { words }) => {
  const { file, missing } = await readme(facts)
  if (!file) return missing
  const count = proseWords(file.text)
  const evidence = [spot(facts, file.path)]
  const measured = { words: count }
  return count >= words
    ? { outcome: 'pass', says: `${file.path} has ${plural(count, 'word')} of prose.`, evidence, measured }
    : { outcome: 'needs-person', says: `${file.path} has only ${plural(count, 'word')} of prose.`, evidence, measured }
})

const startHeading =
  /^(?:#{1,6}\s*|=+\s*|\*\*)?.{0,20}\b(?:quick[ -]?start|getting[ -]started|install(?:ation|ing)?|usage)\b.{0,40}$/gim
const codeBlock = /^(?:\s*```|\s*~~~|\.\. code|\s{4,}\S|<pre)/m

export const quickStart = check('quick-start', none, async facts => {
  const { file, missing } = await readme(facts)
  if (!file) return missing
  for (const match of file.text.matchAll(startHeading)) {
    const after = file.text
      .slice(match.index + match[0].length)
      .split('\n')
      .slice(0, 60)
      .join('\n')
    if (!/^\s*(?:#|=|\*\*)/.test(match[0]) && !/^[ \t]*\r?\n[-=~]{3}/.test(after)) continue
    if (!codeBlock.test(after)) continue
    const evidence = [spot(facts, file.path, { line: lineOf(file.text, match.index) })]
    return {
      outcome: 'pass',
      says: `${file.path} has "${match[0].replace(/^[#=*\s]+/, '').trim()}" with commands.`,
      evidence,
    }
  }
  return {
    outcome: 'needs-person',
    says: `${file.path} has no heading for a quick start or installation with commands under it.`,
    evidence: [spot(facts, file.path)],
  }
})

const PagesParameters = z.strictObject({ pages: z.number().int().min(1).default(5) })
const page = /^(?:.*\/)?(?:docs?|documentation|website|guide|book)\/.*\.(?:md|rst|mdx|adoc|ipynb|txt)$/i
const siteConfig = /^(?:[^/]+\/){0,3}(?:mkdocs\.ya?ml|conf\.py|docusaurus\.config\.[cm]?[jt]s|book\.toml)$/i
const metadata = /^(?:[^/]+\/){0,2}(?:pyproject\.toml|setup\.cfg|setup\.py|Cargo\.toml|package\.json)$/
const address = /\b(?:documentation|docs)\b["']?\s*[=:]\s*["']?(https?:\/\/[^\s"',]+)/i

export const documentation = check('documentation', PagesParameters, async (facts, { pages }) => {
  const found = facts.files.matching(page)
  const config = facts.files.matching(siteConfig)
  const measured = { pages: found.length, siteConfigurations: config.length }
  if (found.length >= pages || config.length > 0) {
    const first = config[0] ?? found[0] ?? ''
    const says = `${plural(found.length, 'page')} of documentation${config.length > 0 ? ' and the set-up of a site' : ''}.`
    return { outcome: 'pass', says, evidence: [spot(facts, first)], measured }
  }
  const { texts } = await readAll(facts, facts.files.matching(metadata))
  const named = texts.find(file => address.test(file.text))
  const says = 'No folder of documentation is in the repository'
  if (named)
    return {
      outcome: 'needs-person',
      says: `${says}; the package names an address, which a person visits.`,
      evidence: [lineSpot(facts, named, address)],
      measured,
    }
  return {
    outcome: 'needs-person',
    says: `${says}, nor an address of one; it may lie in another repository.`,
    measured,
  }
})

const lineSpot = (facts: Facts, file: { path: string; text: string }, pattern: RegExp): Spot =>
  spot(facts, file.path, { line: lineOf(file.text, pattern.exec(file.text)?.index ?? 0) })

const releaseWords = /^(?:#{1,6}\s|=+\s|.*\]\().*\b(?:releas\w*|versioning|changelog)\b/im
const releaseFile = /^(?:|docs?\/|\.github\/)(?:releas(?:e|es|ing)|versioning|release[-_ ]\w+)(?:\.[a-z]+)?$/i

export const releaseMethod = check('release-method', none, async facts => {
  const { file, missing } = await readme(facts)
  if (!file) return missing
  if (releaseWords.test(file.text))
    return {
      outcome: 'pass',
      says: `${file.path} speaks of releases.`,
      evidence: [lineSpot(facts, file, releaseWords)],
    }
  const elsewhere = facts.files.matching(releaseFile)[0]
  if (elsewhere)
    return {
      outcome: 'needs-person',
      says: `The README does not lead to the releases; ${elsewhere} may.`,
      evidence: [spot(facts, elsewhere)],
    }
  return {
    outcome: 'needs-person',
    says: 'The README has no heading or link about releases, and no file is named after them; a person looks for the method.',
    evidence: [spot(facts, file.path)],
  }
})

const namedFile = (kind: 'roadmap' | 'adopters', what: string) =>
  check(kind, none, facts => {
    const path = facts.found[kind][0]
    if (!path) return { outcome: 'needs-person', says: `No ${kind.toUpperCase()} file is in the repository; ${what}` }
    return { outcome: 'pass', says: `${path} is there.`, evidence: [spot(facts, path)] }
  })

export const roadmap = namedFile('roadmap', 'a person looks for the plan where the project publishes it.')
export const adopters = namedFile('adopters', 'two organisations confirm that they use it in production.')
