// Facts as a definition list: term, value, and where the value comes from.
import { type Html, html, type Link, link, sayNumber } from './html.ts'

export type Fact = { readonly term: string; readonly value: Html | string | number; readonly source?: Link }

const fact = ({ term, value, source }: Fact): Html =>
  html`<div class="fact"><dt>${term}</dt><dd>${typeof value === 'number' ? sayNumber(value) : value}${source && html` <span class="source">${link(source)}</span>`}</dd></div>`

export const facts = (list: readonly Fact[], { across = false } = {}): Html =>
  html`<dl class="facts ${across && 'across'}">${list.map(fact)}</dl>`
