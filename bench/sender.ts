// Sends requests from a thread of its own, so that asking does not take the time of the program that answers.
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { rate } from './figures.ts'

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

const bodyOf = async (response: IncomingMessage): Promise<string> => {
  response.setEncoding('utf8')
  let text = ''
  for await (const part of response) text += part
  return text
}

async function send(agent: Agent, { method, url, headers, body }: Sent, expects: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  request(url, { method, headers, agent }, resolve).on('error', reject).end(body)
  const response = await promise
  const text = await bodyOf(response)
  if (response.statusCode !== expects) throw new Error(`${method} ${url} answered ${response.statusCode}: ${text}`)
}

async function fulfil({ requests, connections, expects, pace }: Order): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, ...(pace === undefined && { maxSockets: connections }) })
  const milliseconds: number[] = []
  const start = performance.now()
  const timed = async (sent: Sent, due = performance.now()) => {
    await send(agent, sent, expects)
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
    agent.destroy()
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
