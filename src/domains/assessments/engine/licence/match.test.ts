// The licence matcher on published, re-wrapped and mutated texts: what is proven, and above all what is not.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { indexFiles, licenceIndex } from './candidates.ts'
import { makeIndex } from './generate.ts'
import { matchLicence } from './match.ts'
import { publishedText, referenceOf } from './references.ts'

const textOf = (id: string): string => publishedText(id).licenseText
const proven = (id: string, equivalents: string[] = []) => ({ state: 'proven', id, equivalents })
const isProven = (text: string): boolean => matchLicence(text).state === 'proven'

const permissive = ['MIT', 'ISC', '0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'Zlib', 'BSL-1.0']

const { groups }: { groups: string[][] } = JSON.parse(
  readFileSync(new URL('../data/equivalents.json', import.meta.url), 'utf8'),
)
const groupOf = (id: string): string[] => groups.find(ids => ids.includes(id)) ?? [id]

test('every published text is proven to be itself, and nothing beside it but its listed equivalents', () => {
  const answers = new Map(
    licenceIndex().head.ids.map(id => {
      const match = matchLicence(textOf(id))
      return [id, match.state === 'proven' ? [match.id, ...match.equivalents] : []]
    }),
  )
  const wrong = [...answers].filter(([id, ids]) => !ids.includes(id) || ids.some(other => !groupOf(id).includes(other)))
  assert.deepEqual(wrong, [])
  for (const group of groups)
    assert.deepEqual([...new Set(group.flatMap(id => answers.get(id) ?? []))].sort(), group.toSorted())
})

test('the shipped index is the one that the installed list makes', () => {
  const { head, pairs } = makeIndex()
  assert.deepEqual(JSON.parse(readFileSync(indexFiles.head, 'utf8')), head)
  assert.ok(readFileSync(indexFiles.pairs).equals(Buffer.from(pairs.buffer)))
})

const bsd3 = textOf('BSD-3-Clause')
const bsdBody = bsd3.slice(bsd3.indexOf('Redistribution'))

test('BSD with two copyright lines, a title, a scope line and a holder named in the third clause', () => {
  const text = `BSD License\n\nFor "Sample" software\n\nCopyright (c) First Company, Inc. and affiliates.\nCopyright 2023 Second Limited and/or its affiliates.\n\n${bsdBody}`
  assert.deepEqual(matchLicence(text), proven('BSD-3-Clause'))
  const named = text.replace(
    'the copyright holder nor the names of its contributors',
    'Sample nor the names of its contributors',
  )
  assert.notEqual(named, text)
  assert.deepEqual(matchLicence(named), proven('BSD-3-Clause'))
})

test('Apache-2.0 with its appendix filled in, without the appendix, and re-wrapped', () => {
  const whole = textOf('Apache-2.0')
  const end = whole.indexOf('END OF TERMS AND CONDITIONS')
  assert.ok(end > 0)
  const filled = whole.replace(/Copyright \[yyyy\] \[name of copyright owner\]/, 'Copyright 2024 The Sample Authors')
  assert.notEqual(filled, whole)
  for (const text of [
    whole.slice(0, end),
    whole.slice(0, end + 27),
    filled,
    whole.replace(/([^\n])\n(?=[a-z])/g, '$1 '),
  ])
    assert.deepEqual(matchLicence(text), proven('Apache-2.0'))
})

test('ISC is not 0BSD, nor the other way round, also with one holder', () => {
  assert.deepEqual(matchLicence(textOf('ISC')), proven('ISC'))
  assert.deepEqual(matchLicence(textOf('0BSD')), proven('0BSD'))
  const one = textOf('ISC')
    .replace(/^[\s\S]*?(?=Permission)/, 'ISC License\n\nCopyright (c) 2020, A Person\n\n')
    .replace('AND ISC DISCLAIMS', 'AND THE AUTHOR DISCLAIMS')
    .replace('SHALL ISC BE', 'SHALL THE AUTHOR BE')
  assert.deepEqual(matchLicence(one), proven('ISC'))
})

test('one restriction added anywhere to MIT is never MIT', () => {
  const mit = textOf('MIT')
  const restrictions = [
    'The Software may not be used to offer a hosted service.',
    'Commercial use requires a separate licence.',
    'Use by competitors is excluded.',
    'Only for research.',
  ]
  for (const restriction of restrictions)
    for (const text of [
      `${mit}\n\n${restriction}`,
      `${restriction}\n\n${mit}`,
      mit.replace('copyright holders>', `copyright holders>. ${restriction}`),
      mit.replace('\n\nPermission', `\nCopyright (c) 2020 Sample. ${restriction}\n\nPermission`),
      mit.replace('The above copyright notice', `${restriction} The above copyright notice`),
      mit.replace('THE AUTHORS OR COPYRIGHT HOLDERS BE', `${restriction.toUpperCase()} BE`),
    ])
      assert.equal(isProven(text), false, text)
})

test('a business source licence is not Apache-2.0', () => {
  const match = matchLicence(
    textOf('BUSL-1.1').replace(/^[\s\S]{0,400}/, 'Licensor: Sample Ltd\nChange License: Apache-2.0\n'),
  )
  assert.notEqual(match.state === 'proven' && match.id, 'Apache-2.0')
})

test('a licence with any one clause dropped is not that licence', () => {
  for (const id of permissive) {
    const sentences = referenceOf(id).sentences.filter(({ isOptional }) => !isOptional)
    const said = sentences.map(({ words }) => words.join(' ').replaceAll('*', 'the holder'))
    assert.deepEqual(matchLicence(said.join('. ')), proven(id))
    said.forEach((_, dropped) => {
      const match = matchLicence(said.filter((_, index) => index !== dropped).join('. '))
      assert.ok(match.state === 'unproven' || match.id !== id, `${id} without sentence ${dropped}`)
    })
  }
})

test('no text with a word changed, put in or taken out is proven to be the same licence', () => {
  const words = fc.constantFrom('not', 'commercial', 'except', 'governments', 'thirty', 'paid')
  fc.assert(
    fc.property(
      fc.constantFrom(...permissive),
      fc.nat(),
      words,
      fc.constantFrom('put in', 'taken out'),
      (id, at, word, how) => {
        const sentences = referenceOf(id).sentences.filter(({ isOptional }) => !isOptional)
        const text = sentences.flatMap(sentence => [...sentence.words])
        const place = at % text.length
        if (text[place] === '*' || text[place - 1] === '*') return
        const changed = how === 'put in' ? text.toSpliced(place, 0, word) : text.toSpliced(place, 1)
        const match = matchLicence(changed.join(' ').replaceAll('*', 'the holder'))
        assert.ok(match.state === 'unproven' || match.id !== id || changed.join(' ') === text.join(' '))
      },
    ),
    { numRuns: 300 },
  )
})

test('layout does not matter: comment marks, indents, line lengths, bullets, UTF-8 quotes', () => {
  const mit = textOf('MIT')
  const commented = mit
    .split('\n')
    .map(line => ` * ${line}`)
    .join('\n')
  assert.deepEqual(matchLicence(commented), proven('MIT'))
  assert.deepEqual(matchLicence(mit.replaceAll('"', '”').replace(/\n(?=\S)/g, '\n    ')), proven('MIT'))
  assert.deepEqual(matchLicence(bsd3.replace(/^\d\. /gm, '* ')), proven('BSD-3-Clause'))
})

test('what is no licence is not decided', () => {
  for (const text of ['', ' \n ', 'All rights reserved.', 'MIT', 'See the website for terms.', 'word '.repeat(70_000)])
    assert.equal(isProven(text), false)
})
