// Decides which licence a text is: every sentence of the licence must be in it, and nothing else that is not known.
import { type Candidate, candidatesFor, licenceIndex } from './candidates.ts'
import { isBinding, normalise } from './normalise.ts'
import { anyName, type Reference, referenceOf } from './references.ts'

/** `proven`: ids whose published text this is; several when texts are published under several ids. */
export type LicenceMatch =
  | { readonly state: 'proven'; readonly id: string; readonly equivalents: readonly string[] }
  | { readonly state: 'unproven'; readonly closest: string | undefined; readonly dice: number; readonly says: string }

const mostCandidates = 16
const leastDice = 0.3
/** Of the best candidate's: what resembles much less is not it. */
const leastOfBest = 0.8
const equalDice = 0.02
const mostNameWords = 12
const mostWords = 60_000

export function matchLicence(text: string): LicenceMatch {
  const { words } = normalise(text)
  if (words.length === 0) return unproven(undefined, 0, 'it holds no words')
  if (words.length > mostWords) return unproven(undefined, 0, 'it is far longer than any licence')
  const ranked = candidatesFor(words, mostCandidates)
  const tried = tryInTurn(words, ranked)
  const proven = tried.filter(({ flaw }) => flaw === undefined).toSorted((a, b) => b.literal - a.literal)
  const best = proven[0]
  if (best) {
    const equals = proven
      .filter(({ id, literal }) => literal === best.literal || family(id) === family(best.id))
      .map(({ id }) => id)
    const sorted = equals.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    const id = narrowest(sorted[0] ?? best.id)
    return { state: 'proven', id, equivalents: sorted.filter(other => other !== id) }
  }
  const [near, flaw] = [tried.length > 0 ? ranked[0] : undefined, tried[0]?.flaw]
  return unproven(near?.id, near?.dice ?? 0, flaw ?? 'it resembles no published licence')
}

/** Best first. Once one is proven, only texts that resemble as much can be its equals. */
function tryInTurn(words: readonly string[], ranked: readonly Candidate[]): Fit[] {
  const tried: Fit[] = []
  let least = Math.max(leastDice, leastOfBest * (ranked[0]?.dice ?? 0))
  for (const { id, dice } of ranked) {
    if (dice < least) break
    const one = fit(words, referenceOf(id))
    tried.push(one)
    if (one.flaw === undefined) least = Math.max(least, dice - equalDice)
  }
  return tried
}

const unproven = (closest: string | undefined, dice: number, says: string): LicenceMatch => ({
  state: 'unproven',
  closest,
  dice: Math.round(dice * 1000) / 1000,
  says,
})

/** The same text is published as `-only`, `-or-later` and under older ids: the text alone proves the narrowest. */
const rank = (id: string): number => (id.endsWith('-only') ? 0 : /\+$|-or-later$/.test(id) ? 3 : id.length / 100 + 1)

/** Some ids are published with a shorter notice after the text; the text itself is that of the `-only` id. */
function narrowest(id: string): string {
  const only = `${family(id)}-only`
  return licenceIndex().head.ids.includes(only) ? only : id
}

const family = (id: string): string => id.replace(/-only$|-or-later$|\+$/, '')

type Fit = { readonly id: string; readonly literal: number; readonly flaw: string | undefined }

function fit(words: readonly string[], reference: Reference): Fit {
  const used = new Uint8Array(words.length)
  let [cursor, literal] = [0, 0]
  for (const { words: sentence, isOptional } of reference.sentences) {
    const place = find(words, sentence, { used, from: cursor }) ?? find(words, sentence, { used, from: 0 })
    if (!place && isOptional) continue
    if (!place)
      return {
        id: reference.id,
        literal,
        flaw: `it lacks words of ${reference.id}: "${sentence.slice(0, 8).join(' ')}..."`,
      }
    used.fill(1, place.start, place.end)
    cursor = place.end
    literal += sentence.filter(word => word !== anyName).length
  }
  return { id: reference.id, literal, flaw: residue(words, used, reference) }
}

type Search = { readonly used: Uint8Array; readonly from: number }

function find(words: readonly string[], sentence: readonly string[], { used, from }: Search) {
  const last = words.length - sentence.filter(word => word !== anyName).length
  for (let start = from; start <= last; start += 1) {
    if (sentence[0] !== anyName && words[start] !== sentence[0]) continue
    const end = matchAt(words, start, sentence)
    if (end !== undefined && !used.subarray(start, end).includes(1)) return { start, end }
  }
  return undefined
}

/** End of the sentence that starts here, or undefined. A name is one to twelve words, none of which binds or permits. */
function matchAt(words: readonly string[], start: number, sentence: readonly string[]): number | undefined {
  let at = start
  for (const [index, word] of sentence.entries()) {
    if (word === anyName) return afterName(words, at, sentence.slice(index + 1))
    if (words[at] !== word) return undefined
    at += 1
  }
  return at
}

function afterName(words: readonly string[], start: number, rest: readonly string[]): number | undefined {
  for (let end = start + 1; end <= start + mostNameWords && end <= words.length; end += 1) {
    if (isBinding(words[end - 1] ?? '')) return undefined
    const after = matchAt(words, end, rest)
    if (after !== undefined) return after
  }
  return undefined
}

/** What is left over, if it is more than a title above the text. */
function residue(words: readonly string[], used: Uint8Array, { titleWords, id }: Reference): string | undefined {
  const first = used.indexOf(1)
  const title = words.slice(0, Math.max(0, first))
  const isTitle = title.length <= 16 && title.every(word => titleWords.has(word) || /^\d+$/.test(word))
  const left = words.filter((_, index) => !used[index] && (index >= first || !isTitle))
  if (left.length === 0) return undefined
  return `it adds to ${id}: "${left.slice(0, 8).join(' ')}${left.length > 8 ? '...' : ''}"`
}
