// Drawn marks: they take the colour of the text around them and say nothing to a screen reader.
import { type Html, html, raw } from './html.ts'

const strokes = {
  tick: 'M2.5 8.5l3.5 3.5 7.5-8',
  cross: 'M3.5 3.5l9 9m0-9l-9 9',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8m0 2.4v.6',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.8c.5-2.6 2.5-4 5-4s4.5 1.4 5 4',
  strain: 'M2 9c2-4.5 4-4.5 6 0s4 4.5 6 0',
  dash: 'M3.5 8h9',
  lock: 'M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  erased: 'M3 13.5h10M4.5 10.5l6-7 3 2.6-5 5.4h-3z',
  stop: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM4 4l8 8',
  warning: 'M8 2.5l6 10.8H2zM8 6.5v3.2m0 1.7v.4',
  receipt: 'M3.5 2h9v12l-3-1.6-1.5 1.6-1.5-1.6-3 1.6zM6 6.5h4',
  dot: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
} as const

export type IconName = keyof typeof strokes

export const icon = (name: IconName): Html =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${strokes[name]}"/></svg>`

// A gabled hall on two steps with an open door: the mark of the program, used where a foundation has none.
const hall =
  'M16 3 3 12v2.5h26V12zM6 17v8h3.5v-8zm16.5 0v8H26v-8zM12.5 25v-4.5a3.5 3.5 0 0 1 7 0V25zM12 17h8M3 26.5h26V29H3z'

export const hallMark: Html = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="${hall}"/></svg>`

/** The favicon as a file of its own, without style or script. */
export const hallIcon = (colour: string): string =>
  html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="${colour}" d="${raw(hall)}"/></svg>`.toString()
