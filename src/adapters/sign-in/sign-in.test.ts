// Sign-in without its pages: what is loaded when, what the database holds, and what forgetting leaves.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { linkIn } from '#test/kit/visitor.ts'
import { testSite } from '#test/kit/whole-site.ts'
import { loadSecret } from './sign-in.ts'

/** Every module that a program loads from a package of this name. */
async function loadedFrom(name: string, program: string): Promise<number> {
  const script = `
    import { registerHooks } from 'node:module'
    let count = 0
    registerHooks({ load(url, context, next) { if (url.includes('/node_modules/${name}')) count += 1; return next(url, context) } })
    ${program}
    console.log(count)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../../..'),
  })
  return Number(stdout)
}

test('the sign-in library is loaded by nobody before somebody signs in', async () => {
  assert.equal(await loadedFrom('better-auth', `await import('./src/app.ts')`), 0)
  assert.notEqual(await loadedFrom('better-auth', `await import('./src/adapters/sign-in/library.ts')`), 0)
})

test('the secret of the sessions is made once, for its owner only', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-secret-'))
  t.after(() => rm(folder, { recursive: true }))
  const [first, second] = await Promise.all([loadSecret(folder), loadSecret(folder)])
  assert.match(first, /^[0-9a-f]{64}$/)
  assert.equal(second, first)
  assert.equal(await loadSecret(folder), first)
  assert.equal((await stat(join(folder, 'session.secret'))).mode & 0o777, 0o600)
})

test('the database holds nothing from which a link could be made again', async t => {
  const { signIn, database } = await testSite(t)
  const token = new URL(await signIn.showLink('officer@example.org')).searchParams.get('token') ?? ''
  assert.equal(await signIn.isLinkOpen(token), true)
  const { rows } = await database.pool.query('select * from sign_in_verifications')
  assert.equal(JSON.stringify(rows).includes(token), false)
})

test('an account made for the operator is the one that its link opens, whatever the case of the address', async t => {
  const { signIn, visit } = await testSite(t)
  const made = await signIn.accountFor('Officer@Example.org')
  assert.deepEqual(await signIn.accountFor('officer@example.org'), made)
  assert.equal(await signIn.addressOf(made.id), 'officer@example.org')
  const url = new URL(await signIn.showLink('officer@example.org', '/record'))
  const officer = visit()
  const taken = await officer.submit(`${url.pathname}${url.search}`, '/sign-in/link')
  assert.equal(taken.location, '/sign-in/done?return=%2Frecord')
  const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  assert.deepEqual(await signIn.accountOf(new Headers({ cookie })), made)
})

test('a forged or altered session cookie is nobody', async t => {
  const { signIn, visit } = await testSite(t)
  const ada = visit()
  await ada.signIn('ada@example.org')
  const [[name = '', value = ''] = []] = [...ada.cookies]
  assert.notEqual(await signIn.accountOf(new Headers({ cookie: `${name}=${value}` })), undefined)
  const [token = ''] = value.split('.')
  for (const forged of [`${token}.AAAA`, token, `x${value}`])
    assert.equal(await signIn.accountOf(new Headers({ cookie: `${name}=${forged}` })), undefined, forged)
})

test('forgetting takes sessions, keys, links and the address, and leaves everybody else', async t => {
  const { signIn, visit, letters, database } = await testSite(t)
  await visit().signIn('ada@example.org')
  await visit().signIn('bea@example.org')
  await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const token = linkIn((await letters())[0]).searchParams.get('token') ?? ''
  const ada = await signIn.accountFor('ada@example.org')
  await signIn.makeKey(ada.id, { name: 'mine', scopes: ['act'] })
  await signIn.forget(ada.id)
  assert.equal(await signIn.addressOf(ada.id), undefined)
  assert.deepEqual(await signIn.keysOf(ada.id), [])
  assert.equal(await signIn.isLinkOpen(token), false)
  const { rows } = await database.pool.query(
    'select u.email, count(s.id)::int as sessions from sign_in_users u left join sign_in_sessions s on s."userId" = u.id group by u.email',
  )
  assert.deepEqual(rows, [{ email: 'bea@example.org', sessions: 1 }])
})
