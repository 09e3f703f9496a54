// The demo's repositories: real Git histories of the invented projects, made on this machine, so that they are really assessed.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type GitRun, gitOutput } from '#adapters/git/run.ts'
import { cast, type DemoProject, type Neighbour } from './cast.ts'

type Kept = Pick<DemoProject, 'slug' | 'name' | 'licence' | 'summary' | 'goals' | 'care'> & Pick<Neighbour, 'mended'>

const files: Readonly<Record<DemoProject['care'], (project: Kept) => Record<string, string>>> = {
  bare: ({ name, summary }) => ({ 'README.md': `# ${name}\n\n${summary}\n`, 'main.py': 'print("compost")\n' }),
  partial: project => ({
    ...files.bare(project),
    'README.md': readme(project),
    LICENSE: mit,
    'CONTRIBUTING.md': contributing,
    'tests/test_main.py': 'def test_main():\n    assert 1 + 1 == 2\n',
  }),
  full: project => ({
    ...files.partial(project),
    'GOVERNANCE.md': governance,
    'MAINTAINERS.md': '# Maintainers\n\n- @quin\n- @uma\n- @sol\n',
    CODEOWNERS: '* @quin @uma\n',
    'CODE_OF_CONDUCT.md':
      'We keep the agreement of the Open Seed Library Foundation: https://openseed.example/agreement\n',
    'SECURITY.md': 'Write to security@openseed.example. We answer within three days.\n',
    '.github/workflows/test.yml': workflow,
    'docs/index.md': '# Guide\n\nStart with a small catalogue.\n',
    'pyproject.toml': `[project]\nname = "${project.slug}"\nversion = "1.0.0"\nlicense = "${project.licence}"\n`,
  }),
}

const readme = ({ name, summary, goals }: Kept): string =>
  `# ${name}\n\n${summary}\n\n${goals}\n\n## Quick start\n\n\`\`\`\npip install ${name.toLowerCase()}\n${name.toLowerCase()} --help\n\`\`\`\n`

const mit = `MIT License

Copyright (c) 2024 The contributors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
const contributing =
  '# Contributing\n\nOpen an issue first when the change is large. Small ones are welcome at once. Every change comes with a test and one line in the list of changes. Somebody looks at it within a week; if nobody does, ask again. We decide by agreement, and where that fails the maintainers vote.\n'
const governance =
  '# Governance\n\nThe maintainers decide about the project. A maintainer is added or removed by a vote of the others, two thirds in favour. Everybody may propose a change; it is taken when two maintainers agree and none objects within three days. Where there is a conflict between two people, a third maintainer listens to both and proposes a way; the council of the foundation is asked where that fails. The roles are contributor, maintainer and release keeper. Decisions are written down in the issue that they are about, with the votes, so that anybody can read how they came about. Who has not taken part for a year becomes emeritus and may come back by asking.\n'
const workflow =
  'name: test\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n'

const stream = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`

type Commit = {
  readonly at: number
  readonly index: number
  readonly files?: Record<string, string>
  readonly release?: string
}

/** One commit of `git fast-import`; the first one brings the files, a later one what was missing, the others change a note of the work done. */
function commitText({ at, index, files: brought, release }: Commit): string {
  const author = cast[(index * 7) % 6] ?? cast[0]
  const who = `${author?.name} <${author?.key}@openseed.example>`
  const landed = Math.floor(at / 1000)
  // Most work waits some hours to days for somebody to take it in; the first commit waits for nobody.
  const written = landed - ((index * 11) % 70) * 3600
  const changed = brought ?? { 'NOTES.md': `Work of day ${index}\n`.repeat((index % 5) + 1) }
  const blobs = Object.entries(changed).map(([path, text]) => `M 100644 inline ${path}\n${stream(text)}`)
  return `commit refs/heads/main\nauthor ${who} ${written} +0000\ncommitter ${who} ${landed} +0000\n${stream(`Day ${index}`)}${blobs.join('')}\n${release ? `reset refs/tags/${release}\nfrom refs/heads/main\n\n` : ''}`
}

const commits: Readonly<Record<DemoProject['care'], number>> = { full: 120, partial: 40, bare: 6 }
const days = 3 * 86_400_000
/** Who takes full care of a project releases it every four months. */
const commitsPerRelease = 40

/** A neighbour has a longer past: it was in the landscape before the year that is told. */
function historyOf(project: Kept, { until, isOld }: { until: number; isOld: boolean }): readonly Commit[] {
  const count = isOld ? 220 : commits[project.care]
  const mended = project.mended === undefined ? undefined : count - Math.ceil((project.mended * 86_400_000) / days)
  return Array.from({ length: count }, (_, index): Commit => {
    const at = until - (count - index) * days
    if (index === 0) return { at, index, files: files[project.care](project) }
    const isReleased = project.care === 'full' && index % commitsPerRelease === commitsPerRelease - 1
    return {
      ...{ at, index },
      ...(index === mended && { files: files.full(project) }),
      ...(isReleased && { release: `v1.${Math.floor(index / commitsPerRelease)}.0` }),
    }
  })
}

const limits = { seconds: 120, outputBytes: 65_536 }

async function git(run: GitRun, input?: string): Promise<void> {
  const { code } = await gitOutput({ run, ...limits, ...(input !== undefined && { input }) })
  if (code !== 0) throw new Error(`git ${run.args[0]} failed while the demo's repositories were made`)
}

/** Makes the bare repository of a project with a history that ends at `until` (milliseconds), and says where it is. */
export async function makeRepository(
  folder: string,
  project: Kept,
  { until, isOld = false }: { until: number; isOld?: boolean },
): Promise<string> {
  const path = join(folder, `${project.slug}.git`)
  await mkdir(folder, { recursive: true })
  await git({ args: ['init', '--quiet', '--bare', '--initial-branch=main', path] })
  const history = historyOf(project, { until, isOld }).map(commitText)
  await git({ folder: path, args: ['fast-import', '--quiet'] }, history.join(''))
  return path
}
