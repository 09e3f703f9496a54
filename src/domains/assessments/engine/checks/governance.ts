// Governance: a document or charter with substance, or one in the repository that it links to.
import { posix } from 'node:path'
import { z } from 'zod'
import type { FileText } from '../files.ts'
import { straysOf } from '../requiredFiles.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, printable, readAll, spot, unreadFinding } from './check.ts'
import { linkedFinding } from './mentions.ts'

const GovernanceParameters = z.strictObject({
  characters: z.number().int().min(1).default(600),
  families: z.number().int().min(1).max(4).default(3),
})

const governancePaths = /^(?:|\.github\/|\.gitlab\/|docs?\/|documentation\/)[^/]*(?:governance|charter)[^/]*$/i

/** What a governance document speaks of; each family counts once. */
const families: readonly (readonly [string, RegExp])[] = [
  ['roles', /\b(?:roles?|maintainers?|committers?|steering|council|committee)\b/i],
  ['decisions', /\b(?:decid\w*|decisions?|vot(?:e|es|ing)|consensus|quorum|majority)\b/i],
  [
    'coming and going',
    /\b(?:add(?:ed|ing)?|becom\w+|nominat\w+|appoint\w+|elect(?:ed|ion\w*)?|remov\w+|step(?:ping)? down|resign\w*|emeritus)\b/i,
  ],
  ['conflicts', /\b(?:conflicts?|disput\w+|disagree\w*|escalat\w+|appeals?|deadlock)\b/i],
]

type Texts = readonly Extract<FileText, { state: 'text' }>[]

/** The documents are weighed together: a charter may leave to a second file what the first does not say. */
export const governance = check('governance', GovernanceParameters, async (facts, parameters) => {
  const paths = facts.files.matching(governancePaths)
  if (paths.length === 0) return absent(facts)
  const { texts, unread } = await readAll(facts, paths)
  const further = [...new Set(texts.flatMap(file => linksOf(facts, file)))].filter(path => !paths.includes(path))
  const linked = await readAll(facts, further)
  const finding = weigh(facts, [...texts, ...linked.texts], parameters)
  const left = [...unread, ...linked.unread].find(file => file.state === 'unread') ?? unread[0]
  return left && finding.outcome !== 'pass' ? unreadFinding(left) : finding
})

function absent(facts: Facts): Finding | Promise<Finding> {
  const [stray] = straysOf(facts.files, 'governance')
  if (stray)
    return {
      outcome: 'needs-person',
      says: `No governance document is at its usual places; ${printable(stray)} may be one.`,
      evidence: [spot(facts, stray)],
    }
  const says = 'No governance document or charter is in the repository at this commit.'
  return linkedFinding(facts, { words: '(?:governance|charter)', none: { outcome: 'fail', says } })
}

function weigh(facts: Facts, texts: Texts, parameters: z.infer<typeof GovernanceParameters>): Finding {
  const met = families.filter(([, words]) => texts.some(({ text }) => words.test(text))).map(([name]) => name)
  const length = texts.reduce((sum, { text }) => sum + text.trim().length, 0)
  const names = texts
    .map(({ path }) => path)
    .slice(0, 3)
    .join(', ')
  const base = {
    evidence: texts.slice(0, 5).map(({ path }) => spot(facts, path)),
    measured: { characters: length, speaksOf: met },
  }
  const said = `${names}: ${plural(length, 'character')} that speak of ${met.join(', ') || 'none of the four subjects'}`
  if (length >= parameters.characters && met.length >= parameters.families)
    return { ...base, outcome: 'pass', says: `${said}.` }
  if (texts.some(({ text }) => /https?:\/\//.test(text)))
    return { ...base, outcome: 'needs-person', says: `${said}; there are links to elsewhere, which a person follows.` }
  if (length >= parameters.characters)
    return { ...base, outcome: 'needs-person', says: `${said}; a person reads them.` }
  return { ...base, outcome: 'fail', says: `${said}; roles, decisions, coming and going, and conflicts are expected.` }
}

/** Files of the tree that a document's Markdown links lead to. */
function linksOf(facts: Facts, file: { path: string; text: string }): string[] {
  const targets = [...file.text.matchAll(/\]\(([^)\s#]+)/g)].map(([, target = '']) => target)
  return targets
    .filter(target => !/^[a-z]+:/i.test(target))
    .map(target =>
      posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(file.path), target)),
    )
    .filter(path => facts.files.has(path) && /\.(?:md|rst|txt|adoc)$/i.test(path))
    .slice(0, 20)
}
