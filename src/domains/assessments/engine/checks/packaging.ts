// Packages: a file that builds one for pip or conda, and a workflow that publishes it.
import { z } from 'zod'
import { lineOf } from '../files.ts'
import { check, readAll, type Spot, spot, unreadFinding } from './check.ts'

const none = z.strictObject({})

const buildFile = /^(?:[^/]+\/){0,8}(?:pyproject\.toml|setup\.py|setup\.cfg|meta\.ya?ml|recipe\.ya?ml)$/i
const publishes =
  /^(?![ \t]*#)[^\n]*?(?:pypi-publish|\btwine\s+upload|maturin(?:-action)?\b[^\n]*(?:publish|upload)|\b(?:poetry|uv|flit|hatch|pdm|rye)\s+publish|\banaconda\s[^\n]*\bupload|\bconda\s+(?:build|upload)\b|\bconda-build\s|setup\.py[^\n]*\bupload|maturin-action@[^\n]*\n(?:(?![ \t]*- )[^\n]*\n){0,8}?\s*command:\s*(?:publish|upload))/im
/** A file that sets up tools only builds nothing. */
const builds: readonly (readonly [RegExp, RegExp])[] = [
  [/pyproject\.toml$/i, /^[ \t]*\[(?:project|build-system|tool\.(?:poetry|flit|pdm))\b/m],
  [/setup\.cfg$/i, /^\[metadata\][\s\S]*?^name\s*=/m],
  [/setup\.py$/i, /\bsetup\s*\(/],
  [/meta\.ya?ml$/i, /^package:/m],
  [/recipe\.ya?ml$/i, /^(?:package|recipe|outputs):/m],
]
const aside = /(?:^|\/)(?:docs?|documentation|tests?|examples?|tutorials?|third[-_]?party|vendor|external)\//i
const buildsPackage = ({ path, text }: { path: string; text: string }): boolean =>
  !aside.test(path) && builds.some(([name, mark]) => name.test(path) && mark.test(text))
const depth = (path: string): number => path.split('/').length
const mostDepth = 4

export const packaging = check('packaging', none, async facts => {
  const candidates = await readAll(facts, facts.files.matching(buildFile))
  const [build] = candidates.texts.filter(buildsPackage).toSorted((a, b) => depth(a.path) - depth(b.path))
  if (!build && candidates.unread[0]) return unreadFinding(candidates.unread[0])
  if (!build) return { outcome: 'fail', says: 'No build file of a pip or conda package was found.' }
  const evidence: Spot[] = [spot(facts, build.path)]
  if (depth(build.path) > mostDepth)
    return {
      outcome: 'needs-person',
      says: `${build.path} builds a package, far from the root; a person looks.`,
      evidence,
    }
  const files = await readAll(facts, [...facts.found.workflows, ...facts.found.otherCi])
  const release = files.texts.find(file => publishes.test(file.text))
  if (!release)
    return {
      outcome: 'unknown',
      says: `${build.path} builds a package; no workflow publishes it. A look at the registry would settle it.`,
      evidence,
    }
  evidence.push(spot(facts, release.path, { line: lineOf(release.text, publishes.exec(release.text)?.index ?? 0) }))
  return { outcome: 'pass', says: `${build.path} builds a package and ${release.path} publishes it.`, evidence }
})
