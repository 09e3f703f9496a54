// Whatever accent a foundation has, text in it can be read on paper in both themes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { contrast } from './colour.ts'
import { accentShades, palette, themeCss } from './theme.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#abc', '#aabbcc'), 1)
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48')
})

test('every accent has a shade for each theme with AA contrast on paper and on wash', () => {
  const least = (accent: string): number =>
    Math.min(
      ...[0, 1].flatMap(theme => {
        const shade = accentShades(accent)[theme === 0 ? 0 : 1]
        return [palette.paper, palette.wash].map(ground => contrast(shade, ground[theme === 0 ? 0 : 1]))
      }),
    )
  fc.assert(
    fc.property(colour, accent => least(accent) >= 4.5),
    { numRuns: 500 },
  )
})

test('an accent that passes already is kept', () => {
  assert.equal(accentShades('#1f4f8f')[0], '#1f4f8f')
})

test('the text colours of the palette pass AA on paper and on wash, the edge of a field passes 3 to 1', () => {
  const theme = [0, 1] as const
  const worst = (name: keyof typeof palette): number =>
    Math.min(
      ...theme.flatMap(at => [palette.paper, palette.wash].map(ground => contrast(palette[name][at], ground[at]))),
    )
  for (const name of ['ink', 'quiet', 'good', 'warn', 'bad'] as const)
    assert.ok(worst(name) >= 4.5, `${name}: ${worst(name)}`)
  assert.ok(worst('edge') >= 3, `edge: ${worst('edge')}`)
})

test('a colour that is not one is refused with an example', () => {
  assert.throws(() => themeCss('red'), /Expected a colour such as #2f6f4f, found "red"/)
  assert.throws(() => themeCss('#12345'), RangeError)
})
