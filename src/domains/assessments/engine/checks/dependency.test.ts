// Dependency bounds in every form that Python projects write them, and the versions that CI installs.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { lookAtFiles } from '#test/kit/assessing.ts'
import { requirementOf } from './declarations.ts'
import { pinsIn } from './pins.ts'
import { readToml } from './toml.ts'
import { admits, minorOf } from './versions.ts'

const releases = {
  package: 'sample',
  alsoNamed: ['pysample'],
  completeUntil: '2026-12-31',
  releases: [
    { version: '2.9', on: '2025-06-01' },
    { version: '2.10', on: '2025-12-01' },
    { version: '2.11', on: '2026-06-01' },
  ],
}
type Files = Parameters<typeof lookAtFiles>[2]
const outcomes = async (context: TestContext, cases: readonly (readonly [Files, string])[]) => {
  for (const [files, wanted] of cases) {
    const { outcome, says } = await lookAtFiles(context, 'supports-dependency', files, releases)
    assert.equal(outcome, wanted, `${JSON.stringify(files)}: ${says}`)
  }
}

test('specifiers let a minor release in when one of its patches fits', () => {
  const cases: readonly (readonly [string, boolean | undefined])[] = [
    ['', true],
    ['>=2.9', true],
    ['<2.10', false],
    ['<2.10.0rc1', false],
    ['<2.10.1', true],
    ['<=2.10', true],
    ['<=2.9', false],
    ['<=2.9.9', false],
    ['==2.10.1+cu128', true],
    ['==2.9.*', false],
    ['==2.*', true],
    ['!=2.10.*', false],
    ['!=2.10.0', true],
    ['!=2.*', false],
    ['~=2.9', true],
    ['~=2.9.0', false],
    ['~=2.10.3', true],
    ['===2.10.0', true],
    ['===2.9.0', false],
    ['>2.10', true],
    ['>2.10.post1', true],
    ['>=2.11.0.dev0', false],
    ['>=2.10.0.dev20250101', true],
    ['>=2, <3, !=2.10.1', true],
    ['(>=2.0,<2.5)', false],
    ['^2.4', true],
    ['^1.13', false],
    ['^0.4.1', false],
    ['~2.9', false],
    ['~2.10.1', true],
    ['=2.9', false],
    ['2.10.*', true],
    ['2.9|2.10', true],
    ['<2.0|>=2.12', false],
    ['>=3', false],
    ['address', undefined],
    ['>=$MIN', undefined],
    ['>=$MIN,<2.0', false],
  ]
  for (const [specifier, wanted] of cases) assert.equal(admits(specifier, '2.10'), wanted, specifier)
})

test('a lower bound and an upper bound together shut out exactly what lies outside', () => {
  const minors = fc.nat({ max: 30 })
  fc.assert(
    fc.property(minors, minors, minors, (low, high, at) => {
      assert.equal(admits(`>=2.${low},<2.${high}`, `2.${at}`), low <= at && at < high)
      assert.equal(admits(`<=2.${high}.*`, `2.${at}`), undefined)
    }),
    { numRuns: 200 },
  )
})

test('versions and requirements that are none', () => {
  assert.deepEqual(['2.10', '2.10.1+cpu', 'v2.9.0', '2.10rc1', '2', 'x', '$V'].map(minorOf), [
    ...['2.10', '2.10', '2.9', '2.10'],
    ...[undefined, undefined, undefined],
  ])
  const names = new Set(['sample', 'py-sample'])
  const read = (text: string) => requirementOf(text, names)?.specifier
  assert.equal(read('sample[extra1,extra2] >= 2.1 , < 3 ; python_version < "3.9"'), '>= 2.1 , < 3')
  assert.equal(read('Py_Sample==2.1'), '==2.1')
  assert.equal(read('sample @ https://sample.example/whl/sample-2.4.0-cp310-none-any.whl'), '==2.4.0')
  assert.equal(read('sample @ git+https://sample.example/x'), 'address')
  for (const text of ['sampler>=1', 'sample-extra<1', 'sample is a library', 'mysample==1'])
    assert.equal(read(text), undefined)
})

test('TOML: tables, arrays over lines, comments and brackets in strings', () => {
  const text = '[a.b] # c\nx = [\n  "one", # "no"\n  \'two]\',\n]\n["q"]\ny = { z = "three" }\nw = """\nl = "4"\n"""\n'
  assert.deepEqual(
    readToml(text).map(({ table, key, strings, line }) => [table, key, strings, line]),
    [
      [
        'a.b',
        'x',
        [
          { text: 'one', line: 3 },
          { text: 'two]', line: 4 },
        ],
        2,
      ],
      ['q', 'y', [{ text: 'three', line: 7 }], 7],
      ['q', 'w', [{ text: '\nl = "4"\n', line: 8 }], 8],
    ],
  )
})

const project = (dependencies: string) => `[project]\nname = "x"\ndependencies = [\n  ${dependencies}\n]\n`
test('a bound that holds for every user and shuts the newest out fails; any other is for a person', context =>
  outcomes(context, [
    [{ 'pyproject.toml': project('"other<1", # "sample<1"\n  "sample>=2.0"') }, 'unknown'],
    [{ 'pyproject.toml': project('"sample>=2.0,<2.10"') }, 'fail'],
    [{ 'pyproject.toml': project('"sample[all]~=2.9.0"') }, 'fail'],
    [{ 'pyproject.toml': project(`"sample<2.3; sys_platform == 'darwin'"`) }, 'needs-person'],
    [{ 'pyproject.toml': project('"sample>=2.10"') }, 'needs-person'],
    [{ 'pyproject.toml': '[project.optional-dependencies]\ntest = ["sample==2.4"]\n' }, 'needs-person'],
    [{ 'pyproject.toml': '[build-system]\nrequires = ["sample==2.4"]\n' }, 'needs-person'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\nsample = "^1.13"\n' }, 'fail'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\nsample = "2.4.1"\n' }, 'fail'],
    [
      { 'pyproject.toml': '[tool.poetry.dependencies]\nsample = {version = "<2.4", optional = true}\n' },
      'needs-person',
    ],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\nsample = "^2.4"\n' }, 'unknown'],
    [{ 'setup.cfg': '[options]\ninstall_requires =\n    other\n    sample<2.5\n' }, 'fail'],
    [{ 'setup.cfg': '[options.extras_require]\ntest =\n    sample<2.5\n' }, 'needs-person'],
    [{ 'setup.py': 'setup(install_requires=["sample<2.5"])\n' }, 'needs-person'],
    [{ 'requirements.txt': '-r requirements/base.txt\n', 'requirements/base.txt': 'sample<2.5  # old\n' }, 'fail'],
    [{ 'requirements.txt': '-c constraints.txt\nsample\n', 'constraints.txt': 'sample==2.4.1\n' }, 'fail'],
    [{ 'requirements.txt': '-r requirements.txt\nsample \\\n  <2.5 --hash=sha256:00\n' }, 'fail'],
    [{ 'requirements.txt': 'sample<2.5\n', 'setup.py': 'setup(install_requires=unfrozen())\n' }, 'needs-person'],
    [{ 'requirements-dev.txt': 'sample<2.5\n' }, 'needs-person'],
    [{ 'examples/a/requirements.txt': 'sample==2.1\n' }, 'needs-person'],
    [{ 'bindings/python/pyproject.toml': project('"sample<2.5"') }, 'fail'],
    [{ 'conda/meta.yaml': 'requirements:\n  run:\n    - conda-forge::pysample >=2.1,<2.5\n' }, 'needs-person'],
    [{ 'environment.yml': 'dependencies:\n  - pysample=2.10\n' }, 'unknown'],
  ]))

const steps = (run: string, more = '') =>
  `on: pull_request\njobs:\n  t:\n    runs-on: x\n${more}    steps:\n      - run: |\n          ${run}\n          pytest\n`
const workflow = (text: string): Files => ({ '.github/workflows/a.yml': text })
const expression = (name: string): string => `$\{{ ${name} }}`
const matrix = (rows: string) => `    strategy:\n      matrix:\n${rows}`

test('what CI installs: pins, matrices with more rows, variables, images, nightly builds', context =>
  outcomes(context, [
    [workflow(steps('pip install sample==2.10.1')), 'pass'],
    [workflow(steps('pip install "sample~=2.9.0"')), 'pass'],
    [workflow(steps('pip install sample==2.4')), 'fail'],
    [workflow(steps('pip install sample')), 'unknown'],
    [workflow(steps("pip install 'sample>=2.4'")), 'unknown'],
    [workflow(steps('pip install sample==2.4\n          pip install sample')), 'unknown'],
    [workflow(steps('# pip install sample==2.10')), 'unknown'],
    [
      workflow(
        steps(`pip install sample==${expression('matrix.sample')}`, matrix('        sample: ["2.4.1", "2.10.0"]\n')),
      ),
      'pass',
    ],
    [workflow(steps(`pip install sample==${expression('matrix.ver')}`, matrix('        ver: ["2.4.1"]\n'))), 'fail'],
    [
      workflow(
        steps(
          `pip install sample==${expression('matrix.ver')}`,
          matrix('        include:\n          - { os: x, ver: "2.10.0" }\n'),
        ),
      ),
      'pass',
    ],
    [
      workflow(steps(`pip install ${expression('matrix.spec')}`, matrix('        spec: ["sample==2.4", "sample"]\n'))),
      'unknown',
    ],
    [
      workflow(
        steps(
          `pip install sample==${expression('matrix.ver')}`,
          matrix(`        ver: ${expression('fromJSON(needs.x.outputs.y)')}\n`),
        ),
      ),
      'unknown',
    ],
    [workflow(steps('pip install sample==$V', '    env:\n      V: 2.10.0\n')), 'pass'],
    [workflow(steps('V=$(latest)\n          pip install sample=="$V" sample==2.4')), 'unknown'],
    [workflow(steps('true', '    container: sample/sample:2.10.0-cuda12\n')), 'pass'],
    [workflow(steps('pip install --pre sample --index-url https://x.example/whl/nightly')), 'needs-person'],
    [workflow(steps('pip install sample==2.12.0.dev20260101')), 'needs-person'],
    [workflow(steps('conda install pysample=2.10')), 'pass'],
    [workflow(steps('pip install sample-extra==2.10')), 'unknown'],
  ]))

test('an unquoted 2.10 is the number 2.1, as the forge reads it too', async context => {
  const text = steps(`pip install sample==${expression('matrix.ver')}`, matrix('        ver: [2.10]\n'))
  assert.deepEqual(
    pinsIn(text, ['sample']).pins.map(({ minor }) => minor),
    ['2.1'],
  )
  await outcomes(context, [[workflow(text), 'fail']])
})

test('old pins in one workflow, while another tests without saying the version, prove nothing', context =>
  outcomes(context, [
    [
      { ...workflow(steps('pip install sample==2.4')), '.github/workflows/b.yml': steps('pip install .') },
      'needs-person',
    ],
    [
      {
        '.github/workflows/docs.yml': 'on: push\njobs: {d: {steps: [{run: pip install sample==2.10}]}}\n',
        '.github/workflows/b.yml': steps('true'),
      },
      'needs-person',
    ],
  ]))

test('one leg of a matrix pins an old release and the others take the newest when they run: unknown, whichever that was', async context => {
  const text = `on: push
jobs:
  build_and_test:
    strategy:
      matrix:
        os: [ubuntu-latest]
        version: [
          {sample: sample==2.4, python: "3.10"},
          {sample: sample, python: "3.13"}
        ]
        include:
          - os: macos-latest
            version: {sample: sample, python: "3.14"}
    steps:
      - run: pip install \${{ matrix.version.sample }}
      - run: pytest
`
  const { outcome, says } = await lookAtFiles(context, 'supports-dependency', workflow(text), releases)
  assert.deepEqual(
    [outcome, says],
    ['unknown', 'No declaration of sample was found; CI installs whichever release is the newest when it runs.'],
  )
})

test('a job that is switched off pins nothing', context =>
  outcomes(context, [[workflow(steps('pip install sample==2.10', '    if: false\n')), 'unknown']]))
