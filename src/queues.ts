// What entries give rise to after their commit: mails and jobs, queued in the act's own transaction.
import type { Engine } from '#acts/parts.ts'
import type { Registry } from '#acts/registry.ts'
import { letterHandlers, tellJob, tellOf } from '#adapters/mail/letters.ts'
import type { Post } from '#adapters/mail/post.ts'
import type { Read, Write } from '#database/handles.ts'
import { type Handler, type Handlers, type Jobs, openJobs } from '#database/jobs.ts'
import type { Database } from '#database/open.ts'
import { accountOf } from '#domains/people/index.ts'
import type { Leaf } from '#record/leaf.ts'
import { entryBy } from '#record/queries.ts'

export type QueueParts = {
  readonly database: Database
  readonly registry: Registry
  /** Asked for late: the engine itself is made with these queues. */
  readonly engine: () => Engine
  readonly post: Post
  readonly emailOf: (account: string) => Promise<string | undefined>
  readonly foundation: () => { readonly name: string }
  readonly baseUrl: string
  readonly log: (line: string) => void
}

export type Queues = Jobs & {
  /** Queues an entry's mails and jobs. */
  readonly follow: (tx: Write, entry: Leaf) => Promise<void>
}

/** What the house needs of its queues; a story that must not wait for them does the work itself. */
export type OpenQueues = (parts: QueueParts) => Queues

/** A job's deeds are done by the clock with the job's entry as their cause; one that is refused by then is left undone. */
function jobHandlers(parts: QueueParts, stopping: AbortSignal): Handlers {
  const { read, transact } = parts.database
  const handler =
    (name: string): Handler =>
    async (data, { signal }) => {
      const entry = await entryBy(read, (data as { entry: string }).entry) // queued by follow
      const job = parts.registry.jobs.get(name)
      if (!entry || !job) return
      const tools = { read, transact, log: parts.log, signal: AbortSignal.any([signal, stopping]) }
      for (const deed of await job.work(entry.leaf, tools))
        await parts.engine().perform({ ...deed, by: { program: 'clock' }, cause: entry.id })
    }
  return Object.fromEntries([...parts.registry.jobs.keys()].map(name => [name, handler(name)]))
}

export const addressOf =
  ({ emailOf }: Pick<QueueParts, 'emailOf'>) =>
  async (read: Read, person: string): Promise<string | undefined> => {
    const account = await accountOf(read, person)
    return account === undefined ? undefined : emailOf(account)
  }

export function openQueues(parts: QueueParts): Queues {
  const { database, registry, log } = parts
  const stopping = new AbortController()
  const letters = letterHandlers({
    ...parts,
    read: database.read,
    transact: database.transact,
    addressOf: addressOf(parts),
    enqueue: (tx, name, data) => jobs.enqueue(tx, name, data),
  })
  const jobs = openJobs(database, { ...jobHandlers(parts, stopping.signal), ...letters }, log)
  return {
    ...jobs,
    async follow(tx, entry) {
      for (const told of tellOf(registry, entry)) await jobs.enqueue(tx, tellJob, told)
      for (const job of registry.jobs.values())
        if (job.about.includes(entry.act)) await jobs.enqueue(tx, job.name, { entry: entry.id })
    },
    async stop() {
      stopping.abort()
      await jobs.stop()
    },
  }
}
