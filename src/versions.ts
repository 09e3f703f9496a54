// The version of what pages show: it moves with this program's acts at once, and with another's within a quarter of a second.
import type { Fresh } from '#base/ids.ts'
import type { Database } from '#database/open.ts'
import type { OpenCharters } from '#domains/charter/index.ts'
import { logSize } from '#record/queries.ts'

/** How long another program's acts may go unseen, in milliseconds. */
const unseen = 250

type Seen = { readonly at: number; readonly size: number }

/**
 * The size of the log and not the newest id: two programs have two clocks, and an entry that came later may sort before.
 * A charter that another program put into force is taken up before any page is made of the version it came with.
 */
export function versions(
  { database: { read }, fresh }: { readonly database: Pick<Database, 'read'>; readonly fresh: Pick<Fresh, 'now'> },
  charters: Pick<OpenCharters, 'follow'>,
) {
  let own = 0
  let seen: Seen = { at: Number.NEGATIVE_INFINITY, size: -1 }
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const at = fresh.now()
    const size = await logSize(read)
    if (size !== seen.size) await charters.follow(read)
    seen = { at, size }
  }
  return {
    moved: () => {
      own += 1
    },
    async current(): Promise<string> {
      if (Math.abs(fresh.now() - seen.at) > unseen) {
        looking ??= look().finally(() => {
          looking = undefined
        })
        await looking
      }
      return `${own}/${seen.size}`
    },
  }
}
