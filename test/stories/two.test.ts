// Two whole programs on one PostgreSQL: one log, one charter, one session; nothing is done twice and nothing is lost.
import assert from 'node:assert/strict'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { outboxPage } from '#adapters/mail/post.ts'
import { addDays, dayOf, instantOf } from '#base/instants.ts'
import { leavesFrom } from '#record/queries.ts'
import { newKey } from '#record/signer.ts'
import { type TestDatabase, testDatabase } from '#test/kit/database.ts'
import {
  dataFolder,
  exampleCharter,
  freePort,
  type Program,
  run,
  type Settings,
  serveProgram,
} from '#test/kit/program.ts'
import { type Remote, remote } from '#test/kit/remote.ts'
import { makeRepository, scratch } from '#test/kit/repositories.ts'

/** Asks again until it holds. */
async function comes<Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask()
    if (holds(answer)) return answer
    if (tries === 400) assert.fail(`It never came: ${JSON.stringify(answer)?.slice(0, 500)}`)
    await moment(50)
  }
}

/** The statutes without motions and notice, so that staff may put a changed text into force at once. */
async function charter(changes: readonly (readonly [from: string, to: string])[] = []): Promise<string> {
  const folder = join(await dataFolder(), 'charter')
  await cp(exampleCharter, folder, { recursive: true })
  const file = join(folder, 'terms.yml')
  const free = [
    ['  charter.amend: [motions.close]\n', ''],
    ['noticeDays: 30', 'noticeDays: 0'],
  ] as const
  let text = await readFile(file, 'utf8')
  for (const [from, to] of [...free, ...changes]) {
    assert.ok(text.includes(from), from)
    text = text.replace(from, to)
  }
  await writeFile(file, text)
  return folder
}

type Two = {
  readonly programs: readonly Program[]
  readonly a: Remote
  readonly b: Remote
  readonly database: TestDatabase
  readonly settings: Settings
  /** One that may be assessed. */
  readonly repository: string
}

/** Both begin at the same moment on an empty database; `b` asks with the session that signed in at `a`. */
async function begin(t: TestContext): Promise<Two> {
  const folder = scratch(t)
  const repository = makeRepository(join(folder, 'sorrel'), [
    { at: '2026-01-01T00:00:00Z', files: { LICENSE: 'MIT', 'README.md': '# Sorrel' } },
  ])
  const database = await testDatabase(t, {})
  const [portA, portB] = [await freePort(), await freePort()]
  const settings = {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    LOG_KEY: newKey(),
    SECRET: 'one secret for both of the programs',
    BASE_URL: `http://localhost:${portA}`,
    CHARTER: await charter(),
    LOCAL_REPOSITORIES: folder,
  }
  const [A, B] = await Promise.all([
    serveProgram(t, { ...settings, PORT: portA, DATA_DIR: await dataFolder() }),
    serveProgram(t, { ...settings, PORT: portB, DATA_DIR: await dataFolder() }),
  ])
  const a = remote(A.url)
  await a.take(A.link)
  return { programs: [A, B], a, b: remote(B.url, { origin: A.url, jar: a.jar }), database, settings, repository }
}

/** Somebody who signs in by a link from the outbox at one program and registers at the other. */
async function newcomer({ a, b, database }: Two): Promise<string> {
  const [here, there] = [remote(a.url), remote(b.url, { origin: a.url })]
  await here.form('/sign-in', { email: 'newcomer@people.example', return: '/desk' })
  const [letter] = await outboxPage(database.read, 1)
  await there.take(/http\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  const { entry } = await remote(a.url, { jar: there.jar }).done('people.register', {
    name: 'Rue Novice',
    showName: true,
  })
  return String(entry?.facts.person)
}

const count = async ({ read }: TestDatabase, act: string): Promise<number> =>
  (await leavesFrom(read, 0, 10_000)).filter(leaf => leaf.act === act).length

/** In this order: each goes on where the one before ended. */
const stories: readonly (readonly [name: string, tell: (two: Two) => Promise<void>])[] = [
  [
    'founded once, and a session of one is good at the other',
    async ({ b, database }) => {
      for (const act of ['charter.adopt', 'people.register', 'bodies.appoint'])
        assert.equal(await count(database, act), 1)
      assert.equal((await b.get('/desk')).status, 200)
    },
  ],
  [
    'acts through both at once give one log without gaps',
    async ({ a, b, database }) => {
      const names = Array.from({ length: 60 }, (_, i) => `Nursery ${i}`)
      const done = await Promise.all(names.map((name, i) => (i % 2 ? a : b).done('people.add-organisation', { name })))
      // The clock of either may enter something between. Without gaps each leaf stands where its index says.
      const leaves = await leavesFrom(database.read, 0, 10_000)
      assert.deepEqual(
        done.map(({ index }) => leaves[index]?.id),
        done.map(({ entry }) => entry?.id),
      )
    },
  ],
  [
    'the same request at both is done once',
    async ({ a, b }) => {
      const sent = { 'idempotency-key': 'only-once' }
      const answers = await Promise.all(
        [a, b, a, b].map(one => one.act('people.add-organisation', { name: 'Once' }, sent)),
      )
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 201])
      assert.equal(new Set(answers.map(({ body }) => body.entry?.id)).size, 1)
    },
  ],
  [
    'a page kept by one shows what was done at the other',
    async ({ b, settings }) => {
      const stranger = remote(settings.BASE_URL ?? '')
      const page = () => stranger.get('/organisations?search=Sorrel')
      assert.doesNotMatch((await page()).text, /Sorrel Library/)
      await b.done('people.add-organisation', { name: 'Sorrel Library' })
      await comes(page, ({ text }) => /Sorrel Library/.test(text))
    },
  ],
  [
    'what the clock owes is done once, with one letter to each',
    async two => {
      const { b, database } = two
      const person = await newcomer(two)
      const [seat] = (await database.pool.query(`select id from seats where key = 'registrar'`)).rows
      const now = instantOf(Date.now())
      await b.done('bodies.appoint', { seat: seat.id, person, from: dayOf(now), until: dayOf(addDays(now, 10)) })
      const letters = async () => (await outboxPage(database.read, 50)).map(({ to, subject }) => `${to} ${subject}`)
      const ends = (all: string[]) => all.filter(line => /A term ends/.test(line)).sort()
      const told = ends(await comes(letters, all => ends(all).length >= 2))
      assert.deepEqual(
        told.map(line => line.split(' ')[0]),
        ['newcomer@people.example', 'officer@localhost.example'],
      )
    },
  ],
  [
    'a charter put into force at one holds at the other, for acts and for pages',
    async ({ a, b, database, settings }) => {
      const folder = await charter([['We share a garden.', 'We share an orchard.']])
      const { out } = await run(['charter', 'keep', folder], { ...settings, DATA_DIR: await dataFolder() })
      const hash = /Its hash: (\w+)/.exec(out)?.[1]
      assert.match((await b.get('/conduct')).text, /We share a garden/)
      await a.done('charter.amend', { charter: hash ?? out })
      const { entry } = await b.done('people.add-organisation', { name: 'Under the new text' })
      assert.equal((await leavesFrom(database.read, 0, 10_000)).find(({ id }) => id === entry?.id)?.charter, hash)
      await comes(
        () => b.get('/conduct'),
        ({ text }) => /We share an orchard/.test(text),
      )
      await comes(
        () => count(database, 'conduct.publish'),
        found => found >= 2,
      )
    },
  ],
  [
    'a repository is assessed once',
    async ({ a, b, database, repository }) => {
      const { hash } = (await database.pool.query('select hash from conduct_texts order by since desc limit 1')).rows[0]
      await a.done('conduct.accept', { hash })
      await b.done('projects.apply', {
        kind: 'ecosystem',
        name: 'Sorrel',
        repository,
        licence: 'MIT',
        summary: 'A program that counts the seeds of a library.',
        goals: 'To count every seed that is in a drawer.',
        nonGoals: 'It will never count what grows outside.',
        contacts: [
          { name: 'One', email: 'one@people.example' },
          { name: 'Two', email: 'two@people.example' },
        ],
        isMaintainer: true,
      })
      await comes(
        () => count(database, 'assessments.file'),
        found => found > 0,
      )
    },
  ],
  [
    'nothing was done twice, and the record holds',
    async ({ database, settings, programs }) => {
      const acts = ['bodies.remind', 'conduct.publish', 'assessments.request', 'assessments.file', 'assessments.fail']
      assert.deepEqual(await Promise.all(acts.map(act => count(database, act))), [1, 2, 1, 1, 0])
      const checked = await run(['verify'], { ...settings, DATA_DIR: await dataFolder() })
      assert.equal(checked.code, 0, checked.out + checked.err)
      for (const { said } of programs) assert.doesNotMatch(said(), / failed |could not/)
    },
  ],
  [
    'a program with another key or another secret is refused in one line',
    async ({ settings }) => {
      const other: Settings = { ...settings, DATA_DIR: await dataFolder(), PORT: await freePort() }
      const { LOG_KEY: _key, ...withoutKey } = other
      const { SECRET: _secret, ...withoutSecret } = other
      const wants: readonly (readonly [Settings, RegExp])[] = [
        [{ ...other, LOG_KEY: newKey() }, /^The signing key \S+ did not sign .* Set LOG_KEY.*\n$/],
        [withoutKey, /^The log in this database was signed with a key that is not here: set LOG_KEY .*\n$/],
        [
          { ...other, SECRET: 'a secret that the others do not have' },
          /^The sessions in this database .* set SECRET .*\n$/,
        ],
        [withoutSecret, /^The sessions in this database .*\n$/],
      ]
      for (const [given, says] of wants) {
        const { code, err } = await run(['serve'], given)
        assert.match(err, says)
        assert.equal(code, 3)
      }
    },
  ],
]

test('two programs on one database are one foundation', { timeout: 120_000 }, async t => {
  const two = await begin(t)
  for (const [name, tell] of stories) await t.test(name, () => tell(two))
})
