// CODEOWNERS: which line counts for which path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesByOwners } from './owners.ts'

const ownersOf = (text: string, path: string): readonly string[] => filesByOwners(text, [path])[0]?.owners ?? ['?']

test('the last line that matches counts, also where it names nobody', () => {
  const text = '* @ada\n/docs/ @bo # writers\nsrc/*.ts @cy ada@loam.example\n/docs/private/\n!x @no\n[Section] @no\n'
  assert.deepEqual(
    ['README', 'docs/a/b.md', 'docs/private/x', 'src/a.ts', 'src/deep/a.ts', 'other/docs/x'].map(path =>
      ownersOf(text, path),
    ),
    [['@ada'], ['@bo'], [], ['@cy', 'ada@loam.example'], ['@ada'], ['@ada']],
  )
})

test('patterns: folders anywhere, stars within one level, double stars across them', () => {
  const cases = [
    ['build/', 'a/build/x', true],
    ['build/', 'build', false],
    ['*.md', 'a/b.md', true],
    ['docs/*', 'docs/a', true],
    ['docs/*', 'docs/a/b', false],
    ['/docs/**', 'docs/a/b', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['apps', 'x/apps/y', true],
    ['a.c', 'abc', false],
    ['**/**/**/**/**/**/x', 'a/x', false],
  ] as const
  for (const [pattern, path, fits] of cases)
    assert.deepEqual(ownersOf(`${pattern} @ada`, path), fits ? ['@ada'] : [], `${pattern} on ${path}`)
})

test('files are counted by their set of owners', () => {
  assert.deepEqual(filesByOwners('* @bo @Ada\nx @ada @bo', ['a', 'x', 'y/z']), [{ owners: ['@ada', '@bo'], files: 3 }])
})
