// The published text of a licence as sentences that a copy must hold, with places where a holder's name may stand.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { normalise, type Words } from './normalise.ts'

/** Stands for one to twelve words of a name. */
export const anyName = '*'

export type Sentence = { readonly words: readonly string[]; readonly isOptional: boolean }
export type Reference = {
  readonly id: string
  readonly sentences: readonly Sentence[]
  /** Words that a title line above the text may be made of. */
  readonly titleWords: ReadonlySet<string>
}

const require = createRequire(import.meta.url)
const references = new Map<string, Reference>()

export function referenceOf(id: string): Reference {
  const known = references.get(id)
  if (known) return known
  const reference = compile(id, publishedText(id))
  references.set(id, reference)
  return reference
}

export function publishedText(id: string): { name: string; licenseText: string } {
  const path = require.resolve(`spdx-license-list/licenses/${id}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) // the package's own files, whose shape its types declare
}

const titleFillers = [
  'the',
  'a',
  'license',
  'licensed',
  'new',
  'modified',
  'revised',
  'simplified',
  'original',
  'version',
  'v',
  'clause',
  'bsd',
  'style',
  'software',
  'terms',
  'expat',
]

function compile(id: string, { name, licenseText }: { name: string; licenseText: string }): Reference {
  const text = normalise(licenseText)
  const titleWords = new Set([...normalise(`${name} ${id.replaceAll('-', ' ')}`).words, ...titleFillers])
  const all = sentencesOf(text)
  const end = all.findIndex(words => words.join(' ').startsWith('end of terms and conditions'))
  const first = all.findIndex(words => !words.every(word => titleWords.has(word)))
  const sentences = all.slice(Math.max(0, first)).map((words, index) => ({
    words: withNames(words),
    isOptional: end !== -1 && index + Math.max(0, first) >= end,
  }))
  return { id, sentences, titleWords }
}

function sentencesOf({ words, ends }: Words): string[][] {
  const sentences: string[][] = []
  let from = 0
  words.forEach((_, index) => {
    if (!ends.has(index) && index !== words.length - 1) return
    sentences.push(words.slice(from, index + 1) as string[]) // a slice of read-only words is ours to hold
    from = index + 1
  })
  return sentences
}

/** Where licences of the BSD, MIT and ISC families name whoever holds the rights, a copy names its own holder. */
const nameplaces: readonly (readonly [RegExp, string])[] = [
  [
    /\bneither the name of (?:[a-z]+ ){1,8}nor the names of its contributors\b/,
    'neither the name * nor the names of * contributors',
  ],
  [
    /\bis provided by (?:the )?(?:copyright (?:holders?|owners?)|authors?|regents)(?: and contributors)? as is\b/,
    'is provided by * as is',
  ],
  [/\bas is and (?:isc|the author) disclaims\b/, 'as is and * disclaims'],
  [
    /\bin no event shall (?:the )?(?:authors? or copyright holders?|copyright (?:holders?|owners?) or contributors|authors?|isc|regents or contributors) be liable\b/,
    'in no event shall * be liable',
  ],
]

function withNames(words: readonly string[]): string[] {
  let text = words.join(' ')
  for (const [pattern, replacement] of nameplaces) text = text.replace(pattern, replacement)
  return text.split(' ')
}
