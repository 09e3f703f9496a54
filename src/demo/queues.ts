// The demo's queues while the year is told: the work is done at once and in order, in the story's time.
import { letterHandlers, letterJob, tellJob, tellOf } from '#adapters/mail/letters.ts'
import type { Leaf } from '#record/leaf.ts'
import { addressOf, type QueueParts, type Queues } from '../queues.ts'

export type StoryQueues = { readonly open: (parts: QueueParts) => Queues; readonly drain: () => Promise<void> }

type Work = () => Promise<void>

/** Nothing is ever left over to be done later. */
const idle: Omit<Queues, 'follow'> = {
  enqueue: async () => undefined,
  prepare: async () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
  dead: async () => [],
  forget: async () => undefined,
  revive: async () => 0,
}

export function storyQueues(): StoryQueues {
  const waiting: Work[] = []
  let entries: Leaf[] = []
  let follow: (entry: Leaf) => void = () => undefined

  const open = (parts: QueueParts): Queues => {
    const { read, transact } = parts.database
    const handlers = letterHandlers({
      ...parts,
      read,
      transact,
      addressOf: addressOf(parts),
      enqueue: async (_tx, _name, data) => {
        waiting.push(() => handlers[letterJob](data))
      },
    })
    const work =
      (name: string, entry: Leaf): Work =>
      async () => {
        const job = parts.registry.jobs.get(name)
        const tools = { read, transact, log: parts.log, signal: new AbortController().signal }
        for (const deed of (await job?.work(entry, tools)) ?? [])
          await parts.engine().perform({ ...deed, by: { program: 'clock' }, cause: entry.id })
      }
    follow = entry => {
      for (const told of tellOf(parts.registry, entry)) waiting.push(() => handlers[tellJob](told))
      for (const job of parts.registry.jobs.values())
        if (job.about.includes(entry.act)) waiting.push(work(job.name, entry))
    }
    return {
      ...idle,
      follow: async (_tx, entry) => {
        entries.push(entry)
      },
    }
  }

  return {
    open,
    async drain() {
      do {
        for (const entry of entries.splice(0)) follow(entry)
        entries = []
        for (const one of waiting.splice(0)) await one()
      } while (entries.length + waiting.length > 0)
    },
  }
}
