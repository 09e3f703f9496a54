// Licence texts as words: decoration, copyright lines and list numbers taken off, spellings made one, sentences kept apart.

export type Words = {
  readonly words: readonly string[]
  /** Indexes after which a sentence or paragraph ends. */
  readonly ends: ReadonlySet<number>
}

/** Words that could take back or bind a permission: no masked line and no holder's name may hold one. */
const binding =
  /\b(?:may|must|shall|should|will|cannot|not|no|never|use[ds]?|using|except\w*|excluding|provided|only|solely|unless|licen[cs]e[sd]?|licensing|permi\w+|prohibit\w*|commercial\w*|require\w*|grant\w*|without|distribut\w+|modif\w+|sell\w*|redistribut\w+|condition\w*|agree\w*|if|restrict\w*|limits?|limitations?|limited\s+to|subject|forbid\w*|obtain\w*|purchase\w*|pay\w*|fees?|revo\w+|research\w*|academi\w+|educat\w+|evaluat\w+|personal|internal|private|trial|military|confidential|proprietary|patent\w*|purposes?|prior|consent|only)\b/i
export const isBinding = (text: string): boolean => binding.test(text)

const mostWordsInNotice = 30
const scopeLine = /^for\s+["'\w .-]{1,60}\s+software:?$/i
/** Introduces the copyright lines of one holder among several. */
const holderLine = /^all contributions by [\w .,&()'-]{1,60}:$/i
/** Only with a sign, a year or a capital name: a wrapped sentence may well begin a line with "copyright notice". */
const notices = [
  /^(?:(?:some )?p(?:ortions|arts),?\s+)?(?:copyright\s*:?\s*)?(?:\(c\)|©)/i,
  /^(?:(?:some )?p(?:ortions|arts),?\s+)?copyright\s*:?\s*(?:\d{4}|<|\[|\{|yyyy)/i,
  /^Copyright\s+(?:by\s+)?(?:the\s+|The\s+)?["']?[A-Z][\w.'-]/,
]

/** A copyright line that goes on with a sentence of its own may say anything. */
const goesOn = /[.;:]\s+(?!(?:and|all rights|KG|Ltd|Inc|LLC|Copyright|Portions)\b)(?:[\w'-]+[\s,]+){2,}[a-z][\w'-]+/

/** A line that only says who holds the copyright, or which software the text is for. */
const isMasked = (line: string): boolean =>
  (scopeLine.test(line) || holderLine.test(line) || notices.some(notice => notice.test(line))) &&
  !isBinding(line) &&
  !goesOn.test(line.replace(/all rights reserved\.?/i, '')) &&
  line.split(/\s+/).length <= mostWordsInNotice

const decoration = /^[\s>]*(?:\/\/+|\/\*+|\*+\/?|#+|;+|--+|"{3}|'{3}|dnl\b|rem\b|%+|\.\.)?\s*/i
const listMark = /^(?:[*•·‣◦o+-]|\(?\d{1,2}(?:\.\d{1,2})*[.):]\)?|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,4}[.)])\s+/

function cleanLine(line: string): string {
  const plain = line
    .replace(decoration, '')
    .replace(/<\/?(?:br|p|b|i|em|strong|ul|ol|li|h\d|pre|code|div|span|a)\b[^>]*>/gi, ' ')
    .replace(/\[([^\]]*)\]\((?:https?:|mailto:|#)[^)]*\)/g, '$1')
    .trim()
  return plain
}

/** A number at the start of a line is a list's only where a new item can begin: "section\n7." goes on with the sentence. */
const withoutMark = (line: string, index: number, lines: readonly string[]): string =>
  !/^\([cC]\)\s+\d{4}/.test(line) && (index === 0 || /(?:^|[.;:,!?)\]]|\b(?:and|or))$/i.test(lines[index - 1] ?? ''))
    ? line.replace(listMark, '').trim()
    : line

const spellings: readonly (readonly [RegExp, string])[] = [
  [/\(including\s+the\s+next\s+paragraph\)/g, ' '],
  [/\ball\s+rights\s+(?:are\s+)?reserved\b\.?/g, ' '],
  [/\((?:[a-z]|\d{1,2}|[ivx]{1,4})\)/g, ' '],
  [/https?:\/\/(?:www\.)?/g, ' '],
  [/\blicence/g, 'license'],
  [/\bsub-?\s?licens/g, 'sublicens'],
  [/\bnon-?\s?infring/g, 'noninfring'],
  [/\bexpressed\s+or\s+implied/g, 'express or implied'],
  [/\bcopyright-?owner/g, 'copyright owner'],
  [/\bmerchantibility/g, 'merchantability'],
  [/\bneither\s+the\s+names\s+of\b/g, 'neither the name of'],
  [/\bredistributions?\s+of\s+sources?\s+code\b/g, 'redistributions of source code'],
]

const flat = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201a\u201b`´]/g, "'")
    .replace(/[\u201c\u201d\u201e«»]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\u00ad|\ufeff/g, '')

export function normalise(text: string): Words {
  const lines = flat(text).split(/\r\n?|\n|\f/)
  const kept = lines
    .map(cleanLine)
    .map(withoutMark)
    .map(line => (isMasked(line) ? '' : line))
  let joined = kept
    .map(line => (line === '' ? '\n' : line))
    .join('\n')
    .toLowerCase()
  for (const [pattern, spelling] of spellings) joined = joined.replace(pattern, spelling)
  return split(joined)
}

function split(text: string): Words {
  const words: string[] = []
  const ends = new Set<number>()
  for (const match of text.matchAll(/[\p{L}\p{N}]+|[.;:!?](?=\s)|\n\s*\n/gu)) {
    if (/[\p{L}\p{N}]/u.test(match[0])) words.push(match[0].replace(/'/g, ''))
    else if (words.length > 0) ends.add(words.length - 1)
  }
  return { words, ends }
}

/** 32-bit FNV-1a of each pair of neighbouring words, each once. */
export function bigrams(words: readonly string[]): Set<number> {
  const found = new Set<number>()
  for (let index = 1; index < words.length; index += 1) found.add(fnv(`${words[index - 1]} ${words[index]}`))
  return found
}

function fnv(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    state ^= text.charCodeAt(index)
    state = Math.imul(state, 0x01000193)
  }
  return state >>> 0
}

/** Long texts are known by the eighth of their pairs that any text samples in the same way. */
export const isSampled = (hash: number): boolean => (hash & 7) === 0
