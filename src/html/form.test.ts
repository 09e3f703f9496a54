// Forms and what they send: data shown in a form and read back is the same data, and every error finds its field.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { formDataOf } from '#test/kit/form-fields.ts'
import type { JsonSchema } from './fields.ts'
import { form } from './form.ts'
import { parseForm, wantsMore } from './parse.ts'

const shape = z.object({
  name: z.string().min(1),
  nickname: z.string().optional(),
  summary: z.string().min(1).meta({ widget: 'text' }),
  site: z.url().optional(),
  day: z.iso.date(),
  at: z.iso.datetime({ precision: 3 }).optional(),
  seats: z.int(),
  share: z.number().optional(),
  isOpen: z.boolean(),
  isAgreed: z.boolean().optional(),
  choice: z.enum(['for', 'against', 'abstain']),
  licence: z.enum(['a', 'b', 'c', 'd', 'e', 'f']).nullable(),
  fields: z.array(z.enum(['x', 'y', 'z'])),
  goals: z.array(z.string()),
  scores: z.array(z.number()),
  address: z.object({ town: z.string().min(1), floor: z.int().optional() }),
  agent: z.object({ name: z.string().min(1) }).optional(),
  contacts: z.array(z.object({ name: z.string().min(1), isLead: z.boolean(), kind: z.enum(['p', 'q']).optional() })),
  extra: z.record(z.string(), z.number()),
})

const schemaOf = (type: z.ZodType): JsonSchema => z.toJSONSchema(type, { io: 'input' })

// What a text field can hold: no line end, no space at either side, not blank.
const line = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .map(text => text.replace(/[\r\n]/g, '').trim())
  .filter(text => text !== '')
const lines = fc.array(line, { minLength: 1 }).map(all => all.join('\n'))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => (Object.is(value, -0) ? 0 : value))
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
const isoDay = day.map(date => date.toISOString().slice(0, 10))
const isoInstant = day.map(date => date.toISOString())
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

const data: fc.Arbitrary<z.infer<typeof shape>> = fc.record({
  name: line,
  nickname: maybe(line),
  summary: lines,
  site: maybe(fc.webUrl()),
  day: isoDay,
  at: maybe(isoInstant),
  seats: fc.integer(),
  share: maybe(number),
  isOpen: fc.boolean(),
  isAgreed: maybe(fc.boolean()),
  choice: fc.constantFrom('for', 'against', 'abstain'),
  licence: fc.constantFrom('a', 'f', null),
  fields: fc.subarray(['x', 'y', 'z']),
  goals: fc.array(line),
  scores: fc.array(number),
  address: fc.record({ town: line, floor: maybe(fc.integer()) }),
  agent: maybe(fc.record({ name: line })),
  contacts: fc.array(fc.record({ name: line, isLead: fc.boolean(), kind: maybe(fc.constantFrom('p', 'q')) }), {
    maxLength: 4,
  }),
  extra: fc.dictionary(
    line.filter(key => key !== '__proto__'), // zod drops this key from any record
    fc.integer(),
  ),
})

const submitted = (schema: JsonSchema, values: unknown): unknown =>
  parseForm(schema, formDataOf(form({ name: 'f', action: '/', submit: 'Send', schema, values }).toString(), 'f'))

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('data shown in a form and sent unchanged is the same data', () => {
  const schema = schemaOf(shape)
  fc.assert(
    fc.property(data, values => assert.deepEqual(submitted(schema, values), withoutUndefined(values))),
    { numRuns: 300 },
  )
})

test('data that was parsed once passes its schema', () => {
  const schema = schemaOf(shape)
  fc.assert(
    fc.property(data, values => assert.deepEqual(shape.parse(submitted(schema, values)), withoutUndefined(values))),
  )
})

test('an untouched form leaves out what is optional and sends blanks for what is not', () => {
  const expected = {
    name: '',
    summary: '',
    day: '',
    isOpen: false,
    licence: null,
    fields: [],
    goals: [],
    scores: [],
    address: { town: '' },
    contacts: [],
  }
  assert.deepEqual(submitted(schemaOf(shape), undefined), expected)
})

test('what is not a number or not JSON stays as it was typed, and is shown again', () => {
  const schema = schemaOf(z.object({ seats: z.int(), extra: z.record(z.string(), z.number()) }))
  const typed = new FormData()
  typed.set('seats', 'a dozen')
  typed.set('extra', '{half')
  assert.deepEqual(parseForm(schema, typed), { seats: 'a dozen', extra: '{half' })
  assert.deepEqual(submitted(schema, { seats: 'a dozen', extra: '{half' }), { seats: 'a dozen', extra: '{half' })
})

test('names that the schema does not have are ignored, rows beyond its limit are not read', () => {
  const schema = schemaOf(z.object({ rows: z.array(z.object({ name: z.string() })).max(2) }))
  const typed = new FormData()
  typed.set('__proto__.name', 'x')
  typed.set('rows.0.name', 'first')
  typed.set('rows.999999999.name', 'far')
  assert.deepEqual(parseForm(schema, typed), { rows: [{ name: 'first' }] })
})

test('a default is shown, a member settled by the page is sent but not asked', () => {
  const schema = schemaOf(z.object({ motion: z.string(), days: z.int().default(14), kind: z.literal('vote') }))
  const markup = form({
    name: 'f',
    action: '/',
    submit: 'Send',
    schema,
    hidden: { motion: 'mot_1' },
    csrf: 'token',
  }).toString()
  assert.deepEqual(parseForm(schema, formDataOf(markup, 'f')), { motion: 'mot_1', days: 14, kind: 'vote' })
  assert.equal(markup.includes('<label for="f-motion"'), false)
  assert.equal(formDataOf(markup, 'f').get('_csrf'), 'token')
})

test('schemas that name each other by reference are followed', () => {
  const id = z.string().meta({ id: 'ThingId', title: 'Thing' })
  const schema = schemaOf(z.object({ one: id, other: id.optional() }))
  assert.deepEqual(submitted(schema, { one: 'thing_1' }), { one: 'thing_1' })
  assert.deepEqual(submitted(schema, { one: 'thing_1', other: 'thing_2' }), { one: 'thing_1', other: 'thing_2' })
})

test('each error stands at its field and in the summary, which leads there', () => {
  const errors = [
    { path: 'contacts.1.name', message: 'Give a name.' },
    { path: 'goals.2', message: 'Too long.' },
    { path: 'nowhere', message: 'Not about a field.' },
  ]
  const contact = { name: 'A', isLead: false }
  const markup = form({
    name: 'f',
    action: '/',
    submit: 'Send',
    schema: schemaOf(shape),
    values: { contacts: [contact, contact] },
    errors,
  }).toString()
  const links = [...markup.matchAll(/<li>(?:<a href="#([^"]*)">.*?<\/a>: )?([^<]*)<\/li>/g)].map(([, href, says]) => [
    href,
    says,
  ])
  assert.deepEqual(links, [
    ['f-contacts-1-name', 'Give a name.'],
    ['f-goals', 'Too long.'],
    [undefined, 'Not about a field.'],
  ])
  const invalid = [...markup.matchAll(/id="([^"]*)"[^>]*aria-invalid="true"/g)].map(([, id]) => id)
  assert.deepEqual(invalid, ['f-goals', 'f-contacts-1-name'])
  for (const id of invalid) assert.equal(markup.includes(`<p class="field-error" id="${id}-error">`), true)
})

test('asking for more rows is told from sending', () => {
  const typed = new FormData()
  assert.equal(wantsMore(typed), false)
  typed.set('_more', 'contacts')
  assert.equal(wantsMore(typed), true)
})
