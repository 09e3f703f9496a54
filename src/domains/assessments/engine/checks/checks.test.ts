// Each check on real repositories: where a file may stand, what hides in it, what is not known.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { assessPath, criteriaWith, look, lookAtFiles, secondsBefore } from '#test/kit/assessing.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { isTestCommand } from './commands.ts'
import { listedIn } from './maintainers.ts'
import { admits } from './versions.ts'
import { workflowOf } from './workflow.ts'

for (const path of ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', 'codeowners'])
  test(`CODEOWNERS at ${path}`, async context => {
    const files = { [path]: '# all\n* @ada @bea\n\n## Emeritus\n# @cy\n' }
    assert.equal((await lookAtFiles(context, 'codeowners', files)).outcome, 'pass')
  })

test('CODEOWNERS: elsewhere, empty, without the retired', async context => {
  const outcome = async (files: Record<string, string>) => (await lookAtFiles(context, 'codeowners', files)).outcome
  assert.equal(await outcome({ 'src/CODEOWNERS': '* @ada' }), 'fail')
  assert.equal(await outcome({ CODEOWNERS: '# nobody\n/src\n' }), 'fail')
  assert.equal(await outcome({ CODEOWNERS: '* @ada\n' }), 'needs-person')
})

const charter = `# Governance\n\nMaintainers decide by vote of a majority. New maintainers are nominated and elected; those who leave become emeritus.\nConflicts are escalated to the council.\n${'Words about how it is done. '.repeat(30)}`

test('governance: a document with substance, one linked to, a stub, a stub that leads elsewhere, none', async context => {
  const outcome = async (files: Record<string, string>) => (await lookAtFiles(context, 'governance', files)).outcome
  assert.equal(await outcome({ 'GOVERNANCE.md': charter }), 'pass')
  assert.equal(await outcome({ 'Documentation/governance-model.md': charter }), 'pass')
  assert.equal(await outcome({ 'GOVERNANCE.md': 'See [here](docs/rules.md).', 'docs/rules.md': charter }), 'pass')
  assert.equal(await outcome({ 'GOVERNANCE.md': 'The maintainers decide.' }), 'fail')
  assert.equal(await outcome({ 'GOVERNANCE.md': 'See https://sample.example/rules.pdf' }), 'needs-person')
  assert.equal(await outcome({ 'GOVERNANCE.md': 'Lorem ipsum. '.repeat(80) }), 'needs-person')
  assert.equal(await outcome({ 'README.md': charter.replace('# ', '') }), 'fail')
})

const flow = (run: string, on = 'pull_request') =>
  `on: ${on}\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: |\n          ${run}\n`
const flows: readonly (readonly [string, string, string])[] = [
  ['tests on a pull request', flow('python -m pytest -q'), 'pass'],
  ['tests at night only', flow('pytest', 'schedule'), 'fail'],
  ['only the installation of pytest', flow('pip install pytest'), 'fail'],
  ['only a linter', flow('ruff check .'), 'fail'],
  ['a script', flow('bash ci/run.sh'), 'unknown'],
  ['a reused workflow', 'on: push\njobs:\n  t:\n    uses: ./.github/workflows/other.yml\n', 'unknown'],
  ['not YAML', 'on: [push\n  : :', 'unknown'],
]
for (const [name, text, outcome] of flows)
  test(`CI: ${name}`, async context => {
    assert.equal((await lookAtFiles(context, 'ci', { '.github/workflows/a.yml': text })).outcome, outcome)
  })

test('CI: none, another system', async context => {
  assert.equal((await lookAtFiles(context, 'ci', { x: 'y' })).outcome, 'fail')
  assert.equal(
    (await lookAtFiles(context, 'ci', { '.gitlab-ci.yml': 'test:\n  script:\n    - cargo test --all\n' })).outcome,
    'pass',
  )
  assert.equal((await lookAtFiles(context, 'ci', { Jenkinsfile: 'node { sh "x" }' })).outcome, 'unknown')
})

test('commands that run tests, and those that do not', () => {
  const running = [
    'pytest',
    'uv run pytest -x',
    'pip install -e . && pytest',
    'cargo test',
    'npm test',
    'make unit-test',
    'ctest -V',
    'tox -e py',
  ]
  const idle = ['pip install pytest', 'echo pytest', '# pytest', 'cargo build', 'npm ci', 'uv sync --group test']
  assert.deepEqual(
    running.filter(line => !isTestCommand(line)),
    [],
  )
  assert.deepEqual(idle.filter(isTestCommand), [])
})

test('a workflow whose aliases multiply is not read', () => {
  const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*a, *a, *a, *a]`).join('\n')}\njobs: {t: {steps: []}}\non: push\n`
  assert.equal(workflowOf(bomb), undefined)
})

const releases = {
  package: 'sample',
  completeUntil: '2026-12-31',
  releases: [
    { version: '2.9', on: '2025-06-01' },
    { version: '2.10', on: '2025-12-01' },
    { version: '2.11', on: '2026-06-01' },
  ],
}
const dependencies: readonly (readonly [string, Record<string, string>, string])[] = [
  ['CI pins the newest', { '.github/workflows/a.yml': flow('pip install sample==2.10.1') }, 'pass'],
  ['CI pins the one before', { '.github/workflows/a.yml': flow('pip install "sample==2.9.*"') }, 'pass'],
  ['CI pins an old one', { '.github/workflows/a.yml': flow('pip install sample==2.4') }, 'fail'],
  ['CI computes it', { '.github/workflows/a.yml': flow('pip install sample==$VERSION sample==2.4') }, 'unknown'],
  ['the bound shuts out the newest', { 'pyproject.toml': '[project]\ndependencies = ["sample>=2,<2.10"]\n' }, 'fail'],
  ['an open bound', { 'requirements.txt': 'sample>=2.0\n' }, 'unknown'],
  ['another package of like name', { 'requirements.txt': 'sample-extra<1.0\n' }, 'unknown'],
  ['nothing', { x: 'y' }, 'unknown'],
]
for (const [name, files, outcome] of dependencies)
  test(`dependency: ${name}`, async context => {
    assert.equal((await lookAtFiles(context, 'supports-dependency', files, releases)).outcome, outcome)
  })

test('dependency: after the end of the table nothing passes', async context => {
  const files = { '.github/workflows/a.yml': flow('pip install sample==2.10') }
  const ended = { ...releases, completeUntil: '2026-01-01' }
  assert.equal((await lookAtFiles(context, 'supports-dependency', files, ended)).outcome, 'unknown')
})

test('which bounds shut a version out', () => {
  const out = [
    ['<2.10', '2.10'],
    ['<=2.9', '2.10'],
    ['==2.9', '2.10'],
    ['==2.9.*', '2.10'],
    ['>=2,<2.4', '2.10'],
    ['~=2.9.0', '2.10'],
    ['<2.10.0', '2.10'],
  ]
  const open = [
    ['>=2.0', '2.10'],
    ['<3', '2.10'],
    ['<=2.10', '2.10'],
    ['~=2.9', '2.10'],
    ['!=2.10', '2.10'],
    ['', '2.10'],
    ['<2.11', '2.10'],
  ]
  assert.deepEqual(
    out.filter(([bound = '', version = '']) => admits(bound, version) !== false),
    [],
  )
  assert.deepEqual(
    open.filter(([bound = '', version = '']) => admits(bound, version) !== true),
    [],
  )
})

const bea = 'Bea Sample <9+beas@users.noreply.github.com>'
const maintainersOf = (context: Parameters<typeof look>[0], files: Record<string, string>) =>
  look(context, {
    check: 'maintainers',
    parameters: { minimum: 2 },
    commits: [
      { at: secondsBefore(9), files },
      { at: secondsBefore(8), author: bea },
    ],
  })

test('maintainers: proven by handle, name or address; never by a list alone', async context => {
  const outcome = async (files: Record<string, string>) => (await maintainersOf(context, files)).outcome
  assert.equal(await outcome({ 'MAINTAINERS.md': '- Ada Sample (@adas)\n- Bea (@beas)\n' }), 'pass')
  assert.equal(await outcome({ CODEOWNERS: '* @beas ada@sample.example\n' }), 'pass')
  assert.equal(
    await outcome({
      'GOVERNANCE.md': '## Maintainers\n\n* Ada Sample (@adas)\n* Bea Sample (@beas)\n\n## Other\n\n* Cy (@cy)\n',
    }),
    'pass',
  )
  assert.equal(await outcome({ 'MAINTAINERS.md': '- Ada Sample (@adas)\n- Cy Sample (@cys)\n' }), 'unknown')
  assert.equal(
    await outcome({ 'MAINTAINERS.md': '- Ada Sample (@adas)\n\n## Emeritus\n\n- Bea Sample (@beas)\n' }),
    'needs-person',
  )
  assert.equal(await outcome({ CODEOWNERS: '* @sample/core\n' }), 'unknown')
  assert.equal(await outcome({ CODEOWNERS: '* @adas\n' }), 'fail')
  assert.equal(await outcome({ x: 'y' }), 'fail')
})

test('maintainers: one person under two handles in one list counts once', async context => {
  const files = { 'MAINTAINERS.md': '- Ada Sample (@adas)\n- Ada Sample (@ada-two)\n' }
  assert.equal((await maintainersOf(context, files)).measured?.listed, 1)
})

test('lists in tables, bullets and lines; sections of those who left are passed over', () => {
  const table =
    '| Name | Handle |\n|---|---|\n| Ada Sample | [@adas](https://github.com/adas) |\n| Bea Sample | @beas |\n'
  assert.deepEqual(
    listedIn(table).map(({ handle }) => handle),
    ['adas', 'beas'],
  )
  assert.deepEqual(
    listedIn('# Team\n- Ada (@a)\n## Alumni\n- Bea (@b)\n## Security\n- Cy (@c)\n').map(({ handle }) => handle),
    ['a', 'c'],
  )
  assert.deepEqual(listedIn('Thanks to @everyone and to mail@sample.example.'), [])
  assert.equal(listedIn('Ada Sample <ada@sample.example>\n@beas\nCy Sample (@cys), since 2020\n').length, 3)
})

test('releases: tags by their own date, not after the as-of date', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [
    { at: secondsBefore(400) },
    { at: secondsBefore(5) },
    { at: secondsBefore(-5) },
  ])
  const [late = '', recent = '', old = ''] = git(path, ['rev-list', 'main']).trim().split('\n')
  const tags = async () => (await assessPath(path, criteriaWith('releases', { days: 365 }))).checks[0]
  git(path, ['tag', 'v1', old])
  git(path, ['tag', 'v3', late])
  assert.deepEqual([(await tags())?.outcome, (await tags())?.measured?.versions], ['unknown', 0])
  git(path, ['tag', 'v2', recent])
  assert.deepEqual([(await tags())?.outcome, (await tags())?.measured?.versions], ['pass', 1])
})
