// The colours of the house: paper, ink and one accent, each in a light and a dark edition that passes WCAG AA.
import { shadeOn } from './colour.ts'

/** [light, dark]. `paper` is the page, `wash` a faint ground for heads of tables and fields. */
export const palette = {
  paper: ['#fdfcf9', '#151614'],
  wash: ['#f4f2ec', '#1e201d'],
  ink: ['#1c1c19', '#e9e7df'],
  quiet: ['#5b5a53', '#a8a69b'],
  rule: ['#dcd9cf', '#34362f'],
  edge: ['#85837a', '#7d7c72'],
  good: ['#1f6b3b', '#7cc795'],
  warn: ['#855300', '#dcab53'],
  bad: ['#a8231d', '#f09086'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

/** The accent as text, link, and ground of a button (with paper as its text): AA against paper and wash alike. */
export const accentShades = (accent: string): readonly [light: string, dark: string] => [
  shadeOn(accent, [palette.paper[0], palette.wash[0]], { lighter: false }),
  shadeOn(accent, [palette.paper[1], palette.wash[1]], { lighter: true }),
]

/** Every colour as a custom property; `data-theme="light"` or `"dark"` on the root settles which edition shows. */
export function themeCss(accent: string): string {
  const colours = { ...palette, accent: accentShades(accent) }
  const lines = Object.entries(colours).map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`)
  return [
    `:root{color-scheme:light dark;${lines.join(';')}}`,
    ':root[data-theme=light]{color-scheme:light}',
    ':root[data-theme=dark]{color-scheme:dark}',
    '@media print{:root,:root[data-theme]{color-scheme:light}}',
  ].join('\n')
}
