// Votes per second through the API over 8 connections beside bare inserts of the same rows, and how long one vote takes with its receipt.
import { ownerRole } from '#database/cluster.ts'
import { entriesPage } from '#record/queries.ts'
import { bareVotes } from './bareVotes.ts'
import { printFigure, quantile } from './figures.ts'
import { serveCharter } from './house.ts'
import { openSender } from './sender.ts'
import { votingHall } from './votingHall.ts'

const connections = 8
const seats = 20
/** A program that runs is warm: the first rounds, in which both sides are compiled, are not counted. */
const warmingRounds = 3
/** Enough that the best of each side is a moment in which nothing else has the machine. */
const rounds = Number(process.argv[2] ?? 20)
const perRound = Number(process.argv[3] ?? 1_000)
/** So that both sides are measured for as long in each round: a short moment finds the machine at its quickest more often. */
const rowsForAVote = 7
const pace = 50
const pacedSeconds = 10

const served = await serveCharter('example')
const sender = openSender()
try {
  const { app } = served
  const hall = await votingHall(served, seats)
  const { host, database, port } = app.database.pool.options
  const floor = await bareVotes({ host, database, port, user: ownerRole }, connections)
  const [ours, floors]: [number[], number[]] = [[], []]
  for (let round = -warmingRounds; round < rounds; round++) {
    const requests = await hall.openVotes(perRound / seats)
    const sent = await sender.send({ requests, connections, expects: 201 })
    const [latest] = await entriesPage(app.database.read, { limit: 1 })
    const bare = await floor.perSecond(perRound * rowsForAVote, JSON.stringify(latest?.leaf))
    if (round < 0) continue
    ours.push(sent.perSecond)
    floors.push(bare)
  }
  await floor.close()
  const paced = { requests: await hall.openVotes((pace * pacedSeconds) / seats), connections, expects: 201, pace }
  const { milliseconds } = await sender.send(paced)
  printFigure({
    what: `votes: ${perRound} over ${connections} connections, best of ${rounds}`,
    ours: Math.max(...ours),
    floor: Math.max(...floors),
    unit: 'votes/s',
    says: {
      ours: 'through the API, each asked for, decided, recorded, and answered with its place in the signed log',
      floor: 'entry, queue and vote in one bare statement',
    },
    target: 'at least 0.15',
  })
  const [middle, bareMiddle] = [quantile(ours, 0.5), quantile(floors, 0.5)]
  console.log(`  medians ${middle.toFixed(0)} and ${bareMiddle.toFixed(0)}, ratio ${(middle / bareMiddle).toFixed(3)}`)
  console.log(`votes with receipt: ${milliseconds.length} at ${pace}/s`)
  const [p50, p99] = [quantile(milliseconds, 0.5), quantile(milliseconds, 0.99)]
  console.log(`  ours   p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms   (target: p99 at most 100 ms)`)
} finally {
  await sender.close()
  await served.close()
}
