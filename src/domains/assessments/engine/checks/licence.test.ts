// Licences on real repositories: where they may stand, links, sizes, partial copies, and what the packages say.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { assessPath, criteriaWith, lookAtFiles, secondsBefore } from '#test/kit/assessing.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { publishedText } from '../licence/references.ts'

const allowed = { allowed: ['BSD-3-Clause', 'Apache-2.0', 'MIT'] }
const mit = publishedText('MIT').licenseText
const link = (text: string) => ({ mode: '120000', text })

const licences: readonly (readonly [string, Record<string, string>, string])[] = [
  ['MIT at the root', { LICENSE: mit }, 'pass'],
  ['lower case and an ending', { 'license.txt': mit }, 'pass'],
  ['COPYING', { COPYING: mit }, 'pass'],
  [
    'two texts, both allowed',
    { 'LICENSE-MIT': mit, 'LICENSE-APACHE': publishedText('Apache-2.0').licenseText },
    'pass',
  ],
  ['a folder LICENSE', { 'LICENSE/MIT.txt': mit }, 'pass'],
  ['not at the root', { 'docs/LICENSE': mit }, 'fail'],
  ['none', { README: 'Licensed under MIT' }, 'fail'],
  ['GPL', { LICENSE: publishedText('GPL-3.0-only').licenseText }, 'fail'],
  [
    'MIT or GPL by the statement of the package',
    {
      'LICENSE-MIT': mit,
      'LICENSE-GPL': publishedText('GPL-2.0-only').licenseText,
      'Cargo.toml': '[package]\nlicense = "MIT OR GPL-2.0-only"\n',
    },
    'needs-person',
  ],
  ['MIT and GPL', { LICENSE: mit, COPYING: publishedText('GPL-2.0-only').licenseText }, 'fail'],
  ['MIT with a restriction', { LICENSE: `${mit}\n\nNot for commercial use.` }, 'needs-person'],
  [
    'BUSL',
    { LICENSE: publishedText('BUSL-1.1').licenseText.replace(/Licensor:.*/, 'Licensor: Sample') },
    'needs-person',
  ],
  ['MIT and a text that is none', { LICENSE: mit, 'LICENSE-EXTRA': 'See the website.' }, 'needs-person'],
  [
    'MIT, but the package says GPL',
    { LICENSE: mit, 'pyproject.toml': '[project]\nlicense = "GPL-3.0-only"\n' },
    'needs-person',
  ],
  [
    'MIT, and the package says so',
    { LICENSE: mit, 'Cargo.toml': '[package]\nlicense = "MIT OR Apache-2.0"\n' },
    'pass',
  ],
  [
    'MIT, but the package says Apache-2.0',
    { LICENSE: mit, 'pyproject.toml': '[project]\nlicense = "Apache-2.0"\n' },
    'needs-person',
  ],
  [
    'MIT, and one package in a folder says Apache-2.0',
    { LICENSE: mit, 'py/pyproject.toml': '[project]\nlicense = "Apache-2.0"\n' },
    'pass',
  ],
  [
    'the table of an older pyproject',
    { LICENSE: mit, 'pyproject.toml': '[project]\nlicense = { text = "GPLv3" }\n' },
    'needs-person',
  ],
  [
    'the file that pyproject names',
    { LICENSE: mit, 'pyproject.toml': '[project]\nlicense = { file = "LICENSE" }\nlicense-files = ["LICENSE"]\n' },
    'pass',
  ],
  ['a name in words', { LICENSE: mit, 'pyproject.toml': '[tool.poetry]\nlicense = "MIT License"\n' }, 'pass'],
  [
    'a name that is no licence',
    { LICENSE: mit, 'pyproject.toml': '[tool.poetry]\nlicense = "Sample Terms"\n' },
    'needs-person',
  ],
  [
    'a classifier that agrees',
    {
      LICENSE: mit,
      'pyproject.toml':
        '[project]\nclassifiers = [\n "License :: OSI Approved",\n "License :: OSI Approved :: MIT License",\n]\n',
    },
    'pass',
  ],
  [
    'a classifier that does not',
    { LICENSE: mit, 'setup.cfg': '[metadata]\nclassifiers =\n    License :: Other/Proprietary License\n' },
    'needs-person',
  ],
  [
    'Cargo of a workspace',
    { LICENSE: mit, 'Cargo.toml': '[workspace.package]\nlicense = "AGPL-3.0"\n' },
    'needs-person',
  ],
  ['Cargo with a stroke', { LICENSE: mit, 'Cargo.toml': '[package]\nlicense = "MIT/Apache-2.0"\n' }, 'pass'],
  [
    'package.json, not licensed',
    { LICENSE: mit, 'package.json': '{"private": true, "license": "UNLICENSED"}' },
    'needs-person',
  ],
  ['package.json, the old form', { LICENSE: mit, 'package.json': '{"licenses": [{"type": "MIT"}]}' }, 'pass'],
  [
    'package.json, the licence of a key deeper down',
    { LICENSE: mit, 'package.json': '{"x": {"license": "GPL-3.0"}}' },
    'pass',
  ],
  ['a header that disagrees', { LICENSE: mit, 'a.py': '# SPDX-License-Identifier: GPL-2.0-only\n' }, 'needs-person'],
  [
    'headers that agree',
    {
      LICENSE: mit,
      'a.c': '/* SPDX-License-Identifier: MIT */\n',
      'b.rs': '// SPDX-License-Identifier: MIT OR Apache-2.0\n',
    },
    'pass',
  ],
  [
    'a header in copied code',
    { LICENSE: mit, 'third_party/a.py': '# SPDX-License-Identifier: GPL-2.0-only\n' },
    'pass',
  ],
  ['an edition that is sold', { LICENSE: mit, 'ee/LICENSE': 'You need a subscription to use this.' }, 'needs-person'],
  ['the same text in a folder', { LICENSE: mit, 'core/LICENSE': mit }, 'pass'],
  [
    'a folder of texts, one of them not allowed',
    { 'LICENSES/MIT.txt': mit, 'LICENSES/CC0-1.0.txt': publishedText('CC0-1.0').licenseText },
    'needs-person',
  ],
  ['a folder of texts, none allowed', { 'LICENSES/CC0-1.0.txt': publishedText('CC0-1.0').licenseText }, 'fail'],
  ['a name that only hints', { 'COPYRIGHT.txt': mit }, 'needs-person'],
  ['a program of that name', { 'license.py': 'x = 1' }, 'fail'],
  ['MIT-LICENSE', { 'MIT-LICENSE': mit }, 'pass'],
  ['CRLF and a byte order mark', { LICENSE: `\ufeff${mit.replaceAll('\n', '\r\n')}` }, 'pass'],
  ['not text', { LICENSE: 'a\u0000b' }, 'unknown'],
]
for (const [name, files, outcome] of licences)
  test(`licence: ${name}`, async context => {
    assert.equal((await lookAtFiles(context, 'licence', files, allowed)).outcome, outcome)
  })

test('a licence that is a link: inside the tree it is read, out of the tree it fails and tells nothing', async context => {
  const at = (files: Parameters<typeof lookAtFiles>[2]) => lookAtFiles(context, 'licence', files, allowed)
  assert.equal((await at({ LICENSE: link('legal/text'), 'legal/text': mit })).outcome, 'pass')
  assert.equal((await at({ LICENSE: link('a'), a: link('b'), b: mit })).outcome, 'pass')
  for (const target of ['/etc/hostname', '../../etc/hostname', 'x/../../etc/hostname']) {
    const result = await at({ LICENSE: link(target) })
    assert.deepEqual([result.outcome, result.says], ['fail', 'LICENSE is a link that leads out of the repository.'])
  }
  assert.equal(
    (await at({ LICENSE: link('none') })).says,
    'LICENSE is a link to something that is not a file of this tree.',
  )
  assert.equal((await at({ LICENSE: link('LICENSE') })).says, 'LICENSE is a link that leads through too many links.')
})

test('a licence too large to read is unknown', async context => {
  const result = await lookAtFiles(context, 'licence', { LICENSE: `${mit}\n`.repeat(1200) }, allowed)
  assert.equal(result.outcome, 'unknown')
  assert.match(result.says, /^LICENSE is too large to read \(\d+ bytes\)\.$/)
})

test('a partial copy that lacks the file is unknown', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'a.git'), [
    { at: secondsBefore(10), files: { LICENSE: mit, CODEOWNERS: '* @ada' } },
  ])
  git(path, ['config', 'uploadpack.allowFilter', 'true'])
  git('/', ['clone', '-q', '--bare', '--filter=blob:none', `file://${path}`, join(folder, 'partial.git')])
  const [result] = (await assessPath(join(folder, 'partial.git'), criteriaWith('licence', allowed))).checks
  assert.deepEqual([result?.outcome, result?.says], ['unknown', 'LICENSE is not in this copy of the repository.'])
})

test('a submodule of that name is no file', async context => {
  const files = { LICENSE: { mode: '160000', text: '1'.repeat(40) }, x: 'y' }
  assert.equal((await lookAtFiles(context, 'licence', files, allowed)).outcome, 'fail')
})

test('evidence: commit, path, blob; line breaks in a path do not reach a sentence', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [{ at: secondsBefore(10), files: { LICENSE: mit } }])
  const answer = await assessPath(path, criteriaWith('licence', allowed))
  const blob = git(path, ['rev-parse', 'main:LICENSE']).trim()
  assert.deepEqual(answer.checks[0]?.evidence, [{ commit: answer.commit, path: 'LICENSE', blob, note: 'MIT' }])
  const odd = await lookAtFiles(
    context,
    'code-of-conduct',
    { 'CODE_OF_CONDUCT.md\nFAKE': 'x' },
    { accepted: ['Covenant'] },
  )
  assert.equal(odd.outcome, 'fail')
})

test('100,000 files are looked through', async context => {
  const files = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`d${index % 300}/f${index}`, '']))
  const result = await lookAtFiles(context, 'licence', { ...files, LICENSE: mit }, allowed)
  assert.equal(result.outcome, 'pass')
})
