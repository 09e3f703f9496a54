// The whole program killed at any instant while people act: what was acknowledged stands at its index, and the record verifies.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseProof } from '#record/proof.ts'
import { keyFor, officer } from '#test/kit/keys.ts'
import { dataFolder, freePort, type Program, run, serveProgram } from '#test/kit/program.ts'

/** More by hand: KILL_ROUNDS=30. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const writers = 4

/** Entry to the index that was told with it. */
type Told = Map<string, number>

async function posts({ url }: Program, key: string, name: string): Promise<[string, number]> {
  const answer = await fetch(`${url}/api/people/add-organisation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  const { entry, index } = await answer.json()
  assert.equal(answer.status, 201, JSON.stringify(entry))
  return [entry.id, index]
}

const databasePid = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])

/** Several people act at once until the program is killed under them, on odd rounds with its database. */
async function killsUnder(program: Program, round: number, given: { key: string; told: Told; folder: string }) {
  const { key, told, folder } = given
  const postmaster = await databasePid(folder)
  const until = told.size + 3 + Math.floor(Math.random() * 40)
  let isKilled = false
  const writes = async (writer: number): Promise<void> => {
    for (let count = 0; !isKilled; count++) {
      const one = await posts(program, key, `Round ${round} writer ${writer} number ${count}`).catch(fault => {
        if (isKilled) return undefined
        throw fault
      })
      if (one) told.set(...one)
      if (told.size < until || isKilled) continue
      isKilled = true
      if (round % 2 === 1) process.kill(postmaster, 'SIGKILL')
      await program.end('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => writes(writer)))
}

async function expectAll({ url }: Program, told: Told): Promise<void> {
  assert.equal(new Set(told.values()).size, told.size, 'an index was given twice')
  for (const [entry, index] of told) {
    const proof = parseProof(await (await fetch(`${url}/record/${entry}/receipt`)).text())
    assert.deepEqual([proof?.index, JSON.parse(String(proof?.extra)).id], [index, entry])
  }
}

async function story(t: TestContext): Promise<void> {
  const [folder, told]: [string, Told] = [await dataFolder(), new Map()]
  const begin = async () => serveProgram(t, { DATA_DIR: folder, PORT: await freePort() })
  let program = await begin()
  const key = await keyFor(program, await officer(program), ['act'])
  for (let round = 0; round < rounds; round++) {
    await killsUnder(program, round, { key, told, folder })
    program = await begin()
  }
  assert.ok(told.size > rounds)
  await expectAll(program, told)
  await program.end('SIGTERM')
  const { code, out, err } = await run(['verify'], { DATA_DIR: folder })
  assert.equal(code, 0, out + err)
  assert.match(out, /Everything fits\.\nThe tables are what the record says\./)
}

test(`killed ${rounds} times while ${writers} people act, it loses nothing that it acknowledged`, story)
