// A letter that is under way while its person, or somebody it names, erases themselves.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { type TestContext, test } from 'node:test'
import type { Domain, Mail } from '#acts/domain.ts'
import { isRefusal } from '#acts/problem.ts'
import { namesOf, people, personBy } from '#domains/people/index.ts'
import { toy } from '#test/kit/toy.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'
import { addressOf } from '../../queues.ts'
import { letterHandlers, letterJob, tellJob } from './letters.ts'
import { outboxPost, type Post } from './post.ts'

/** Runs as another request would: not as a part of the transaction that is open here. */
const elsewhere = AsyncLocalStorage.snapshot()

/** Whoever hangs a bell is written to while they are there, and everybody else is told who did it. */
const rumours: Mail = {
  about: ['bells.hang'],
  title: 'Who hung a bell',
  async letters({ actor }, read) {
    const hanger = actor.person ?? ''
    const person = await personBy(read, hanger)
    const name = (await namesOf(read, [hanger])).get(hanger)
    const letter = { subject: 'A bell', text: `It was hung by ${name}.` }
    return [
      ...(person && !person.erased ? [{ to: { person: hanger }, ...letter }] : []),
      { to: { email: 'ringers@people.example' }, ...letter },
    ]
  },
}

type Scene = TestSite & { readonly person: string; readonly entry: string; readonly erase: () => Promise<void> }

async function begin(t: TestContext): Promise<Scene> {
  const bells: Domain = { ...toy({ capacities: undefined }), mails: [rumours] }
  const site = await testSite(t, { domains: [people, bells] })
  await site.visit().register('ada@people.example', 'Ada Lamp')
  const person = (await site.database.pool.query('select id from persons')).rows[0].id
  const { engine } = site.parts
  const hung = await engine.perform({ act: 'bells.hang', input: { name: 'Great' }, by: { person } })
  if (isRefusal(hung)) assert.fail(JSON.stringify(hung))
  await site.database.pool.query('delete from outbox')
  const order = { act: 'people.erase', input: { confirmation: 'erase me' }, by: { person } }
  const erase = async () => assert.equal(isRefusal(await engine.perform(order)), false)
  return { ...site, person, entry: hung.entry.id, erase }
}

/** The jobs that tell of the entry, in the order of the letters, and how each is done. */
async function sending({ parts, database, signIn, entry }: Scene, post: Post) {
  const jobs: object[] = []
  const handlers = letterHandlers({
    registry: parts.engine.registry,
    read: database.read,
    transact: database.transact,
    enqueue: async (_, name, job) => void (name === letterJob && jobs.push(job)),
    post,
    addressOf: addressOf({ emailOf: signIn.addressOf }),
    foundation: parts.foundation,
    baseUrl: parts.baseUrl,
  })
  await handlers[tellJob]({ entry, mail: parts.engine.registry.mails.indexOf(rumours) })
  return (letter: number) => handlers[letterJob](jobs[letter] ?? assert.fail(`There are ${jobs.length} letters`))
}

/** Comes to rest when the erasure is acknowledged, or waits in the database for what is under way. */
async function acknowledgedOrWaiting({ database }: Scene, erased: Promise<void>): Promise<void> {
  let isDone = false
  const done = erased.then(() => {
    isDone = true
  })
  const waits = async () =>
    (
      await database.pool.query(
        'select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())',
      )
    ).rowCount !== 0
  while (!isDone && !(await waits())) await Promise.race([done, new Promise(setImmediate)])
}

async function forgotten({ database }: Scene): Promise<void> {
  const left = async () => (await database.pool.query('select from departures')).rowCount !== 0
  while (await left()) await new Promise(setImmediate)
}

for (const [letter, whose] of ['one’s own letter', 'a letter to others'].entries())
  test(`${whose} that is being sent while somebody erases themselves does not outlast them`, async t => {
    const scene = await begin(t)
    const kept = outboxPost(scene.database)
    let erased: Promise<void> | undefined
    const send = await sending(scene, {
      ...kept,
      async send(...given) {
        erased ??= elsewhere(scene.erase).then(() => forgotten(scene))
        await acknowledgedOrWaiting(scene, erased)
        await kept.send(...given)
      },
    })
    await send(letter)
    await erased
    const left = (await scene.letters()).map(({ to, text }) => [to, text.split('\n')[0]])
    const others = ['ringers@people.example', 'It was hung by somebody who has erased themselves.']
    assert.deepEqual(left, letter === 0 ? [] : [others])
  })

test('what leaves for good leaves before an erasure is acknowledged, or not at all', async t => {
  const scene = await begin(t)
  const happened: string[] = []
  let erased: Promise<void> | undefined
  const send = await sending(scene, {
    ...outboxPost(scene.database),
    kind: 'smtp',
    async send({ to }) {
      erased ??= elsewhere(scene.erase).then(() => void happened.push('erased'))
      await acknowledgedOrWaiting(scene, erased)
      happened.push(to)
    },
  })
  await send(0)
  await erased
  await send(0)
  assert.deepEqual(happened, ['ada@people.example', 'erased'])
})

test('a job sends the letter that it was made for, also when somebody before it in the list has erased themselves', async t => {
  const scene = await begin(t)
  const send = await sending(scene, outboxPost(scene.database))
  await scene.erase()
  const left: string[][] = []
  for (const letter of [0, 1]) {
    await send(letter)
    left.push((await scene.letters()).map(({ to }) => to))
  }
  assert.deepEqual(left, [[], ['ringers@people.example']])
})
