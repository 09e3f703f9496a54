// What is private stays so, and whoever erases themselves is gone: from pages, answers, letters, tables, log and output.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { Client } from 'pg'
import { outboxPage } from '#adapters/mail/post.ts'
import { addDays, dayOf, instantOf } from '#base/instants.ts'
import { type TestDatabase, testDatabase } from '#test/kit/database.ts'
import { dataFolder, freePort, type Program, run, type Settings, serveProgram } from '#test/kit/program.ts'
import { type Remote, remote } from '#test/kit/remote.ts'
import { makeRepository, scratch } from '#test/kit/repositories.ts'

/** Each stands for one kind of private matter; none is part of another word anywhere. */
const secret = {
  name: 'Zephyrine Quillfeather',
  earlierName: 'Zelda Quartermain',
  address: 'zephyrine@people.example',
  contact: 'sealed-contact@people.example',
  contactName: 'Xanthe Underbough',
  key: 'Key of the violet laptop',
}
type Kind = keyof typeof secret
const kinds = Object.keys(secret) as Kind[] // the keys of the object above

const kindsIn = (text: string): Kind[] => kinds.filter(kind => text.toLowerCase().includes(secret[kind].toLowerCase()))

/** Which tables hold which of them, in any column of text or JSON of any schema. */
async function tablesWithSecrets({ ownerUrl }: TestDatabase): Promise<Record<string, Kind[]>> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' order by 1`)
  const found: Record<string, Kind[]> = {}
  for (const { name } of rows) {
    const all = await client.query(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`)
    const held = kindsIn(all.rows[0].text)
    if (held.length > 0) found[name.replace('public.', '')] = held
  }
  await client.end()
  return found
}

/** Every page that can be reached from the front page by links, and what it says, as this visitor sees it. */
async function everyPage(visitor: Remote, more: readonly string[]): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const waiting = ['/', '/feeds/record.atom', '/feeds/record.json', '/api/openapi.json', ...more]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (pages.has(path)) continue
    const { text } = await visitor.get(path)
    pages.set(path, text)
    for (const [, href = ''] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const next = href.replaceAll('&amp;', '&')
      // One page of each kind is enough where only the filter or the question differs.
      if (!/^\/(assets|auth|log|reference|problems|charter|acts|sign-in)\b|[?]/.test(next)) waiting.push(next)
    }
  }
  return pages
}

const shown = (pages: ReadonlyMap<string, string>): Kind[] =>
  kinds.filter(kind => [...pages].some(([path, text]) => kindsIn(path + text).includes(kind)))

async function exportedLog(settings: Settings): Promise<string> {
  const folder = join(await dataFolder(), 'log')
  const { code, err } = await run(['export', 'log', folder], { ...settings, DATA_DIR: await dataFolder() })
  assert.equal(code, 0, err)
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(file => file.isFile())
  assert.notEqual(files.length, 0)
  return (await Promise.all(files.map(file => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n')
}

type Scene = {
  readonly settings: Settings
  readonly program: Program
  readonly database: TestDatabase
  readonly officer: Remote
  /** The person whose data it is about, and a program of theirs that has an API key. */
  readonly own: Remote
  readonly person: string
  readonly application: string
}

async function signInBy(letterTo: string, { url }: Program, database: TestDatabase): Promise<Remote> {
  const visitor = remote(url)
  await visitor.form('/sign-in', { email: letterTo, return: '/desk' })
  const letter = (await outboxPage(database.read, 50)).find(({ to }) => to === letterTo)
  await visitor.take(/http\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  return visitor
}

async function begin(t: TestContext): Promise<Scene> {
  const [database, folder, PORT] = [await testDatabase(t, {}), scratch(t), await freePort()]
  const repository = makeRepository(join(folder, 'sorrel'), [{ at: '2026-01-01T00:00:00Z', files: { LICENSE: 'MIT' } }])
  const urls = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }
  const DATA_DIR = await dataFolder()
  const settings = { ...urls, PORT, LOCAL_REPOSITORIES: folder }
  const program = await serveProgram(t, { ...settings, DATA_DIR })
  const LOG_KEY = await readFile(join(DATA_DIR, 'log.key'), 'utf8')
  const SECRET = await readFile(join(DATA_DIR, 'session.secret'), 'utf8')
  const officer = remote(program.url)
  await officer.take(program.link)
  const own = await signInBy(secret.address, program, database)
  const registered = await own.done('people.register', { name: secret.earlierName, showName: true })
  const person = String(registered.entry?.facts.person)
  await own.done('people.rename', { name: secret.name })
  await own.done('people.affiliate', { organisation: 'independent', from: '2026-01-01' })
  // From the form: whether the clock has published the text yet is another matter.
  const [, hash] = /name="hash" value="([0-9a-f]{64})"/.exec((await own.get('/conduct')).text) ?? []
  await own.done('conduct.accept', { hash })
  const applied = await own.done('projects.apply', {
    kind: 'ecosystem',
    name: 'Sorrel',
    repository,
    licence: 'MIT',
    summary: 'A program that counts the seeds of a library.',
    goals: 'To count every seed that is in a drawer.',
    nonGoals: 'It will never count what grows outside.',
    contacts: [
      { name: secret.contactName, email: secret.contact },
      { name: 'Somebody Else', email: 'else@people.example' },
    ],
    isMaintainer: true,
  })
  const seat = (await database.pool.query(`select id from seats where key = 'registrar'`)).rows[0].id
  const day = (days: number) => dayOf(addDays(instantOf(Date.now()), days))
  await officer.done('bodies.appoint', { seat, person, from: day(0), until: day(10) })
  const made = await own.form('/account/keys', { name: secret.key, scopes: 'read', days: '30' })
  assert.equal(made.status, 200, made.text)
  return {
    settings: { ...settings, LOG_KEY, SECRET: SECRET.trim() },
    program,
    database,
    officer,
    own,
    person,
    application: String(applied.entry?.facts.application),
  }
}

async function lettersCame({ database }: Scene, to: string, subject: RegExp): Promise<void> {
  const isThere = async () =>
    (await outboxPage(database.read, 100)).some(letter => letter.to === to && subject.test(letter.subject))
  for (let tries = 0; tries < 400 && !(await isThere()); tries++) await moment(50)
  assert.ok(await isThere(), `${to} ${subject}`)
}

test('what is private is held, given out to its owner whole, shown to nobody, and gone when they go', {
  timeout: 180_000,
}, async t => {
  const scene = await begin(t)
  const { database, own, officer, program, person, application, settings } = scene
  const stranger = remote(program.url)
  await lettersCame(scene, secret.address, /A term ends/)
  await lettersCame(scene, secret.contact, /Sorrel/)
  const direct = [`/people/${person}`, `/applications/${application}`, `/api/people/show?person=${person}`, '/outbox']

  await t.test('it is there, and this test would find it', async () => {
    const before = await tablesWithSecrets(database)
    assert.deepEqual(before.persons, ['name'])
    assert.deepEqual(before.vault?.toSorted(), ['contact', 'contactName', 'earlierName', 'name'])
    assert.deepEqual(before.sign_in_users, ['address'])
    assert.deepEqual(before.sign_in_keys, ['key'])
    assert.deepEqual(before.outbox?.toSorted(), ['address', 'contact'])
    assert.deepEqual(before.application_contacts?.toSorted(), ['contact', 'contactName'])
    assert.equal('entries' in before, false)
  })

  await t.test('only the name that may be shown is shown, but for the operator’s outbox', async () => {
    const pages = await everyPage(stranger, direct)
    assert.deepEqual(kindsIn(pages.get('/outbox') ?? '').toSorted(), ['address', 'contact'])
    pages.delete('/outbox')
    assert.ok(pages.size > 40, String(pages.size))
    assert.deepEqual(shown(pages), ['name'])
    assert.deepEqual(kindsIn(await exportedLog(settings)), [])
    assert.deepEqual(kindsIn(program.said()), [])
  })

  await t.test('the export holds all of it', async () => {
    const { text } = await own.get('/api/people/export')
    assert.deepEqual(kindsIn(text), kinds)
    const { held } = JSON.parse(text)
    assert.deepEqual([held.signIn.sessions.length, held.signIn.keys.length], [1, 1])
    const subjects = held.letters.map(({ subject }: { subject: string }) => subject.split(' ')[0])
    assert.deepEqual(subjects.slice(0, 1), ['Sign'])
    assert.ok(subjects.length >= 3, String(subjects))
    assert.doesNotMatch(text, /"(token|key|credentialID)":/)
  })

  await t.test('after the erasure nothing of it is left anywhere', async () => {
    await own.done('people.erase', { confirmation: 'erase me' })
    for (let tries = 0; tries < 200 && Object.keys(await tablesWithSecrets(database)).length > 0; tries++)
      await moment(50)
    assert.deepEqual(await tablesWithSecrets(database), {})
    assert.deepEqual(shown(await everyPage(stranger, direct)), [])
    for (const page of [...direct, '/projects', '/applications', '/bodies', '/desk', '/record'])
      assert.deepEqual(kindsIn((await officer.get(page)).text), [], page)
    assert.match((await stranger.get(`/people/${person}`)).text, /<h1>erased person<\/h1>/)
    assert.deepEqual(kindsIn(await exportedLog(settings)), [])
    assert.deepEqual(kindsIn(program.said()), [])
  })

  await t.test('the record stays whole, the session is over, and a new sign-in is a new person', async () => {
    assert.notEqual((await own.get('/desk')).status, 200)
    const checked = await run(['verify'], { ...settings, DATA_DIR: await dataFolder() })
    assert.equal(checked.code, 0, checked.out + checked.err)
    assert.match(checked.out, /The tables are what the record says/)
    const again = await signInBy(secret.address, program, database)
    const { entry } = await again.done('people.register', { name: secret.name, showName: false })
    assert.notEqual(entry?.facts.person, person)
    assert.match((await stranger.get(`/people/${person}`)).text, /<h1>erased person<\/h1>/)
  })
})
