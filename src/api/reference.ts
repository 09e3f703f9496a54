// /api: the same acts and look-ups as /api/openapi.json, for people to read.
import type { Hono } from 'hono'
import { z } from 'zod'
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import { type Page, page } from '#acts/page.ts'
import type { AnyQuery } from '#acts/query.ts'
import { code, codeBlock } from '#html/code.ts'
import type { JsonSchema } from '#html/fields.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { inputSchema } from '#web/offers.ts'
import { mountPages } from '#web/pages.ts'
import type { WebParts } from '#web/parts.ts'
import program from '../../package.json' with { type: 'json' }
import { openApi } from './openapi.ts'

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

/** `text`, `whole number`, `one of a, b`: as short as it can be said. */
function kindOf(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.const !== undefined) return String(schema.const)
  const options = (schema.anyOf ?? schema.oneOf)?.filter(option => option.type !== 'null')
  if (options) return [...new Set(options.map(kindOf))].join(' or ')
  if (schema.type === 'array' && isSchema(schema.items) && !Array.isArray(schema.items))
    return `list of ${kindOf(schema.items)}`
  const words: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false' }
  const type = String(schema.type ?? 'any')
  return words[type] ?? type
}

function members(name: string, schema: JsonSchema): Html | false {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return false
  return table({
    caption: `Members of ${name}`,
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Member' },
      { key: 'kind', label: 'Kind' },
      { key: 'says', label: 'Meaning' },
    ],
    rows: fields.map(([key, member]) => {
      const field: JsonSchema = isSchema(member) ? member : {}
      const isWanted = schema.required?.includes(key) && field.default === undefined
      return {
        name: html`${code(key)}${!isWanted && html` <span class="quiet">optional</span>`}`,
        kind: kindOf(field),
        says: [field.title, field.description].filter(Boolean).join('. '),
      }
    }),
    empty: 'None.',
  })
}

const pathOf = (name: string): string => `/api/${name.replace('.', '/')}`

const actPart = (act: AnyAct): Html =>
  html`<h3 id="${act.name}">${act.title}</h3><p>${code(`POST ${pathOf(act.name)}`)}</p>
<p>${act.describes} For ${capacityWords(act.by)}; ${link({ label: 'why it may be refused', href: `/reference#${act.name}` })}.</p>${members(act.name, inputSchema(act))}`

const queryPart = (query: AnyQuery): Html =>
  html`<h3 id="${query.name}">${query.title}</h3><p>${code(`GET ${pathOf(query.name)}`)}</p><p>${query.describes}</p>${members(
    query.name,
    z.toJSONSchema(query.takes, { io: 'input', unrepresentable: 'any' }),
  )}`

function domainSections(parts: WebParts): readonly Section[] {
  return parts.engine.registry.domains.flatMap(({ name, describes, acts, queries = [] }) => {
    const offered = acts.filter(act => !act.isInternal)
    if (offered.length + queries.length === 0) return []
    const title = `${name[0]?.toUpperCase()}${name.slice(1)}`
    return [{ title, id: name, says: describes, body: html`${offered.map(actPart)}${queries.map(queryPart)}` }]
  })
}

const begin = (baseUrl: string): Section => ({
  title: 'How to begin',
  id: 'begin',
  body: html`<p>Look-ups need no key. To act, make a key on ${link({ label: 'your account', href: '/account/keys' })} and send it along:</p>
${codeBlock(
  `curl -X POST ${baseUrl}/api/people/consent \\
  -H "authorization: Bearer $GUILDHALL_KEY" -H 'content-type: application/json' \\
  -H 'idempotency-key: my-first-act' -d '{"showName":true}'`,
  'An act with curl',
)}
<p>The answer holds the entry in the public record and its receipt. The same ${code('Idempotency-Key')} gives the same entry again; ${code('If-Match')} with the last entry you saw refuses if something happened since;
${code('?rehearse')} says what would be recorded and changes nothing; ${code('?as=')} chooses between your capacities.</p>
<p>A “no” is ${code('application/problem+json')} (RFC 9457) with the clause and what to do; ${link({ label: 'every refusal has its page', href: '/problems' })}.</p>`,
})

const apiPage = (parts: WebParts): Page<object> =>
  page({
    path: '/api',
    loads: async () => ({}),
    shows: () => ({
      title: 'The API',
      summary:
        'Everything that can be done on a page can be done by a program, under the same rules and with the same answers.',
      isWide: true,
      facts: [
        { term: 'Description for programs', value: link({ label: 'OpenAPI 3.1', href: '/api/openapi.json' }) },
        { term: 'Version', value: program.version },
        { term: 'Command line', value: code('guildhall help') },
      ],
      sections: [begin(parts.baseUrl), ...domainSections(parts)],
    }),
  })

export function mountApiReference(site: Hono, parts: WebParts): void {
  const { version } = program
  const { registry } = parts.engine
  site.get('/api/openapi.json', context =>
    context.json(openApi(registry, { name: parts.foundation().name, baseUrl: parts.baseUrl, version })),
  )
  mountPages(site, parts, [apiPage(parts)])
}
