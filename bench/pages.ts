// The landscape page kept in memory beside a bare server that sends the same bytes, and made anew from the database for every request.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { printFigure } from './figures.ts'
import { serveCharter } from './house.ts'
import { openSender, type Sender } from './sender.ts'

const path = '/projects'
const connections = 8
const rounds = Number(process.argv[2] ?? 3)
const kept = Number(process.argv[3] ?? 6_000)
const made = Number(process.argv[4] ?? 600)
const mostScript = 40 * 1024

const headers = { 'accept-encoding': 'gzip' }

async function bestOf(sender: Sender, url: string, count: number): Promise<number> {
  const requests = Array.from({ length: count }, () => ({ method: 'GET' as const, url, headers }))
  const rates: number[] = []
  for (let round = 0; round < rounds; round++)
    rates.push((await sender.send({ requests, connections, expects: 200 })).perSecond)
  return Math.max(...rates)
}

async function bareServer(body: Buffer): Promise<{ readonly server: Server; readonly url: string }> {
  const sent = { 'content-type': 'text/html; charset=UTF-8', 'content-encoding': 'gzip', 'content-length': body.length }
  const server = createServer((_, response) => {
    response.writeHead(200, sent)
    response.end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } // listening on TCP
}

/** Bytes of the scripts that a page loads, compressed. */
async function scriptBytes(url: string): Promise<number> {
  const page = await (await fetch(`${url}${path}`)).text()
  const sources = [...page.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(match => match[1])
  const bodies = await Promise.all(sources.map(async source => (await fetch(new URL(source ?? '', url))).arrayBuffer()))
  return bodies.reduce((sum, body) => sum + gzipSync(Buffer.from(body)).length, 0)
}

const [keeping, making, sender] = [
  await serveCharter('pytorch'),
  await serveCharter('pytorch', { keepsPages: false }),
  openSender(),
]
try {
  const page = await fetch(`${keeping.url}${path}`)
  const text = Buffer.from(await page.arrayBuffer())
  const items = text.toString().match(/href="\/projects\/[a-z0-9-]+"/g)?.length ?? 0
  const bare = await bareServer(gzipSync(text))
  const floor = await bestOf(sender, bare.url, kept)
  bare.server.close()
  const ours = await bestOf(sender, `${keeping.url}${path}`, kept)
  const anew = await bestOf(sender, `${making.url}${path}`, made)
  const what = `pages: ${path}, ${items} projects, ${text.length} bytes, ${connections} connections, best of ${rounds}`
  const unit = 'requests/s'
  printFigure({
    what: `${what}, kept`,
    ours,
    floor,
    unit,
    says: {
      ours: 'through the site, as long as nothing was done since',
      floor: 'a bare node:http server, the same bytes',
    },
    target: 'at least 0.5',
  })
  console.log('pages: made anew for each request')
  console.log(`  ours   ${anew.toFixed(0)} ${unit}   from the database, nothing kept   (target: at least 600)`)
  const script = await scriptBytes(keeping.url)
  console.log(`  script ${script} bytes compressed   (target: at most ${mostScript})`)
} finally {
  await sender.close()
  await making.close()
  await keeping.close()
}
