// `charter.md`: headings with a YAML block under each, and prose.
import type { Fault } from './fault.ts'
import { type Clause, ClauseBlock } from './words.ts'
import { fitted, readYaml, shown, type Yaml } from './yaml.ts'

const file = 'charter.md'

/** A clause with the places of what it cites, for faults found later. */
export type PlacedClause = { readonly clause: Clause; readonly line: number; readonly yaml: Yaml }
export type Prose = {
  readonly preamble: string
  readonly clauses: readonly PlacedClause[]
  /** Also of clauses that are unfit, so that one mistake is told once. */
  readonly ids: readonly string[]
  readonly faults: readonly Fault[]
}

type Section = {
  readonly level: number
  readonly heading: string
  readonly line: number
  readonly lines: readonly string[]
}

type Fence = { readonly mark: string; readonly line: number }

/** A closing fence is at least as long as the opening one and has nothing after it. */
function fenceAfter(fence: Fence | undefined, text: string, line: number): Fence | undefined {
  const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1]
  if (!fence) return mark ? { mark, line } : undefined
  return mark?.startsWith(fence.mark) && text.trim() === mark ? undefined : fence
}

/** Headings of level 2 and below start sections; a `#` within a code fence is none. */
function sectionsOf(text: string): { preamble: string; sections: Section[]; faults: Fault[] } {
  const preamble: string[] = []
  const sections: (Section & { lines: string[] })[] = []
  let fence: Fence | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    fence = fenceAfter(fence, line, index + 1)
    const [, marks, heading] = fence ? [] : (/^(#{2,6})\s+(.*?)\s*#*$/.exec(line) ?? [])
    if (marks && heading !== undefined) sections.push({ level: marks.length, heading, line: index + 1, lines: [] })
    else (sections.at(-1)?.lines ?? preamble).push(line)
  }
  const open = fence && { file, line: fence.line, expected: 'a closing fence', found: 'none to the end of the file' }
  const kept = preamble.filter(line => !/^# /.test(line))
  return { preamble: kept.join('\n').trim(), sections, faults: open ? [open] : [] }
}

type Block = { readonly yaml: string; readonly from: number; readonly prose: string }

/** The fenced block that stands first in a section; blank lines may go before it. */
function blockOf({ lines, line }: Section): Block | undefined {
  const start = lines.findIndex(text => text.trim() !== '')
  if (lines[start]?.trim() !== '```yaml') return undefined
  const end = lines.findIndex((text, index) => index > start && text.trim() === '```')
  if (end < 0) return undefined
  const prose = lines
    .slice(end + 1)
    .join('\n')
    .trim()
  return { yaml: lines.slice(start + 1, end).join('\n'), from: line + start + 1, prose }
}

const escaped = (text: string): string => text.replaceAll('.', '\\.')

/** `Article 2: Shelves` with the id `2` is the label `Article 2` and the title `Shelves`. */
function labelled(heading: string, id: string): { label: string; title: string } | undefined {
  const found = new RegExp(`^((?:[\\p{L}§]+\\s*)?${escaped(id)})(?:[.:)]|\\s*[–—-])?\\s+(.+)$`, 'u').exec(heading)
  return found?.[1] && found[2] ? { label: found[1], title: found[2] } : undefined
}

/** The number in a heading whose block cannot tell: `Article 2: Shelves` gives `2`. */
const numberIn = (heading: string): string => /(?:^|\s)(\w*\d\w*(?:\.\w+)*)/.exec(heading)?.[1] ?? ''

type Read = { readonly id: string; readonly faults: readonly Fault[]; readonly placed?: PlacedClause }

function clauseOf(section: Section, ancestors: readonly (Clause & { level: number })[]): Read {
  const block = blockOf(section)
  const { line, heading } = section
  if (!block) {
    const expected = 'a block fenced as ```yaml right under the heading, with clause: and pledge:'
    return { id: numberIn(heading), faults: [{ file, line, expected, found: `the heading "${heading}" without one` }] }
  }
  const yaml = readYaml(file, block.yaml, block.from)
  const read = yaml.faults.length > 0 ? { value: undefined, faults: yaml.faults } : fitted(yaml, ClauseBlock)
  if (!read.value) return { id: numberIn(heading), faults: read.faults }
  const { clause: id, ...rest } = read.value
  const named = labelled(heading, id)
  if (!named) {
    const expected = `a heading that starts with the number ${id} and a title, such as "${id} Open"`
    return { id, faults: [{ file, line, expected, found: heading }] }
  }
  const above = ancestors.filter(({ level }) => level < section.level)
  const clause: Clause = { ...rest, ...named, id, depth: above.length, parent: above.at(-1)?.id, prose: block.prose }
  return { id, faults: block.prose ? [] : [proseless(clause, line)], placed: { clause, line, yaml } }
}

const proseless = ({ id }: Clause, line: number): Fault => ({
  file,
  line,
  expected: `prose under the block of clause ${id}`,
  found: 'nothing',
})

export function readProse(text: string): Prose {
  const { preamble, sections, faults } = sectionsOf(text)
  const clauses: PlacedClause[] = []
  const ids: string[] = []
  let ancestors: (Clause & { level: number })[] = []
  for (const section of sections) {
    const read = clauseOf(section, ancestors)
    faults.push(...read.faults)
    ids.push(read.id)
    if (!read.placed) continue
    clauses.push(read.placed)
    const { clause } = read.placed
    ancestors = [...ancestors.filter(({ level }) => level < section.level), { ...clause, level: section.level }]
  }
  if (sections.length === 0)
    faults.push({ file, line: 1, expected: 'clauses: headings such as "## 1. Mission"', found: 'none' })
  return { preamble, clauses, ids, faults: [...faults, ...duplicates(clauses)] }
}

function duplicates(clauses: readonly PlacedClause[]): Fault[] {
  const lines = new Map<string, number>()
  return clauses.flatMap(({ clause, yaml }) => {
    const earlier = lines.get(clause.id)
    const place = yaml.placeOf(['clause'])
    if (earlier === undefined) lines.set(clause.id, place.line)
    return earlier === undefined
      ? []
      : [
          {
            ...place,
            expected: 'each clause once',
            found: `${shown(clause.id)} a second time, first on line ${earlier}`,
          },
        ]
  })
}
