// How long `npm start` takes to the first page, with an empty directory and with one that has everything; and the memory of both at rest.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '..')
const rounds = Number(process.argv[2] ?? 3)
const patience = 120_000
const restSeconds = 8

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Resolves with the milliseconds from `began` to the whole first page. */
async function firstPage(url: string, began: number): Promise<number> {
  while (performance.now() - began < patience) {
    const page = await fetch(url).catch(() => undefined)
    if (page?.status === 200 && (await page.text()).includes('</html>')) return performance.now() - began
    await sleep(10)
  }
  throw new Error(`${url} did not answer within ${patience / 1000} seconds`)
}

const childrenOf = async (pid: number): Promise<number[]> => {
  const lists = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return lists.trim().split(' ').filter(Boolean).map(Number)
}

async function family(pid: number): Promise<number[]> {
  const children = await childrenOf(pid)
  return [pid, ...(await Promise.all(children.map(family))).flat()]
}

/** The server is no child of ours where it runs under an account of its own: it is found by its folder. */
async function serversOf(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const commands = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, n) => commands[n]?.includes(folder))
}

/** Proportional set size in megabytes: what is shared counts once. Undefined where the system does not tell. */
async function memoryOf(pid: number): Promise<number | undefined> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => undefined)
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

async function start(folder: string): Promise<{ milliseconds: number; megabytes: number | undefined }> {
  const port = await freePort()
  const environment = { ...process.env, DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1' }
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], { cwd: root, env: environment, stdio: 'ignore', detached: true })
  try {
    const milliseconds = await firstPage(`http://127.0.0.1:${port}/projects`, began)
    await sleep(restSeconds * 1000)
    const servers = await Promise.all((await serversOf(folder)).map(family))
    const own = (await family(child.pid ?? 0)).slice(1) // without npm itself, which only waits
    const pids = new Set([...own, ...servers.flat()])
    const sizes = await Promise.all([...pids].map(memoryOf))
    const megabytes = sizes.includes(undefined) ? undefined : sizes.reduce((sum: number, size) => sum + (size ?? 0), 0)
    return { milliseconds, megabytes }
  } finally {
    const ended = once(child, 'exit')
    for (const pid of (await family(child.pid ?? 0)).slice(1)) process.kill(pid, 'SIGTERM')
    await ended
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

const bare = async (): Promise<number> => {
  const began = performance.now()
  await once(spawn('npm', ['exec', '--silent', '--', 'node', '-e', ''], { cwd: root, stdio: 'ignore' }), 'exit')
  return performance.now() - began
}

const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
try {
  const floor = await bare()
  const empty = await start(folder)
  const again = []
  for (let round = 0; round < rounds; round++) again.push(await start(folder))
  const best = Math.min(...again.map(({ milliseconds }) => milliseconds))
  const memory = again.at(-1)?.megabytes
  console.log(`start: npm start to the first whole page, best of ${rounds}`)
  console.log(`  ours   ${seconds(best)} with existing data   (target: at most 2 s)`)
  console.log(
    `  ours   ${seconds(empty.milliseconds)} with an empty directory, founding and import included   (target: at most 10 s)`,
  )
  console.log(`  floor  ${seconds(floor)}   npm that starts a Node with nothing to do`)
  console.log(`  ratio  ${(best / floor).toFixed(2)}`)
  console.log(
    memory === undefined
      ? 'memory: this system does not tell the shares of memory (smaps_rollup)'
      : `memory: ${memory.toFixed(0)} MB of program and database together, ${restSeconds} s after the first page   (target: at most 300 MB)`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
