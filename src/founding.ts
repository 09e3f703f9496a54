// Founding: the first charter adopted, its bodies and its landscape set up, the first officer seated; all as acts of the operator.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { By } from '#acts/capacity.ts'
import type { Done } from '#acts/parts.ts'
import { isRefusal, type Refusal } from '#acts/problem.ts'
import { dayOf } from '#base/instants.ts'
import { CannotOpen, codeOf, messageOf } from '#database/errors.ts'
import { type Body, bodiesAll, holdersOf, ordersForBodies, seatsOf } from '#domains/bodies/index.ts'
import { keepCharterFiles, readCharterFolder } from '#domains/charter/index.ts'
import { landscape, planLandscape } from '#domains/projects/index.ts'
import { reasonOf, remedyOf } from '#web/status.ts'
import type { App } from './app.ts'

type Deed = { readonly act: string; readonly input: unknown }

export const charterFolder = (app: Pick<App, 'config'>): string =>
  app.config.CHARTER ?? join(import.meta.dirname, '..', 'charters', 'pytorch')

const refused = (act: string, refusal: Refusal): CannotOpen => {
  const fields = refusal.fields?.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return new CannotOpen(`${act} was refused: ${reasonOf(refusal)} ${fields ?? remedyOf(refusal)}`)
}

const byOperator: By = { program: 'operator' }

async function all(app: App, deeds: readonly Deed[]): Promise<void> {
  const done = await app.engine.performAll(deeds.map(deed => ({ ...deed, by: byOperator })))
  if (isRefusal(done)) throw refused(deeds[done.order]?.act ?? 'An act', done)
}

async function one(app: App, deed: Deed, by: By = byOperator): Promise<Done> {
  const done = await app.engine.perform({ ...deed, by })
  if (isRefusal(done)) throw refused(deed.act, done)
  return done
}

const Organisations = z.array(z.strictObject({ slug: z.string(), name: z.string(), homepage: z.url().optional() }))

/** A register of the charter's folder; undefined where the folder has none of that name. */
async function registerOf(app: App, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(charterFolder(app), 'registers', name), 'utf8')
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined
    throw new CannotOpen(`The register ${name} of the charter's folder cannot be read: ${messageOf(fault)}`)
  }
}

async function organisations(app: App): Promise<readonly Deed[]> {
  const parsed = Organisations.safeParse(parse((await registerOf(app, 'organisations.yml')) ?? '[]'))
  if (parsed.success) return parsed.data.map(input => ({ act: 'people.add-organisation', input }))
  throw new CannotOpen(`registers/organisations.yml does not fit: ${z.prettifyError(parsed.error)}`)
}

async function landscapeOrders(app: App): Promise<readonly Deed[]> {
  const text = await registerOf(app, 'landscape.yml')
  if (text === undefined) return []
  const { orders, faults } = planLandscape(text, { mapping: app.engine.term(landscape) })
  const [fault] = faults
  if (!fault) return orders.map(({ act, input }) => ({ act, input }))
  throw new CannotOpen(`registers/landscape.yml:${fault.line}: expected ${fault.expected}, found ${fault.found}`)
}

/** What a charter's folder sets up beside its law: organisations, members, projects, bodies and seats. */
async function setUp(app: App): Promise<readonly Deed[]> {
  const registers = [...(await organisations(app)), ...(await landscapeOrders(app))]
  return [...registers, ...ordersForBodies(app.charters.current().bodies)]
}

/** Two programs may begin on one empty database at the same moment: what the other has done already need not be done. */
async function unlessDone(work: () => Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
  await work().catch(async fault => {
    if (!(await isDone())) throw fault
  })
}

/** Adopts the charter of the folder with everything it sets up, in one transaction: all of it or nothing. */
export async function found(app: App): Promise<void> {
  const isFounded = async (): Promise<boolean> => {
    await app.charters.follow(app.database.read)
    return app.charters.standing().is !== 'none'
  }
  await app.queues.prepare()
  const { files } = await readCharterFolder(charterFolder(app))
  const charter = await app.database.transact(tx => keepCharterFiles(tx, files, app.web.now()))
  const deeds = [{ act: 'charter.adopt', input: { charter } }, ...(await setUp(app))]
  await unlessDone(() => all(app, deeds), isFounded)
  await isFounded()
}

const staffBody = async (app: App): Promise<Body | undefined> =>
  (await bodiesAll(app.database.read)).find(({ kind }) => kind === 'staff')

/** Whether anybody holds a seat of the staff: until then the operator is the only one who can begin. */
export async function hasOfficer(app: App): Promise<boolean> {
  const staff = await staffBody(app)
  return staff !== undefined && (await holdersOf(app.database.read, staff.slug, app.web.now())).length > 0
}

/** Registers the first officer under this address, unless they are registered, and seats them in the first staff seat. */
export const seatFirstOfficer = (app: App, email: string, name = 'First officer'): Promise<void> =>
  unlessDone(
    () => seatOfficer(app, email, name),
    () => hasOfficer(app),
  )

async function seatOfficer(app: App, email: string, name: string): Promise<void> {
  const staff = await staffBody(app)
  const [seat] = staff ? await seatsOf(app.database.read, staff.slug) : []
  if (!seat) throw new CannotOpen('The charter names no body of kind staff with a seat, so nobody could begin.')
  const account = await app.signIn.accountFor(email)
  const person = await registered(app, account.id, name)
  await one(app, { act: 'bodies.appoint', input: { seat: seat.id, person, from: dayOf(app.web.now()) } })
}

async function registered(app: App, account: string, name: string): Promise<string> {
  const find = () => app.web.personOf(account)
  const register = async () => {
    const input = { account, name, showName: true }
    if (!(await find())) await one(app, { act: 'people.register', input }, { newcomer: true })
  }
  await unlessDone(register, async () => (await find()) !== undefined)
  const person = await find()
  if (!person) throw new Error('The first officer was registered and cannot be found')
  return person
}
