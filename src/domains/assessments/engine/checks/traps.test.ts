// What real repositories taught: places, names and forms that a first reading took for absence or for presence.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { asOf, criteriaWith, look, lookAtFiles, secondsBefore } from '#test/kit/assessing.ts'
import { makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from '../assess.ts'
import { countPeople } from './maintainers.ts'

type Files = Record<string, string>
const outcomes = (
  name: string,
  check: string,
  cases: readonly (readonly [string, Files, string])[],
  parameters: object = {},
) => {
  for (const [what, files, outcome] of cases)
    test(`${name}: ${what}`, async (context: TestContext) => {
      assert.equal((await lookAtFiles(context, check, files, parameters)).outcome, outcome)
    })
}

outcomes('governance', 'governance', [
  ['a picture of it', { 'docs/governance.png': 'x', 'flowchart.js': 'x' }, 'fail'],
  ['a section of the README', { 'README.md': '## Governance\n\nAda decides.' }, 'needs-person'],
  ['the word in passing', { 'README.md': 'A tool for data governance and more.' }, 'fail'],
])

const flow = (run: string, on = 'pull_request') =>
  `on: ${on}\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: ${run}\n`
outcomes('CI', 'ci', [
  ['Zuul', { '.zuul.yaml': '- project:\n    check:\n      jobs: [unit]\n' }, 'unknown'],
  ['Travis with its default commands', { '.travis.yml': 'language: node_js\n' }, 'unknown'],
  [
    'a push of tags alone',
    { '.github/workflows/a.yml': 'on:\n  push:\n    tags: ["v*"]\njobs:\n  t:\n    steps:\n      - run: pytest\n' },
    'fail',
  ],
  [
    'a job that is off',
    { '.github/workflows/a.yml': 'on: push\njobs:\n  t:\n    if: false\n    steps:\n      - run: pytest\n' },
    'fail',
  ],
  ['a target with "test" in its name', { '.github/workflows/a.yml': flow('make latest') }, 'unknown'],
  ['an environment of tox for style', { '.github/workflows/a.yml': flow('tox -e lint') }, 'fail'],
  ['only asking for the version', { '.github/workflows/a.yml': flow('pytest --version') }, 'fail'],
  [
    'through a script',
    { '.github/workflows/a.yml': flow('ci/run.sh all'), 'ci/run.sh': '#!/bin/sh\nmake -j4 test\n' },
    'pass',
  ],
  [
    'through a script without tests',
    { '.github/workflows/a.yml': flow('ci/run.sh'), 'ci/run.sh': 'ruff .\n' },
    'unknown',
  ],
  [
    'through a reused workflow',
    {
      '.github/workflows/a.yml': 'on: push\njobs:\n  t:\n    uses: ./.github/workflows/b.yml\n',
      '.github/workflows/b.yml': flow('cargo test', 'workflow_call'),
    },
    'pass',
  ],
  [
    'through a local action',
    {
      '.github/workflows/a.yml': 'on: push\njobs:\n  t:\n    steps:\n      - uses: ./.github/actions/t\n',
      '.github/actions/t/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: npm test\n      shell: bash\n',
    },
    'pass',
  ],
  ['a name that is no command', { '.gitlab-ci.yml': 'a:\n  name: pytest\n  script:\n    - ruff .\n' }, 'unknown'],
  [
    'prose that names the program',
    { '.zuul.yaml': '- job:\n    name: a\n    description: |\n      tox runs here\n' },
    'unknown',
  ],
  ['a pipeline in Groovy', { Jenkinsfile: "node { stage('pytest') { sh 'make test' } }" }, 'pass'],
  [
    'CircleCI',
    {
      '.circleci/config.yml':
        'jobs:\n  a:\n    steps:\n      - run:\n          name: x\n          command: go test ./...\n',
    },
    'pass',
  ],
  ['none, but a badge', { 'README.md': '[![b](https://travis-ci.org/x/y.svg)](https://travis-ci.org/x/y)' }, 'unknown'],
])

outcomes('tests', 'tests', [
  ['one at the root', { 'test.js': 'x' }, 'unknown'],
  ['shell scripts in t/', { 't/t0001-init.sh': 'x' }, 'unknown'],
  ['Java', { 'src/it/java/a/SampleTest.java': 'x' }, 'unknown'],
  ['inside Rust', { 'src/lib.rs': '#[cfg(test)] mod tests {}' }, 'unknown'],
  ['a source named like a specification', { 'nova/request_spec.py': 'x', 'main.c': 'x' }, 'unknown'],
  ['a document about tests', { 'docs/test_plan.md': 'x', 'main.c': 'x' }, 'fail'],
  ['none', { 'main.c': 'x', 'latest.c': 'x' }, 'fail'],
  ['of others only', { 'deps/x/test/a.c': 'x', 'main.c': 'x' }, 'unknown'],
])

outcomes(
  'contributing',
  'file-present',
  [
    ['a section of the README', { 'README.md': '## Contributing\n\nSend patches.' }, 'needs-person'],
    ['none', { 'README.md': 'x' }, 'fail'],
  ],
  { file: 'contributing', characters: 300 },
)

outcomes(
  'code of conduct',
  'code-of-conduct',
  [
    ['a link', { 'README.md': 'See the [Code of Conduct](https://sample.example/conduct).' }, 'needs-person'],
    ['a heading of reStructuredText', { 'README.rst': 'Code of Conduct\n---------------\n\nBe kind.' }, 'needs-person'],
    ['none', { 'README.md': 'x' }, 'fail'],
  ],
  { accepted: ['Contributor Covenant'] },
)

outcomes('CODEOWNERS', 'codeowners', [
  ['OWNERS instead', { OWNERS: 'approvers:\n- ada\n' }, 'needs-person'],
  ['MAINTAINERS is another file', { 'MAINTAINERS.md': '- Ada (@ada)' }, 'fail'],
  [
    'of three the first in the order of the forge',
    { '.github/CODEOWNERS': '# none\n', CODEOWNERS: '* @ada\n', 'docs/CODEOWNERS': '* @bea\n' },
    'fail',
  ],
])

outcomes(
  'maintainers',
  'maintainers',
  [
    ['authors only', { 'AUTHORS.md': '- Ada Sample\n' }, 'needs-person'],
    ['a word in the README', { 'README.md': '## Maintainers\n\nAsk us.' }, 'needs-person'],
    ['none', { x: 'y' }, 'fail'],
  ],
  { minimum: 2 },
)

test('maintainers: one person, by login in one file and by address in another, is one', async context => {
  const result = await look(context, {
    check: 'maintainers',
    parameters: { minimum: 2 },
    commits: [
      {
        at: secondsBefore(9),
        files: { 'MAINTAINERS.md': '- Ada Sample <ada@sample.example>\n', CODEOWNERS: '* @adas\n' },
      },
      { at: secondsBefore(8), author: 'Ada Sample <7+adas@users.noreply.github.com>' },
    ],
  })
  assert.deepEqual([result.measured?.listed, result.measured?.proven], [1, 1])
  assert.notEqual(result.outcome, 'pass')
})

test('people counted: shared keys join, directly and by way of a third', () => {
  const listed = [
    { handle: 'a' },
    { address: 'a@x.example' },
    { handle: 'b', name: 'bea sample' },
    { name: 'bea sample' },
  ]
  assert.deepEqual(countPeople(listed, []), { listed: 3, proven: 0 })
  const active = [
    { address: '1+a@users.noreply.github.com', name: 'ada sample', login: 'a' },
    { address: 'a@x.example', name: 'ada sample', login: '' },
  ]
  assert.deepEqual(countPeople(listed, active), { listed: 2, proven: 1 })
})

test('a copy that ends before the date proves enough, never too little', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [{ at: secondsBefore(120) }, { at: secondsBefore(60) }])
  const outcome = async (isCopy: boolean, minimum: number) => {
    const git = await openLocal(path, { isCopy })
    if (isRefusal(git)) throw new Error(git.says)
    const answer = await assess({ git, asOf, criteria: criteriaWith('commits', { days: 90, minimum }) })
    git.close()
    if (isRefused(answer)) throw new Error(answer.says)
    return [answer.checks[0]?.outcome, answer.seenUntil]
  }
  const end = new Date(secondsBefore(60) * 1000).toISOString()
  assert.deepEqual(await outcome(true, 2), ['unknown', end])
  assert.deepEqual(await outcome(true, 1), ['pass', end])
  assert.deepEqual(await outcome(false, 2), ['fail', undefined])
})
