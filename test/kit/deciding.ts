// What is done to an application on its way to a decision, and how its story is looked at and checked.
import assert from 'node:assert/strict'
import { parseVkey } from '#record/keys.ts'
import { checkProof } from '#record/proof.ts'
import { entriesPage } from '#record/queries.ts'
import { act, type Filled, filled, type Story } from './admission.ts'
import { type Deed, type Somebody, wordsOf } from './faces.ts'

const pageOf = async ({ hall }: Story, path: string): Promise<string> => wordsOf((await hall.visit().follow(path)).text)

export async function says(story: Story, path: string, ...parts: readonly string[]): Promise<void> {
  const page = await pageOf(story, path)
  for (const part of parts) assert.ok(page.includes(part), `${path} does not say “${part}”: ${page}`)
}

export const lookUp = async ({ hall }: Story, path: string) =>
  (await hall.site.request(`${hall.app.config.BASE_URL}/api/${path}`)).json()

export const applying = (name: string, repository: string, more: Partial<Filled> = {}): Deed => {
  const types = filled(name, repository, more)
  const { kind, summary } = types
  return {
    act: 'projects.apply',
    on: `/apply?${new URLSearchParams({ kind, name, repository, summary })}`,
    types: { ...types },
  }
}

export const reviewing = (application: string): Deed => ({
  act: 'projects.review',
  on: `/applications/${application}/review`,
  settled: { application },
  types: { text: 'It counts what it says that it counts; we tried it on two hundred photographs.' },
})

type Wanted = {
  readonly application: string
  /** As an ecosystem project by the group, unless said otherwise. */
  readonly as?: string
  readonly body?: string
}

/** Moves that this be admitted; the motion's id. */
export async function moves(story: Story, mover: Somebody, wanted: Wanted): Promise<string> {
  const { application, as = 'ecosystem', body = story.statutes.group } = wanted
  const resolves = { act: 'projects.admit', input: { application, as } }
  const { facts } = await act(story, mover, {
    act: 'motions.move',
    on: `/applications/${application}`,
    settled: { body, title: 'Admit it', resolves },
    types: { reasons: 'It does one thing, and three people in three places keep it.' },
  })
  assert.deepEqual(facts.resolves, resolves)
  return String(facts.motion)
}

export const seconding = (motion: string): Deed => ({
  act: 'motions.second',
  on: `/motions/${motion}`,
  settled: { motion },
})
export const closing = (motion: string): Deed => ({
  act: 'motions.close',
  on: `/motions/${motion}`,
  settled: { motion },
})
export const voting = (motion: string, choice: string, seat?: string): Deed => ({
  act: 'motions.vote',
  on: `/motions/${motion}`,
  settled: { motion, ...(seat && { seat }) },
  types: { choice },
})

/** Every entry since the founding has a receipt that verifies with the log's key and nothing else. */
export async function receiptsVerify(story: Story): Promise<void> {
  const { app, site } = story.hall
  const log = parseVkey(app.signer.vkey)
  const all = await entriesPage(app.database.read, { limit: 1000 })
  const told = all.filter(({ leaf }) => leaf.actor.capacity !== 'operator')
  assert.ok(told.length > 40)
  assert.doesNotMatch(JSON.stringify(all), /@acorn\.example/)
  for (const { id, leaf, index } of told) {
    const receipt = await (await site.request(`${app.config.BASE_URL}/record/${id}/receipt`)).text()
    const checked = checkProof(receipt, { log })
    assert.ok(checked.ok, `${id}: ${JSON.stringify(checked)}`)
    assert.equal(checked.index, index)
    assert.deepEqual(JSON.parse(checked.entry.toString()), leaf)
  }
}
