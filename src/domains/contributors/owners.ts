// CODEOWNERS: of all lines that match a path the last one counts, also where it names nobody.

type Line = { readonly matches: (path: string) => boolean; readonly owners: readonly string[] }

/** A pattern with more of them is an attack: each may try every place of the path. */
const mostStars = 8

const escaped = (text: string): string => text.replace(/[.+^${}()|\\]/g, '\\$&')

/** A pattern with a slash before its end is anchored at the root; one that names a folder covers all below it. */
function patternOf(pattern: string): RegExp {
  const anchored = pattern.slice(0, -1).includes('/')
  const plain = pattern
    .replace(/(?:\*\*\/)+/g, '**/')
    .replace(/^\//, '')
    .replace(/\/$/, '')
  const body = plain
    .split(/(\*\*\/|\/\*\*$|\*|\?)/)
    .map(part => {
      if (part === '**/') return '(?:.*/)?'
      if (part === '/**') return '/.*'
      if (part === '*') return '[^/]*'
      return part === '?' ? '[^/]' : escaped(part)
    })
    .join('')
  // `docs/*` covers the files in the folder and not those further down.
  const below = plain.endsWith('/*') ? '' : pattern.endsWith('/') ? '/.*' : '(?:/.*)?'
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}${below}$`)
}

const linesIn = (text: string): Line[] =>
  text.split(/\r?\n/).flatMap(written => {
    const [pattern, ...owners] = written
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    // Sections in brackets and negations are another forge's, and mean nothing here.
    if (!pattern || /^[[!^]/.test(pattern) || pattern.split('*').length > mostStars) return []
    const expression = patternOf(pattern)
    return [{ matches: path => expression.test(path), owners: owners.filter(owner => owner.includes('@')) }]
  })

export type Owned = { readonly owners: readonly string[]; readonly files: number }

/** How many of the files each set of owners has; the set is empty for files that nobody owns. */
export function filesByOwners(text: string, paths: readonly string[]): Owned[] {
  const lines = linesIn(text).reverse()
  const files = new Map<string, number>()
  for (const path of paths) {
    const owners = lines.find(({ matches }) => matches(path))?.owners ?? []
    const key = [...new Set(owners.map(owner => owner.toLowerCase()))].sort().join(' ')
    files.set(key, (files.get(key) ?? 0) + 1)
  }
  return [...files].map(([key, count]) => ({ owners: key.split(' ').filter(Boolean), files: count }))
}
