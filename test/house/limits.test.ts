// The limits that Biome does not know: nesting, type parameters, and every claim about a type with its reason beside it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { isTest, lineOf, type Source, sourcesIn, walk } from './sources.ts'

const mostNested = 3
const mostTypeParameters = 3

const sources = sourcesIn(path => /^(src|test|bench|scripts)\//.test(path))
const place = (source: Source, node: Node): string => `${source.path}:${lineOf(source, node)}`

const nests = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.TryStatement,
])
const functions = new Set([SyntaxKind.FunctionDeclaration, SyntaxKind.FunctionExpression, SyntaxKind.ArrowFunction])

/** `else if` is one more branch, not one more depth. */
const isElseIf = (node: Node): boolean => {
  const above = node.parent as Node & { elseStatement?: Node } // asked of its kind first
  return node.kind === SyntaxKind.IfStatement && above?.kind === SyntaxKind.IfStatement && above.elseStatement === node
}

/** The statements too deep in one function; a function inside it is read by itself and counts anew. */
function tooDeep(node: Node, depth: number): readonly Node[] {
  const inner = functions.has(node.kind) ? 0 : nests.has(node.kind) && !isElseIf(node) ? depth + 1 : depth
  const found: Node[] = inner > mostNested && inner > depth ? [node] : []
  node.forEachChild(child => {
    found.push(...tooDeep(child, inner))
    return undefined
  })
  return found
}

test(`statements are nested at most ${mostNested} deep`, () => {
  assert.deepEqual(
    sources.flatMap(source => tooDeep(source.tree, 0).map(node => place(source, node))),
    [],
  )
})

const nodesOf = (source: Source, fits: (node: Node) => boolean): readonly Node[] => {
  const found: Node[] = []
  walk(source.tree, node => {
    if (fits(node)) found.push(node)
  })
  return found
}

test(`nothing has more than ${mostTypeParameters} type parameters`, () => {
  const isGreedy = (node: Node): boolean => {
    const { typeParameters = [] } = node as Node & { typeParameters?: readonly Node[] } // where the kind has them
    return typeParameters.length > mostTypeParameters
  }
  assert.deepEqual(
    sources.flatMap(source => nodesOf(source, isGreedy).map(node => place(source, node))),
    [],
  )
})

/** A line comment on the lines of the claim, or the comment that ends just above the statement it stands in. */
function hasReason(source: Source, claim: Node): boolean {
  const { tree, lines } = source
  let statement = claim
  while (statement.parent && !/Statement$|Declaration$|^PropertyAssignment$/.test(SyntaxKind[statement.kind] ?? ''))
    statement = statement.parent
  const first = lineOf(source, statement)
  const last = first + tree.text.slice(statement.getStart(tree), claim.end).split('\n').length - 1
  const isComment = (line = '') => /(^|\s)\/\/ \S|\*\/\s*$/.test(line)
  return lines.slice(first - 1, last).some(isComment) || isComment(lines[first - 2])
}

/** `as const` and `as unknown` only say less; they claim nothing. */
const isClaim = (node: Node): boolean => {
  const { type } = node as Node & { type?: Node } // where the kind has one
  return node.kind === SyntaxKind.AsExpression && !['const', 'unknown'].includes(type?.getText() ?? '')
}

test('each claim that something is of another type (`as`) in src says why it holds', () => {
  const bare = sources
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .flatMap(source =>
      nodesOf(source, isClaim)
        .filter(node => !hasReason(source, node))
        .map(node => `${place(source, node)} ${node.getText(source.tree).replace(/\s+/g, ' ').slice(0, 70)}`),
    )
  assert.deepEqual(bare, [])
})

test('each rule of the linter that is left has a reason on the line', () => {
  const bare = sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) => {
      const exemption = /(biome-ignore\S*|@ts-\w+)(.*)/.exec(line)
      return exemption && !/: \S+ \S+ \S+/.test(exemption[2] ?? '') && !path.endsWith('limits.test.ts')
        ? [`${path}:${at + 1} ${exemption[0]}`]
        : []
    }),
  )
  assert.deepEqual(bare, [])
})

test('each file says in its first line what it is', () => {
  const silent = sources.filter(({ lines }) => !/^(\/\/ [A-Z`/(]|\/\*\* |#!)/.test(lines[0] ?? ''))
  assert.deepEqual(
    silent.map(({ path, lines }) => `${path}: ${lines[0]}`),
    [],
  )
})

test('words that say nothing are not names of files or folders', () => {
  const empty = /(^|[/-])(service|manager|helpers?|utils?|common|misc)s?(\.|\/|$)/i
  assert.deepEqual(
    sources.map(({ path }) => path).filter(path => empty.test(path)),
    [],
  )
})
