// One HTTP/1.1 connection for the senders: asking takes far less time than with a client that serves every case.
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import type { Sent } from './sender.ts'

export type Answer = { readonly status: number; readonly text: string }
export type Connection = {
  readonly ask: (sent: Sent) => Promise<Answer>
  /** The server closes what has been idle for some seconds. */
  readonly isOpen: () => boolean
  readonly close: () => void
}

function requestOf({ method, url, headers, body = '' }: Sent): string {
  const { pathname, search, host } = new URL(url)
  const lines = Object.entries({ host, ...headers, 'content-length': Buffer.byteLength(body) })
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

const ends = '\r\n\r\n'
const lastChunk = '\r\n0\r\n\r\n'

/** Whether a whole answer has come, by its length or by its last chunk. Bytes stand for characters here. */
function isWhole(bytes: string): boolean {
  const end = bytes.indexOf(ends)
  if (end < 0) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.slice(0, end))?.[1]
  return length === undefined ? bytes.endsWith(lastChunk) : bytes.length >= end + ends.length + Number(length)
}

/** The next answer on this connection. Rejects when the connection ends before it. */
function answerOn(socket: Socket): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  let bytes = ''
  const leave = () => socket.off('data', take).off('close', broken)
  const broken = () => {
    leave()
    reject(new Error('The connection was closed before the answer'))
  }
  const take = (chunk: Buffer): void => {
    bytes += chunk.toString('latin1')
    if (!isWhole(bytes)) return
    leave()
    resolve({ status: Number(bytes.slice(9, 12)), text: bytes.slice(bytes.indexOf(ends) + ends.length) })
  }
  socket.on('data', take).once('close', broken)
  return promise
}

/** Opens a connection to the server of this address. One request at a time. */
export async function connect(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = createConnection({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return {
    ask(sent) {
      const answer = answerOn(socket)
      socket.write(requestOf(sent))
      return answer
    },
    isOpen: () => socket.readyState === 'open',
    close: () => socket.destroy(),
  }
}
