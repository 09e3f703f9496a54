// Small standings: a glyph and a word together, so that colour is never the only sign.
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icon.ts'

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'plain'
type Standing = { readonly glyph: IconName; readonly tone: Tone; readonly label: string }

const outcomes = {
  pass: { glyph: 'tick', tone: 'good', label: 'Pass' },
  fail: { glyph: 'cross', tone: 'bad', label: 'Fail' },
  unknown: { glyph: 'question', tone: 'quiet', label: 'Unknown' },
  'needs a person': { glyph: 'person', tone: 'warn', label: 'Needs a person' },
} as const satisfies Record<string, Standing>

const verdicts = {
  kept: { glyph: 'tick', tone: 'good', label: 'Kept' },
  strained: { glyph: 'strain', tone: 'warn', label: 'Strained' },
  broken: { glyph: 'cross', tone: 'bad', label: 'Broken' },
  unproven: { glyph: 'question', tone: 'quiet', label: 'Unproven' },
  'not measured': { glyph: 'dash', tone: 'quiet', label: 'Not measured' },
} as const satisfies Record<string, Standing>

export type Glyph = { readonly icon: IconName; readonly tone: Tone }

/** The glyph alone, for wide tables under a key; the word is there for screen readers and under the pointer. */
export const glyphBadge = (word: string, { icon: name, tone }: Glyph): Html =>
  html`<span class="glyph ${tone}" title="${word}">${icon(name)}<span class="sr">${word}</span></span>`

export type Outcome = keyof typeof outcomes
export type Verdict = keyof typeof verdicts

const standing = ({ glyph, tone, label }: Standing): Html =>
  html`<span class="standing ${tone}">${icon(glyph)}<span>${label}</span></span>`

export const outcomeBadge = (outcome: Outcome): Html => standing(outcomes[outcome])

export const verdictBadge = (verdict: Verdict): Html => standing(verdicts[verdict])

const stageGlyphs = { good: 'tick', warn: 'warning', bad: 'cross', quiet: 'dash', plain: 'dot' } as const

/** Where a thing is in its life (a motion `open`, a project `admitted`), in the words of its own domain. */
export const stageBadge = (stage: string, tone: Tone = 'plain'): Html =>
  html`<span class="stage ${tone}">${icon(stageGlyphs[tone])}<span>${stage}</span></span>`
