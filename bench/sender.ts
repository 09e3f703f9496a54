// Sends requests from a thread of its own, so that asking does not take the time of the program that answers.
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { rate } from './figures.ts'
import { type Answer, type Connection, connect } from './plainHttp.ts'

export type Sent = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** `pace`: each begins at its time, so many a second, whether those before are done or not; else as fast as `connections` can. */
export type Order = {
  readonly requests: readonly Sent[]
  readonly connections: number
  readonly expects: number
  readonly pace?: number
}
export type Answered = { readonly perSecond: number; readonly milliseconds: readonly number[] }

/** Connections are kept open and handed on, the one used last first; a request that finds none free opens one more. */
function connectionsTo(url: string) {
  const [free, all]: [Connection[], Connection[]] = [[], []]
  const open = async (): Promise<Connection> => {
    const made = await connect(url)
    all.push(made)
    return made
  }
  return {
    async ask(sent: Sent): Promise<Answer> {
      let connection = free.pop()
      while (connection && !connection.isOpen()) connection = free.pop()
      connection ??= await open()
      const answer = await connection.ask(sent)
      free.push(connection)
      return answer
    },
    close() {
      for (const one of all) one.close()
    },
  }
}

async function fulfil({ requests, connections, expects, pace }: Order): Promise<Answered> {
  const open = connectionsTo(requests[0]?.url ?? '')
  const milliseconds: number[] = []
  const start = performance.now()
  const timed = async (sent: Sent, due = performance.now()) => {
    const { status, text } = await open.ask(sent)
    if (status !== expects) throw new Error(`${sent.method} ${sent.url} answered ${status}: ${text}`)
    milliseconds.push(performance.now() - due)
  }
  const atItsTime = async (sent: Sent, n: number, every: number) => {
    const due = start + n * every
    await sleep(Math.max(0, due - performance.now()))
    await timed(sent, due)
  }
  try {
    if (pace === undefined) return { perSecond: await rate(requests, connections, sent => timed(sent)), milliseconds }
    await Promise.all(requests.map((sent, n) => atItsTime(sent, n, 1000 / pace)))
    return { perSecond: (requests.length * 1000) / (performance.now() - start), milliseconds }
  } finally {
    open.close()
  }
}

if (!isMainThread)
  parentPort?.on('message', async (order: Order) => {
    parentPort?.postMessage(await fulfil(order))
  })

export type Sender = { readonly send: (order: Order) => Promise<Answered>; readonly close: () => Promise<unknown> }

export function openSender(): Sender {
  const worker = new Worker(import.meta.filename)
  return {
    send: order =>
      new Promise((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', answer => {
          worker.off('error', reject)
          resolve(answer)
        })
        worker.postMessage(order)
      }),
    close: () => worker.terminate(),
  }
}
