// No mutated text passes: each sentence dropped, restrictions added, words turned round, two licences in one file.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { licenceIndex } from './candidates.ts'
import { matchLicence } from './match.ts'
import { publishedText } from './references.ts'

const allowed = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'BSD-2-Clause', 'ISC']
const textOf = (id: string): string => publishedText(id).licenseText
const sentencesOf = (text: string): string[] => text.split(/(?<=[.;:])\s+/)

const namesOf = (text: string): string[] => {
  const match = matchLicence(text)
  return match.state === 'proven' ? [match.id, ...match.equivalents] : []
}
/** Whether the mutant is still taken for the licence that it was made from. */
const isTakenFor = (id: string, mutant: string): boolean => {
  const before = namesOf(textOf(id))
  return namesOf(mutant).some(name => before.includes(name))
}

const restrictions = [
  'The Software may not be used to offer a hosted service.',
  'Commercial use requires a separate license.',
  'Use by competitors is excluded.',
  'For research purposes.',
  'Academic use is welcome.',
  'Good, not evil.',
  'Contact the author before any deployment.',
  'You must publish your changes.',
]
const turns: readonly (readonly [RegExp, string])[] = [
  [/\bwithout\b/i, 'with'],
  [/\bnot\b/i, ''],
  [/\bpermission is hereby granted\b/i, 'permission is hereby refused'],
  [/\bmay\b/i, 'may not'],
  [/\bmust\b/i, 'need not'],
  [/\bfree of charge\b/i, 'for a fee'],
  [/\bany person\b/i, 'any natural person'],
  [/\bno event\b/i, 'every event'],
  [/\bperpetual\b/i, 'temporary'],
  [/\bany purpose\b/i, 'any lawful purpose'],
]

test('allow-list: no text without one of its sentences', () => {
  for (const id of allowed) {
    const sentences = sentencesOf(textOf(id))
    for (const [dropped, sentence] of sentences.entries()) {
      // Who holds the copyright is each project's own; the text after the end of Apache-2.0 tells how to apply it.
      if (sentence.split(/\s+/).length < 4 || /^(?:copyright|the )?.{0,40}copyright \(c\)|^copyright/i.test(sentence))
        continue
      if (id === 'Apache-2.0' && dropped > sentences.findIndex(part => part.includes('END OF TERMS'))) continue
      const mutant = sentences.filter((_, index) => index !== dropped).join(' ')
      assert.equal(isTakenFor(id, mutant), false, `${id} without: ${sentence}`)
    }
  }
})

test('allow-list: no text with a restriction, wherever it stands, the copyright line and the title included', () => {
  for (const id of allowed) {
    const sentences = sentencesOf(textOf(id))
    for (const restriction of restrictions) {
      sentences.forEach((_, at) => {
        for (const joint of [' ', '\n'])
          assert.equal(
            isTakenFor(id, sentences.toSpliced(at, 0, restriction).join(joint)),
            false,
            `${id}: ${restriction} at ${at}`,
          )
      })
      for (const mutant of [
        `${textOf(id)}\n${restriction}`,
        `Copyright (c) 2024 Sample Ltd. ${restriction}\n${textOf(id)}`,
        `Copyright 2024 Sample; ${restriction}\n${textOf(id)}`,
        `${textOf(id)}\n\nCopyright (c) 2024 Sample, Inc. All rights reserved. ${restriction}`,
      ])
        assert.equal(isTakenFor(id, mutant), false, `${id}: ${mutant.slice(0, 80)}`)
    }
  }
})

test('allow-list: no text with a word turned round, nor beside another licence', () => {
  for (const id of allowed) {
    const text = textOf(id)
    for (const [from, to] of turns) {
      const mutant = text.replace(from, to)
      if (mutant !== text) assert.equal(isTakenFor(id, mutant), false, `${id}: ${from}`)
    }
    for (const other of ['MIT', 'Apache-2.0', 'GPL-3.0-only', 'BUSL-1.1', 'CC-BY-NC-4.0', 'MPL-2.0'].filter(
      name => name !== id,
    )) {
      assert.equal(isTakenFor(id, `${text}\n\n${textOf(other)}`), false, `${id} and ${other}`)
      assert.equal(isTakenFor(id, `${textOf(other)}\n\n${text}`), false, `${other} and ${id}`)
    }
  }
})

test('any published text: "not" put in anywhere, a restriction anywhere, or another text behind it', () => {
  const ids = licenceIndex().head.ids
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.nat(), fc.constantFrom('not', 'restriction', 'another'), (id, at, how) => {
      const text = textOf(id)
      const parts = how === 'not' ? text.split(/(?<=\s)(?=\w)/) : sentencesOf(text)
      const put = how === 'not' ? 'not ' : (restrictions[at % restrictions.length] ?? '')
      const mutant =
        how === 'another'
          ? `${text}\n\n${textOf(namesOf(text).includes('MIT') ? 'Apache-2.0' : 'MIT')}`
          : parts.toSpliced(at % (parts.length + 1), 0, put).join(how === 'not' ? '' : '\n')
      assert.equal(isTakenFor(id, mutant), false, `${id}, ${how} at ${at % (parts.length + 1)}`)
    }),
    { numRuns: 250 },
  )
})

test('copyright lines as projects write them do not get in the way', () => {
  for (const line of [
    'Copyright (c) 2016- Facebook, Inc            (Adam Paszke)',
    'Copyright (C) 1994-2004 The Sample Project. All rights reserved.',
    'Copyright 2024, the Sample authors. All Rights Reserved.',
    'Copyright © 2019–2024 Ada Sample <ada@sample.example> (https://sample.example)',
    'Copyright (c) Sample Platforms, Inc. and affiliates.',
    '(c) 2020 Sample GmbH & Co. KG and contributors',
  ])
    for (const id of ['MIT', 'BSD-3-Clause']) {
      const text = textOf(id).replace(/^Copyright.*$/m, line)
      assert.ok(text.includes(line))
      assert.ok(isTakenFor(id, text), line)
    }
})
