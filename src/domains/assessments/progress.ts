// How far an assessment under way has come: a working note for the page, outside the record, gone with the answer.
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Tables } from './tables.ts'

export type Step = { readonly says: string; readonly done?: number; readonly of?: number }
export type Noted = Step & { readonly at: Instant }

type Keep = (work: (tx: Write) => Promise<unknown>) => Promise<unknown>

async function note(tx: Write, assessment: string, { says, done = null, of = null }: Noting): Promise<void> {
  const row = { says: says.slice(0, 200), done, whole: of, at: new Date() }
  await tx
    .on<Tables>()
    .insertInto('assessment_progress')
    .values({ assessment, ...row })
    .onConflict(same => same.column('assessment').doUpdateSet(row))
    .execute()
}
type Noting = { readonly says: string; readonly done?: number | null; readonly of?: number | null }

const pause = 700

/** Notes a step now and then: one write at a time, and none sooner than the pause after the last. A note that fails is no matter. */
export function notes(keep: Keep, assessment: string, now: () => number = Date.now) {
  let last = Number.NEGATIVE_INFINITY
  let writing: Promise<unknown> = Promise.resolve()
  let isWriting = false
  return {
    step(step: Step): void {
      if (isWriting || now() - last < pause) return
      last = now()
      isWriting = true
      writing = keep(tx => note(tx, assessment, step))
        .catch(() => undefined)
        .finally(() => {
          isWriting = false
        })
    },
    /** When the note being written is there. */
    settled: (): Promise<unknown> => writing,
    async end(): Promise<void> {
      await writing
      isWriting = true
      await keep(tx => tx.on<Tables>().deleteFrom('assessment_progress').where('assessment', '=', assessment).execute())
    },
  }
}

export async function progressOf(read: Read, assessment: string): Promise<Noted | undefined> {
  const row = await read
    .on<Tables>()
    .selectFrom('assessment_progress')
    .selectAll()
    .where('assessment', '=', assessment)
    .executeTakeFirst()
  if (!row) return undefined
  const { says, done, whole, at } = row
  return {
    says,
    at: at.toISOString(),
    ...(done !== null && { done: Number(done) }),
    ...(whole !== null && { of: Number(whole) }),
  }
}
