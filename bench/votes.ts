// Votes per second over 8 connections beside bare inserts of the same rows, and how long one vote takes with its receipt.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isRefusal } from '#acts/problem.ts'
import { type VotingHall, votingHall } from './votingHall.ts'

const connections = 8
const seats = 20
const rounds = Number(process.argv[2] ?? 3)
const perRound = Number(process.argv[3] ?? 1_000)
const pace = 50
const pacedSeconds = 10

type Vote = { readonly motion: string; readonly seat: string; readonly person: string }

/** Runs the work over all items, `connections` at a time. Gives items per second. */
async function rate<Item>(
  items: readonly Item[],
  work: (item: Item, worker: number) => Promise<unknown>,
): Promise<number> {
  const queue = items.values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      for (const item of queue) await work(item, worker)
    }),
  )
  return (items.length * 1000) / (performance.now() - start)
}

async function cast(hall: VotingHall, { motion, seat, person }: Vote): Promise<string> {
  const outcome = await hall.engine.perform({
    act: 'motions.vote',
    input: { motion, seat, choice: 'for' },
    by: { person },
  })
  if (isRefusal(outcome)) throw new Error(`A vote was refused: ${JSON.stringify(outcome)}`)
  return outcome.entry.id
}

/** The floor: entry, queue and vote in one statement, as the act leaves them, without asking anything. */
async function bareInserts(hall: VotingHall, count: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(hall.address)
      await client.connect()
      return client
    }),
  )
  try {
    const insert = (worker: number) =>
      clients[worker]?.query({ name: 'bare', text: hall.bare.insert, values: [...hall.bare.values()] })
    return await rate(Array.from({ length: count }), async (_, worker) => insert(worker))
  } finally {
    await Promise.all(clients.map(client => client.end()))
  }
}

/** Votes begin at their time whether the ones before are done or not; each ends with its receipt. */
async function latencies(hall: VotingHall, votes: readonly Vote[]): Promise<number[]> {
  const start = performance.now()
  const one = async (vote: Vote, n: number): Promise<number> => {
    const due = start + (n * 1000) / pace
    await sleep(Math.max(0, due - performance.now()))
    await hall.receipt(await cast(hall, vote))
    return performance.now() - due
  }
  return (await Promise.all(votes.map(one))).sort((a, b) => a - b)
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
try {
  const hall = await votingHall(folder, { connections, seats })
  try {
    const ours: number[] = []
    let [statementsEach, clashes] = [0, 0]
    const floors: number[] = []
    for (let round = 0; round < rounds; round++) {
      const votes = await hall.openVotes(perRound / seats)
      const before = await hall.counts()
      ours.push(await rate(votes, vote => cast(hall, vote)))
      const after = await hall.counts()
      statementsEach = (after.statements - before.statements) / votes.length
      clashes += after.rollbacks - before.rollbacks
      floors.push(await bareInserts(hall, perRound))
    }
    const paced = await latencies(hall, await hall.openVotes((pace * pacedSeconds) / seats))
    const [own, floor] = [Math.max(...ours), Math.max(...floors)]
    console.log(`votes: ${perRound} over ${connections} connections, best of ${rounds}, ${hall.face}`)
    console.log(`  ours   ${own.toFixed(0)}/s   seats, rules and motion asked, one entry each`)
    console.log(`  floor  ${floor.toFixed(0)}/s   entry, queue and vote in one bare statement`)
    console.log(`  ratio  ${(own / floor).toFixed(3)}   (target: at least 0.15)`)
    console.log(`votes with receipt: ${paced.length} at ${pace}/s`)
    console.log(
      `  ours   p50 ${quantile(paced, 0.5).toFixed(0)} ms, p99 ${quantile(paced, 0.99).toFixed(0)} ms   (target: p99 at most 100 ms)`,
    )
    console.log(
      `  each   ${statementsEach.toFixed(1)} statements to the database for one vote, ${clashes} transactions tried again`,
    )
  } finally {
    await hall.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
