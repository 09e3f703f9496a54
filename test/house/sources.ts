// The program's own sources as syntax trees, read once through the compiler's interface, for the tests of the house's rules.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'

export const root = fileURLToPath(new URL('../../', import.meta.url))

export type Source = { readonly path: string; readonly lines: readonly string[]; readonly tree: SourceFile }

/** Every file that tsconfig.json includes and whose path fits, with its syntax tree. */
export function sourcesIn(fits: (path: string) => boolean): readonly Source[] {
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProjects()
    if (!project) throw new Error('The compiler found no project in tsconfig.json')
    return project.rootFiles.flatMap(file => {
      const path = relative(root, file)
      const tree = fits(path) && project.program.getSourceFile(file)
      return tree ? [{ path, lines: tree.text.split('\n'), tree }] : []
    })
  } finally {
    api.close()
  }
}

export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  node.forEachChild(child => {
    walk(child, visit)
    return undefined
  })
}

/** The line of a node, from 1. */
export const lineOf = ({ tree }: Pick<Source, 'tree'>, node: Node): number => {
  let line = 1
  const start = node.getStart(tree)
  for (let at = tree.text.indexOf('\n'); at >= 0 && at < start; at = tree.text.indexOf('\n', at + 1)) line += 1
  return line
}

/** `isErased`: types only, gone when the program runs. */
export type Import = { readonly to: string; readonly line: number; readonly isErased: boolean }

const textOf = (node: Node | undefined): string | undefined =>
  node?.kind === SyntaxKind.StringLiteral ? (node as Node & { text: string }).text : undefined // by its kind

function specifierOf(node: Node): string | undefined {
  // Which members a node has depends on its kind, asked before each is used.
  const parts = node as Node & { moduleSpecifier?: Node; expression?: Node; arguments?: readonly Node[] }
  if (node.kind === SyntaxKind.ImportDeclaration || node.kind === SyntaxKind.ExportDeclaration)
    return textOf(parts.moduleSpecifier)
  const isCall = node.kind === SyntaxKind.CallExpression && parts.expression?.kind === SyntaxKind.ImportKeyword
  return isCall ? textOf(parts.arguments?.[0]) : undefined
}

/** What a file imports, re-exports or loads later, as it is written. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = []
  walk(source.tree, node => {
    const to = specifierOf(node)
    const isErased = /^(import|export) type\b/.test(node.getText(source.tree))
    if (to !== undefined) found.push({ to, line: lineOf(source, node), isErased })
  })
  return found
}

/** The path of a module of ours, from the root; undefined for a package. */
export function pathOf(source: Pick<Source, 'path'>, to: string): string | undefined {
  if (to.startsWith('.')) return join(dirname(source.path), to)
  if (!to.startsWith('#')) return undefined
  const [, alias = '', rest] = /^#([a-z]+)(?:\/(.*))?$/.exec(to) ?? []
  return rest === undefined ? `src/${alias}.ts` : alias === 'test' ? `test/${rest}` : `src/${alias}/${rest}`
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts')
