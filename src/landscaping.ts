// Importing a landscape file: all of it in one transaction, or nothing; what it would change twice is changed once.
import type { Done } from '#acts/parts.ts'
import { isRefusal, type Refusal } from '#acts/problem.ts'
import {
  knownLandscape,
  type LandscapeFault,
  type LandscapeOrder,
  type LandscapePlan,
  landscape,
  planLandscape,
} from '#domains/projects/index.ts'
import { reasonOf, remedyOf } from '#web/status.ts'
import type { App } from './app.ts'

export type Imported = Pick<LandscapePlan, 'counts' | 'unknownKeys'> & {
  /** Items with a fault, and items that the charter refused: without leave to skip them nothing was imported. */
  readonly faults: readonly LandscapeFault[]
  /** How often each act was done. */
  readonly done: Readonly<Record<string, number>>
  readonly entries: readonly string[]
}

const fieldsOf = (refusal: Refusal): string | undefined =>
  refusal.fields?.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')

const faultOf = ({ line, item, act }: LandscapeOrder, refusal: Refusal): LandscapeFault => ({
  line,
  item,
  expected: `what ${act} may do; ${fieldsOf(refusal) ?? remedyOf(refusal)}`,
  found: reasonOf(refusal),
})

type Outcome = { readonly done: readonly Done[]; readonly faults: readonly LandscapeFault[] }

/** An item that is refused goes with all its orders, where it may be skipped; else the first refusal ends it. */
async function perform(app: App, orders: readonly LandscapeOrder[], skips: boolean): Promise<Outcome> {
  const faults: LandscapeFault[] = []
  let left = orders
  while (left.length > 0) {
    const done = await app.engine.performAll(
      left.map(({ act, input }) => ({ act, input, by: { program: 'operator' as const } })),
    )
    if (!isRefusal(done)) return { done, faults }
    const bad = left[done.order]
    if (!bad) throw new Error('A refusal names an order that was not given')
    faults.push(faultOf(bad, done))
    if (!skips) break
    left = left.filter(({ line }) => line !== bad.line)
  }
  return { done: [], faults }
}

export async function importLandscape(app: App, text: string, skips: boolean): Promise<Imported> {
  const known = await knownLandscape(app.database.read, app.web.now())
  const plan = planLandscape(text, { mapping: app.engine.term(landscape), known })
  const { counts, unknownKeys } = plan
  const isOff = plan.faults.length > 0 && !skips
  await app.queues.prepare()
  const { done, faults } = isOff ? { done: [], faults: [] } : await perform(app, plan.orders, skips)
  const acts = Map.groupBy(done, ({ entry }) => entry.act)
  return {
    counts,
    unknownKeys,
    faults: [...plan.faults, ...faults].sort((a, b) => a.line - b.line),
    done: Object.fromEntries([...acts].map(([act, same]) => [act, same.length])),
    entries: done.map(({ entry }) => entry.id),
  }
}
