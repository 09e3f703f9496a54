// People at both faces of the program: what they do through a form of a page, or through the API with a key, and how either says no.
import assert from 'node:assert/strict'
import type { Problem } from '#acts/problem.ts'
import type { Leaf } from '#record/leaf.ts'
import { entryBy } from '#record/queries.ts'
import { formDataOf } from './form-fields.ts'
import type { Hall } from './hall.ts'
import type { Visit } from './visitor.ts'

export type Somebody = { readonly id: string; readonly visit: Visit; readonly key: string }
export type Face = 'page' | 'api'

export type Deed = {
  readonly act: string
  /** The page on which a person finds the form, or the way to it. */
  readonly on: string
  /** Tells the form from others for the same act on that page. */
  readonly holding?: string
  /** What a person types or ticks. */
  readonly types?: Readonly<Record<string, unknown>>
  /** What the page has settled for them; the API is told. */
  readonly settled?: Readonly<Record<string, unknown>>
}

/** A refusal as a face tells it. */
export type Told = {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly remedy: string
  readonly clauses: readonly string[]
}

/** Signs in by the mailed link, registers, and makes a key that may do whatever its maker may. */
export async function arrives(hall: Hall, email: string, name: string): Promise<Somebody> {
  const visit = hall.visit()
  await visit.register(email, name)
  return known(hall, visit)
}

/** Somebody who is registered and signs in again. */
export async function returns(hall: Hall, email: string): Promise<Somebody> {
  const visit = hall.visit()
  await visit.signIn(email)
  return known(hall, visit)
}

async function known(_hall: Hall, visit: Visit): Promise<Somebody> {
  const id = /href="\/people\/(per_[a-z0-9]+)"/.exec((await visit.get('/desk')).text)?.[1]
  const made = await visit.post('/account/keys', { name: 'story', scopes: 'act', days: '90' })
  const key = /Bearer (\S+?)&#39;/.exec(made.text)?.[1]
  assert.ok(id && key, made.text)
  return { id, visit, key }
}

const address = ({ act }: Pick<Deed, 'act'>, base: '/acts' | '/api'): string => `${base}/${act.replace('.', '/')}`
const inputOf = ({ types, settled }: Deed): object => ({ ...settled, ...types })

/** Data as the names and values of a form. */
function flat(value: unknown, name = ''): [string, string][] {
  const inner = (key: string | number) => (name === '' ? String(key) : `${name}.${key}`)
  if (Array.isArray(value))
    return value.flatMap((item, index) => (typeof item === 'string' ? flat(item, name) : flat(item, inner(index))))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => flat(item, inner(key)))
  return [[name, String(value)]]
}

const unescaped = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#39;', '’').replaceAll('&quot;', '"')

/** What a reader gets: tags and spare space taken out. */
export const wordsOf = (markup: string): string =>
  unescaped(markup.replace(/<[^>]*>/g, ' '))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:)])/g, '$1')
    .trim()

/** The form for the act on this page, or on the page that a link on it leads to. */
async function findForm(visit: Visit, { act, on, holding = '' }: Deed): Promise<string> {
  const to = `action="${address({ act }, '/acts')}"`
  const { text } = await visit.follow(on)
  const here = text.split('<form').find(form => form.slice(0, form.indexOf('>')).includes(to) && form.includes(holding))
  if (here) return `<form${here.slice(0, here.indexOf('</form>'))}`
  const way = [...text.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => unescaped(href))
  const link = way.find(href => href.startsWith(`${address({ act }, '/acts')}`))
  assert.ok(link, `${on} offers no ${act}: ${wordsOf(text)}`)
  return findForm(visit, { act, on: link })
}

/** Fills in and sends the form as a person would; what cannot be typed there cannot be sent. */
async function byPage(hall: Hall, { visit }: Somebody, deed: Deed): Promise<Leaf> {
  const form = await findForm(visit, deed)
  const fields = formDataOf(form)
  const typed = flat(deed.types ?? {})
  for (const [name] of typed) {
    assert.ok(form.includes(`name="${name}"`), `The form for ${deed.act} on ${deed.on} has no field ${name}`)
    fields.delete(name)
  }
  for (const [name, value] of typed) fields.append(name, value)
  const pairs = [...fields].map(([name, value]): [string, string] => [name, String(value)])
  const answer = await visit.post(address(deed, '/acts'), pairs)
  assert.equal(answer.status, 303, `${deed.act} by the page: ${wordsOf(answer.text)}`)
  const landed = await visit.follow(answer.location ?? '')
  assert.equal(landed.status, 200, `${deed.act} leads to ${answer.location}`)
  assert.match(landed.text, /Done, and in the record/)
  const entry = await entryBy(hall.app.database.read, /done=(ent_[a-z0-9]+)/.exec(answer.location ?? '')?.[1] ?? '')
  assert.ok(entry)
  return entry.leaf
}

async function asksApi(hall: Hall, { key }: Pick<Somebody, 'key'>, { act, input }: { act: string; input: object }) {
  const answer = await hall.site.request(`${hall.app.config.BASE_URL}${address({ act }, '/api')}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return { status: answer.status, body: await answer.json() }
}

/** Does something through one of the faces, and the work that follows. */
export async function does(hall: Hall, who: Somebody, deed: Deed & { readonly by?: Face }): Promise<Leaf> {
  const { by = 'page' } = deed
  if (by === 'page') {
    const leaf = await byPage(hall, who, deed)
    await hall.drain()
    return leaf
  }
  const { status, body } = await asksApi(hall, who, { act: deed.act, input: inputOf(deed) })
  assert.equal(status, 201, `${deed.act} by the API: ${JSON.stringify(body)}`)
  await hall.drain()
  return body.entry
}

async function toldByApi(hall: Hall, who: Somebody, deed: Deed): Promise<Told> {
  const { status, body } = await asksApi(hall, who, { act: deed.act, input: inputOf(deed) })
  assert.ok(status >= 400, `${deed.act} was done, and should have been refused`)
  const { type, title, detail = '', remedy, clauses } = body
  assert.equal(body.status, status)
  return { status, type, title, detail, remedy, clauses }
}

async function toldByPage({ visit }: Somebody, deed: Deed): Promise<Told> {
  const { status, text } = await visit.post(address(deed, '/acts'), flat(inputOf(deed)))
  const notice = /<div class="notice error"[\s\S]*?<\/div>\s*<\/div>\s*<\/div>/.exec(text)?.[0] ?? ''
  const paragraphs = [...notice.matchAll(/<p[^>]*>([\s\S]*?)<\/p>/g)].map(([, inner = '']) => wordsOf(inner))
  const [title = '', ...more] = paragraphs
  const type = /href="(\/problems\/[^"]+)"/.exec(notice)?.[1] ?? ''
  const [remedy = '', detail = ''] = more.slice(0, -1).toReversed()
  const list = /<ul class="clauses">([\s\S]*?)<\/ul>/.exec(text)?.[1] ?? ''
  const clauses = [...list.matchAll(/href="\/charter\/([^"]+)"/g)].map(([, id = '']) => id)
  return { status, type, title, detail, remedy, clauses }
}

export type Expected = {
  readonly problem: Problem
  readonly status: number
  readonly clauses: readonly string[]
  /** Where the case has words of its own. */
  readonly detail?: string
  readonly remedy?: string
  /** What the page that would offer it says instead of the form; the problem's title unless given, nothing if null. */
  readonly pageSays?: string | null
}

const curly = (text: string): string => text.replaceAll("'", '’')

/** Both faces refuse alike, with type, clauses and remedy; the page offers it no more; the refusal's address is a page; no entry is left. */
export async function isRefused(hall: Hall, who: Somebody, deed: Deed, expected: Expected): Promise<void> {
  const { problem, status, clauses, detail = '', remedy = problem.remedy, pageSays = problem.title } = expected
  const before = await hall.app.web.version()
  const byApi = await toldByApi(hall, who, deed)
  const wanted = { status, type: `/problems/${problem.id}`, title: problem.title, detail, remedy, clauses }
  assert.deepEqual(byApi, wanted)
  const shown = { ...wanted, title: curly(problem.title), detail: curly(detail), remedy: curly(remedy) }
  assert.deepEqual(await toldByPage(who, deed), shown)
  if (pageSays !== null) {
    const page = wordsOf((await who.visit.follow(deed.on)).text)
    assert.ok(page.includes(curly(pageSays)), `${deed.on} does not say “${pageSays}”: ${page}`)
  }
  assert.equal((await who.visit.get(byApi.type)).status, 200)
  assert.equal(await hall.app.web.version(), before)
}
