// Version specifiers of Python packages, Poetry and conda: which patch releases of a minor release they let in.

/** Three-valued: undefined where the specifier cannot be read. */
export type Admits = boolean | undefined

type Release = { readonly numbers: readonly number[]; readonly isBefore: boolean; readonly isAfter: boolean }

const versionPattern =
  /^v?(?:0!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?\d*(?:\.?dev\d*)?)?([-_.]?(?:post|rev|r)[-_.]?\d*)?(?:\.dev\d*)?(?:\+[\w.]+)?$/i

/** Undefined for what is no version, such as `$VERSION`. */
export function releaseOf(text: string): Release | undefined {
  const match = versionPattern.exec(text.trim())
  if (!match) return undefined
  const isBefore = match[2] !== undefined || /\.dev\d*/.test(text)
  return { numbers: (match[1] ?? '').split('.').map(Number), isBefore, isAfter: match[3] !== undefined }
}

/** `2.10` of `2.10.1+cpu`; a single number is no minor release. */
export function minorOf(text: string): string | undefined {
  const release = releaseOf(text)
  if (!release || release.numbers.length < 2) return undefined
  return release.numbers.slice(0, 2).join('.')
}

export const compareMinors = (a: string, b: string): number => order(a.split('.').map(Number), b.split('.').map(Number))

function order(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A final release against a bound: a pre-release bound lies just below its number, a post-release just above. */
const against = (patch: readonly number[], { numbers, isBefore, isAfter }: Release): number =>
  order(patch, numbers) || (isBefore ? 1 : isAfter ? -1 : 0)

type Test = (patch: readonly number[]) => boolean

const startsWith = (patch: readonly number[], prefix: readonly number[]): boolean =>
  prefix.every((number, index) => (patch[index] ?? 0) === number)

function compatible({ numbers, ...rest }: Release): Test | undefined {
  if (numbers.length < 2) return undefined
  return patch => against(patch, { numbers, ...rest }) >= 0 && startsWith(patch, numbers.slice(0, -1))
}

/** Poetry's caret: nothing left of the first number that is not nought may change. */
function caret(bound: Release): Test {
  const { numbers } = bound
  const first = numbers.findIndex(number => number > 0)
  return patch =>
    against(patch, bound) >= 0 && startsWith(patch, numbers.slice(0, first === -1 ? numbers.length : first + 1))
}

const tests: Record<string, (bound: Release) => Test | undefined> = {
  '<': bound => patch => against(patch, bound) < 0,
  '<=': bound => patch => against(patch, bound) <= 0,
  '>': bound => patch => against(patch, bound) > 0,
  '>=': bound => patch => against(patch, bound) >= 0,
  '==': bound => patch => against(patch, bound) === 0,
  '===': bound => patch => against(patch, bound) === 0,
  '!=': bound => patch => against(patch, bound) !== 0,
  '~=': compatible,
  '^': caret,
  '~': bound => patch =>
    against(patch, bound) >= 0 && startsWith(patch, bound.numbers.slice(0, Math.min(2, bound.numbers.length))),
  '=': bound => patch => startsWith(patch, bound.numbers),
  '': bound => patch => startsWith(patch, bound.numbers),
}

function testOf(clause: string): Test | undefined {
  const [, operator = '', bound = ''] = /^(===|==|!=|<=|>=|~=|<|>|\^|~|=|)\s*(.+)$/.exec(clause) ?? []
  if (bound === '*') return () => true
  const wild = /^v?(\d+(?:\.\d+)*)\.\*$/.exec(bound)
  if (wild) return wildcard(operator, (wild[1] ?? '').split('.').map(Number))
  const release = releaseOf(bound)
  return release ? tests[operator]?.(release) : undefined
}

function wildcard(operator: string, prefix: readonly number[]): Test | undefined {
  if (operator === '!=') return patch => !startsWith(patch, prefix)
  if (['==', '=', ''].includes(operator)) return patch => startsWith(patch, prefix)
  if (operator === '>=') return patch => order(patch, prefix) >= 0
  if (operator === '<') return patch => order(patch, prefix) < 0
  return undefined
}

/** More patch releases than any minor release has had. */
const patches = Array.from({ length: 60 }, (_, index) => index)

/** Whether any patch release of the minor release satisfies all clauses; alternatives are parted by `|`. */
export function admits(specifier: string, minor: string): Admits {
  const plain = specifier.trim().replace(/^\((.*)\)$/, '$1')
  const answers = plain.split(/\|\|?/).map(part => admitsAll(part, minor))
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

function admitsAll(clauses: string, minor: string): Admits {
  const all = clauses
    .split(',')
    .map(clause => clause.trim())
    .filter(clause => clause !== '')
  const read = all.map(testOf)
  const known = read.filter(test => test !== undefined)
  const base = minor.split('.').map(Number)
  const isOpen = patches.some(patch => known.every(test => test([...base, patch])))
  if (!isOpen) return false
  return known.length === read.length ? true : undefined
}
