// Mandates: a decision already in the record authorises one act, once, with exactly the input that was decided.

import { z } from 'zod'
import { hashOf } from '#base/canonical.ts'
import type { Read } from '#database/handles.ts'
import { entryBy } from '#record/queries.ts'
import type { RecordTables } from '#record/tables.ts'
import type { AnyAct } from './act.ts'
import type { Charter } from './charter.ts'
import { type Refusal, refuse } from './problem.ts'
import { mandateUnfit, mandateUsed, mandateWanted } from './problems.ts'

/** What an authorising entry says in its facts, under `resolves`: a motion carried, for one. */
export const Resolution = z.object({
  act: z.string(),
  input: z.record(z.string(), z.json()),
})
export type Resolution = z.infer<typeof Resolution>

const isUsed = async (read: Read, mandate: string): Promise<boolean> =>
  (await read
    .on<RecordTables>()
    .selectFrom('entries')
    .select('id')
    .where('mandate', '=', mandate)
    .executeTakeFirst()) !== undefined

/** Undefined when the charter wants no mandate for this act, or when the one named suffices. */
export async function mandateRefusal(
  read: Read,
  charter: Charter,
  order: { readonly act: AnyAct; readonly input: unknown; readonly mandate?: string },
): Promise<Refusal | undefined> {
  const { act, input, mandate } = order
  const sufficing = charter.mandatesFor(act.name)
  if (sufficing.length === 0) return undefined
  if (!mandate) return refuse(mandateWanted, { detail: `It wants the entry of: ${sufficing.join(', ')}.` })
  const entry = await entryBy(read, mandate)
  const resolved = z.object({ resolves: Resolution }).safeParse(entry?.leaf.facts)
  if (!entry || !sufficing.includes(entry.leaf.act) || !resolved.success) return refuse(mandateUnfit)
  const { resolves } = resolved.data
  if (resolves.act !== act.name || hashOf(act.takes.parse(resolves.input)) !== hashOf(input))
    return refuse(mandateUnfit)
  return (await isUsed(read, mandate)) ? refuse(mandateUsed) : undefined
}
