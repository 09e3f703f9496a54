// /reference: every act with what it takes, who may do it and how it may be refused, printed from the acts themselves.
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import { type Page, page } from '#acts/page.ts'
import { clausesOf } from '#acts/registry.ts'
import { code, codeBlock } from '#html/code.ts'
import { type Html, html, link } from '#html/html.ts'
import { addressOfAct, inputSchema } from '../offers.ts'
import type { WebParts } from '../parts.ts'

const refusals = (act: AnyAct): Html =>
  act.refuses.length === 0
    ? html`<p class="quiet">Refused only for reasons that hold for every act.</p>`
    : html`<ul>${act.refuses.map(
        problem => html`<li>${link({ label: problem.title, href: `/problems/${problem.id}` })}</li>`,
      )}</ul>`

function shown(parts: WebParts, act: AnyAct): Html {
  const clauses = clausesOf(act, parts.engine)
  const fields = Object.keys(inputSchema(act).properties ?? {})
  const command = `guildhall ${act.name.replace('.', ' ')}${fields.map(field => ` --${field} …`).join('')}`
  return html`<h3 id="${act.name}">${act.title}</h3><p>${act.describes}</p>
<dl class="facts"><div class="fact"><dt>Who may</dt><dd>${capacityWords(act.by)}</dd></div>
<div class="fact"><dt>Under</dt><dd>${clauses.map(id => html`${link({ label: `clause ${id}`, href: `/charter/${id}` })} `)}</dd></div>
${
  !act.isInternal &&
  html`<div class="fact"><dt>Form</dt><dd>${link({ label: addressOfAct(act), href: addressOfAct(act) })}</dd></div>
<div class="fact"><dt>API</dt><dd>${code(`POST /api/${act.name.replace('.', '/')}`)}</dd></div>`
}</dl>
${!act.isInternal && codeBlock(command, `Command for ${act.title}`)}
<p>It may be refused because:</p>${refusals(act)}`
}

export const referencePage = (parts: WebParts): Page<object> =>
  page({
    path: '/reference',
    loads: async () => ({}),
    shows: () => ({
      title: 'Acts and refusals',
      summary: 'Everything that can be done here, by whom, under which clause, and every reason why it may be refused.',
      isWide: true,
      facts: [{ term: 'For programs', value: link({ label: 'OpenAPI 3.1', href: '/api/openapi.json' }) }],
      sections: parts.engine.registry.domains
        .filter(domain => domain.acts.length > 0)
        .map(domain => ({
          title: domain.name[0]?.toUpperCase() + domain.name.slice(1),
          id: domain.name,
          says: domain.describes,
          body: html`${domain.acts.map(act => shown(parts, act))}`,
        })),
    }),
  })
