// What a look at unfamiliar projects taught: files at unusual places, people named elsewhere, CI of other kinds.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { lookAtFiles } from '#test/kit/assessing.ts'
import { publishedText } from '../licence/references.ts'

type Files = Parameters<typeof lookAtFiles>[2]
const outcomes = async (context: TestContext, check: string, cases: readonly (readonly [Files, string])[]) => {
  for (const [files, wanted] of cases) {
    const parameters =
      check === 'code-of-conduct'
        ? { accepted: ['Contributor Covenant'] }
        : check === 'maintainers'
          ? { minimum: 2 }
          : {}
    const { outcome, says } = await lookAtFiles(context, check, files, parameters)
    assert.equal(outcome, wanted, `${JSON.stringify(files).slice(0, 200)}: ${says}`)
  }
}
const roles = `Maintainers decide by vote. New ones are elected. Conflicts go to the council.\n${'Words. '.repeat(120)}`

test('governance deep in the documentation, or linked from the README, is for a person and no failure', context =>
  outcomes(context, 'governance', [
    [{ 'doc/source/dev/governance/governance.rst': roles }, 'needs-person'],
    [{ 'README.md': 'See our [governance](https://sample.example/how).' }, 'needs-person'],
    [{ 'README.md': 'Decided at <https://sample.example/governance>.' }, 'needs-person'],
    [{ 'third_party/x/GOVERNANCE.md': roles }, 'fail'],
    [{ 'README.md': 'We have no governance.' }, 'fail'],
    [{ 'src/governance.py': 'x = 1' }, 'fail'],
  ]))

test('a code of conduct that the README links to is for a person', context =>
  outcomes(context, 'code-of-conduct', [
    [{ 'README.md': 'Mind the [Code of Conduct](https://sample.example/coc).' }, 'needs-person'],
    [{ 'README.md': 'Be kind.' }, 'fail'],
    [{ 'docs/source/code_of_conduct.rst': 'Be kind.' }, 'needs-person'],
    [{ 'code_of_conduct.py': 'Contributor Covenant' }, 'fail'],
  ]))

test('maintainers: in the README, in lists of authors, in the package, or nowhere', context =>
  outcomes(context, 'maintainers', [
    [
      {
        'README.md':
          '# X\n\n## Maintainers\n\n- Ada Sample <ada@sample.example>\n\n### Former maintainers\n\n- Bea <bea@x.example>\n',
      },
      'fail',
    ],
    [
      { 'README.md': '# X\n\n## Maintainers\n\n- Ada Sample <ada@sample.example>\n- Bea Sample <bea@x.example>\n' },
      'unknown',
    ],
    [{ 'AUTHORS.md': 'Maintained with:\n\n- [Ada](mailto:ada@sample.example)\n' }, 'needs-person'],
    [{ 'pyproject.toml': '[project]\nmaintainers = [{name = "Ada"}]\n' }, 'needs-person'],
    [{ 'README.md': 'Thanks to all.' }, 'fail'],
  ]))

const flow = (on: string, run = 'pytest', more = '') =>
  `on:\n${on}\njobs:\n  t:\n    runs-on: x\n${more}    steps:\n      - run: ${run}\n`
const workflow = (text: string): Files => ({ '.github/workflows/a.yml': text })

test('CI: a push of tags, a label, a job that is off and a path filter are not each change', context =>
  outcomes(context, 'ci', [
    [workflow(flow('  push:\n    tags: [v*]')), 'fail'],
    [workflow(flow('  push:\n    tags: [v*]\n    branches: [main]')), 'pass'],
    [workflow(flow('  pull_request:\n    types: [labeled]')), 'fail'],
    [workflow(flow('  pull_request:\n    types: [opened, synchronize]')), 'pass'],
    [workflow(flow('  pull_request:\n    paths: [docs/**]')), 'needs-person'],
    [workflow(flow('  pull_request:', 'pytest', '    if: false\n')), 'fail'],
    [workflow(flow('  pull_request:', 'make check-all')), 'unknown'],
    [{ '.zuul.yaml': '- project:\n    check:\n      jobs:\n        - tox-py313\n' }, 'unknown'],
    [{ '.woodpecker.yml': 'steps:\n  - image: x\n    commands:\n      - go test ./...\n' }, 'pass'],
    [{ '.forgejo/workflows/t.yaml': flow('  pull_request:') }, 'pass'],
  ]))

test('the workflow named as proof is one that tests the functions, where there is one', async context => {
  const all = { '.github/workflows/bench.yml': flow('  push:'), '.github/workflows/test.yml': flow('  push:') }
  assert.match((await lookAtFiles(context, 'ci', all)).says, /^\.github\/workflows\/test\.yml /)
  assert.match((await lookAtFiles(context, 'ci', { 'a/x': '', ...workflow(flow('  push:')) })).says, /^\.github/)
})

test('tests: one file at the root counts, a document about tests does not', context =>
  outcomes(context, 'tests', [
    [{ 'test.js': 'x', ...workflow(flow('  push:', 'npm test')) }, 'pass'],
    [{ '.github/workflows/TEST_PLAN.md': 'x', 'test_data.json': '{}' }, 'fail'],
  ]))

const publish = workflow(flow('  release:', 'twine upload dist/*'))
test('packages: the settings of a tool build none, nor does an example; nested and far ones', context =>
  outcomes(context, 'packaging', [
    [{ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n', ...publish }, 'fail'],
    [{ 'docs/setup.cfg': '[metadata]\nname = x\n', ...publish }, 'fail'],
    [{ 'setup.cfg': '[flake8]\nmax-line-length = 100\n', ...publish }, 'fail'],
    [{ 'pyproject.toml': '[project]\nname = "x"\n', ...publish }, 'pass'],
    [{ 'bindings/python/pyproject.toml': '[build-system]\nrequires = []\n', ...publish }, 'pass'],
    [{ 'a/b/c/d/e/setup.py': 'setup(name="x")', ...publish }, 'needs-person'],
    [
      { 'setup.py': 'setup(name="x")', ...workflow(flow('  push:', '$CONDA_RUN scripts/build_frameworks.sh')) },
      'unknown',
    ],
    [{ 'setup.py': 'setup(name="x")', ...workflow(`# twine upload\n${flow('  push:')}`) }, 'unknown'],
  ]))

test('CODEOWNERS: of three, only the one that the forge reads', async context => {
  const look = (files: Files) => lookAtFiles(context, 'codeowners', files, { retired: false })
  const all = { '.github/CODEOWNERS': '* @ada\n', CODEOWNERS: '* @bea\n/x @cy\n', 'docs/CODEOWNERS': '' }
  assert.match((await look(all)).says, /^\.github\/CODEOWNERS has 1 line/)
  assert.match((await look({ ...all, '.github/CODEOWNERS': null, '.gitlab/CODEOWNERS': '' })).says, /^CODEOWNERS has 2/)
  assert.equal((await look({ ...all, '.github/CODEOWNERS': '# nobody\n' })).outcome, 'fail')
})

test('the retired: a heading or a mark, not a sentence about the past', context =>
  outcomes(context, 'codeowners', [
    [
      { CODEOWNERS: '* @ada\n', 'MAINTAINERS.md': 'In the past we met weekly.\nFormer rules no longer hold.\n' },
      'needs-person',
    ],
    [{ CODEOWNERS: '* @ada\n', 'MAINTAINERS.md': '## Past maintainers\n\n- Bea\n' }, 'pass'],
    [{ CODEOWNERS: '* @ada\n', 'MAINTAINERS.md': 'Emeritus:\n- Bea\n' }, 'pass'],
    [{ CODEOWNERS: '* @ada\n', 'MAINTAINERS.md': '- Bea (emeritus)\n' }, 'pass'],
    [{ CODEOWNERS: '* @ada\n', 'MAINTAINERS.md': 'Alumni\n------\n\n- Bea\n' }, 'pass'],
  ]))

test('programs with the name of a document are not that document', context =>
  outcomes(context, 'adopters', [
    [{ 'docs/users.py': 'x' }, 'needs-person'],
    [{ 'ADOPTERS.md': 'x' }, 'pass'],
  ]))

test('copyright lines under the name of one of several contributors', async context => {
  const text = publishedText('BSD-3-Clause').licenseText.replace(
    /Copyright \(c\)[^\n]*/,
    'Copyright 2023 First\nAll contributions by Second:\nCopyright (c) 2019 Second\n',
  )
  const at = async (LICENSE: string) =>
    (await lookAtFiles(context, 'licence', { LICENSE }, { allowed: ['BSD-3-Clause'] })).outcome
  assert.match(text, /All contributions/)
  assert.equal(await at(text), 'pass')
  assert.equal(await at(text.replace('by Second:', 'by Second may not be sold:')), 'needs-person')
})
