// Files that must be there with something in them: CONTRIBUTING, SECURITY, CODEOWNERS, code of conduct.
import { z } from 'zod'
import { lineOf } from '../files.ts'
import { effectiveOwners, straysOf, type Wanted, wanted } from '../requiredFiles.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, printable, readAll, type Spot, spot, unreadFinding } from './check.ts'
import { linkedFinding } from './mentions.ts'

const kinds = Object.keys(wanted) as [Wanted, ...Wanted[]] // Object.keys widens to string

const FileParameters = z.strictObject({
  file: z.enum(kinds),
  characters: z.number().int().min(0).default(0),
})

/** A file of that kind with at least so many characters that are not white space around. */
export const filePresent = check('file-present', FileParameters, async (facts, { file, characters }) => {
  const paths = facts.found[file]
  if (paths.length === 0) return absent(facts, file)
  const { texts, unread } = await readAll(facts, paths)
  const longest = texts.toSorted((a, b) => b.text.trim().length - a.text.trim().length)[0]
  if (!longest) return unread[0] ? unreadFinding(unread[0]) : { outcome: 'unknown', says: 'Nothing could be read.' }
  const length = longest.text.trim().length
  const measured = { characters: length, wanted: characters }
  const evidence = [spot(facts, longest.path)]
  if (length >= Math.max(1, characters))
    return {
      outcome: 'pass',
      says: `${longest.path} is there, with ${plural(length, 'character')}.`,
      evidence,
      measured,
    }
  if (unread[0]) return unreadFinding(unread[0])
  const says = `${longest.path} has only ${plural(length, 'character')}; ${characters} are expected.`
  return { outcome: 'fail', says, evidence, measured }
})

/** Not at a usual place; a document of that name elsewhere may serve, which a person says. */
async function absent(facts: Facts, file: Wanted): Promise<Finding> {
  const [stray] = straysOf(facts.files, file)
  if (!stray) {
    const none: Finding = { outcome: 'fail', says: `No ${label(file)} file is in the repository at this commit.` }
    const words = spokenOf[file]
    return words ? linkedFinding(facts, { words, none }) : none
  }
  return {
    outcome: 'needs-person',
    says: `No ${label(file)} file is at its usual places; ${printable(stray)} may be one.`,
    evidence: [spot(facts, stray)],
  }
}

/** How a README leads to what is kept elsewhere. */
const spokenOf: Partial<Record<Wanted, string>> = {
  codeOfConduct: 'code[ _-]?of[ _-]?conduct',
  contributing: 'contribut(?:e|ing|ion|ions)\\b',
  security: '(?:security|vulnerabilit)',
}

const labels: Partial<Record<Wanted, string>> = {
  codeOfConduct: 'CODE_OF_CONDUCT',
  licence: 'LICENSE',
  thirdParty: 'third-party notice',
}
const label = (kind: Wanted): string => labels[kind] ?? kind.toUpperCase()

const CodeownersParameters = z.strictObject({ retired: z.boolean().default(true) })
/** A heading or a label, or a mark behind a name: a sentence about the past names nobody. */
const retiredHeading =
  /^(?=[ \t]*(?:#|\*\*|<!--)|[^\n]*:[ \t*]*$|[^\n]*\n[ \t]*[-=~^]{3})[ \t]*[#*<!\-\s]{0,8}(?:[\w/&-]+[ \t]+){0,3}(?:emeritus|emeriti|retired|alumni|(?:former|past)[ \t]+\w+)\b[^.\n]{0,40}$|\((?:emeritus|retired|former)\b[^)\n]*\)/im

/** Owner lines that name somebody, and a list of those who have retired, wherever it stands. */
export const codeowners = check('codeowners', CodeownersParameters, async (facts, { retired }) => {
  const paths = facts.found.codeowners
  if (paths.length === 0) return noCodeowners(facts)
  const file = await facts.files.read(effectiveOwners(paths) ?? '')
  if (file.state !== 'text') return unreadFinding(file)
  const lines = ownerLines(file.text)
  const others = await readAll(facts, [...facts.found.maintainers, ...facts.found.governance])
  const retiredAt = [file, ...others.texts].find(text => retiredHeading.test(text.text))
  const measured = { ownerLines: lines.length, namesRetired: retiredAt !== undefined }
  const evidence = [spot(facts, file.path), ...(retiredAt ? [retiredSpot(facts, retiredAt)] : [])]
  if (lines.length === 0) return { outcome: 'fail', says: `${file.path} names no owner.`, evidence, measured }
  const owners = `${file.path} has ${plural(lines.length, 'line')} with owners`
  if (retired && !retiredAt)
    return {
      outcome: 'needs-person',
      says: `${owners}; no list of retired committers was found, if there are any.`,
      evidence,
      measured,
    }
  return { outcome: 'pass', says: `${owners}.`, evidence, measured }
})

/** Some robots of forges read OWNERS files, which answer the same question in another form. */
function noCodeowners(facts: Facts): Finding {
  const says = 'No CODEOWNERS file is in the repository at this commit.'
  const owners = facts.files.matching(/^(?:[^/]+\/){0,2}OWNERS(?:_ALIASES)?$/)[0]
  if (!owners) return { outcome: 'fail', says }
  return {
    outcome: 'needs-person',
    says: `${says} ${printable(owners)} may serve instead; a person says whether it does.`,
    evidence: [spot(facts, owners)],
  }
}

const retiredSpot = (facts: Facts, file: { path: string; text: string }): Spot =>
  spot(facts, file.path, { line: lineOf(file.text, retiredHeading.exec(file.text)?.index ?? 0), note: 'retired' })

/** Lines of a CODEOWNERS file that name at least one owner: a handle, a team or an address. */
export const ownerLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter(line => /\s(?:@[\w-]+(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)/.test(line))

const ConductParameters = z.strictObject({ accepted: z.array(z.string().min(3)).min(1) })

/** A file that names, or links to, one of the codes that the foundation accepts. */
export const codeOfConduct = check('code-of-conduct', ConductParameters, async (facts, { accepted }) => {
  const paths = facts.found.codeOfConduct
  if (paths.length === 0) return absent(facts, 'codeOfConduct')
  const { texts, unread } = await readAll(facts, paths)
  const file = texts[0]
  if (!file) return unread[0] ? unreadFinding(unread[0]) : { outcome: 'unknown', says: 'Nothing could be read.' }
  const named = accepted.find(words => file.text.toLowerCase().includes(words.toLowerCase()))
  const evidence = [spot(facts, file.path)]
  if (named) return { outcome: 'pass', says: `${printable(file.path)} is there and names "${named}".`, evidence }
  return {
    outcome: 'needs-person',
    says: `${printable(file.path)} is there; it names no code known to the criteria, so a person reads it.`,
    evidence,
  }
})
