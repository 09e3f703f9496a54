// Signing in with an account elsewhere, against an OpenID provider on loopback: discovery, PKCE, state and nonce.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Provider, testProvider } from '#test/kit/provider.ts'
import type { Answer, Visit } from '#test/kit/visitor.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'

const departure = (answer: Answer): string => (answer.headers.get('refresh') ?? '').replace('0; url=', '')

/** Leaves for the provider, signs in there, and gives the path with which one comes back. */
async function awayAndBack({ baseUrl }: TestSite, visitor: Visit, back = '/record'): Promise<string> {
  const left = await visitor.submit(`/sign-in?return=${encodeURIComponent(back)}`, '/sign-in/with/lamp')
  assert.equal(left.status, 200, left.text)
  const answer = await fetch(departure(left), { redirect: 'manual' })
  const url = new URL(answer.headers.get('location') ?? '')
  assert.equal(url.origin, baseUrl)
  return `${url.pathname}${url.search}`
}

const opened = async (t: Parameters<typeof testSite>[0]): Promise<{ provider: Provider; house: TestSite }> => {
  const provider = await testProvider(t)
  return { provider, house: await testSite(t, { providers: [provider.settings] }) }
}

test('somebody new signs in elsewhere, comes back as a newcomer, and only the address is taken over', async t => {
  const { provider, house } = await opened(t)
  const ada = house.visit()
  const left = await ada.submit('/sign-in', '/sign-in/with/lamp')
  const asked = new URL(departure(left)).searchParams
  assert.deepEqual(
    [asked.get('scope'), asked.get('code_challenge_method'), asked.get('redirect_uri')],
    ['openid email', 'S256', `${house.baseUrl}/auth/callback/lamp`],
  )
  const welcomed = await ada.follow(await awayAndBack(house, ada))
  assert.equal(welcomed.path, '/welcome?return=%2Frecord')
  assert.match(welcomed.text, /You are signed in as ada@example\.org/)
  assert.deepEqual(provider.refused, [])
  const { rows } = await house.database.pool.query(
    `select u.name, u.image, u.email, a."accountId", a."accessToken", a."refreshToken", a."idToken", s."ipAddress", s."userAgent"
     from sign_in_users u join sign_in_accounts a on a."userId" = u.id join sign_in_sessions s on s."userId" = u.id`,
  )
  assert.deepEqual(rows, [
    {
      name: '',
      image: null,
      email: 'ada@example.org',
      accountId: 'lamp-1',
      accessToken: null,
      refreshToken: null,
      idToken: null,
      ipAddress: '',
      userAgent: '',
    },
  ])
})

test('signing in elsewhere and by mail with one address is one account', async t => {
  const { house } = await opened(t)
  await house.visit().register('ada@example.org', 'Ada Lamp')
  const again = house.visit()
  const arrived = await again.follow(await awayAndBack(house, again))
  assert.equal(arrived.path, '/record')
  assert.match(arrived.text, /href="\/desk">Ada Lamp<\/a>/)
})

test('an address that the provider has not checked opens nobody’s account', async t => {
  const { provider, house } = await opened(t)
  await house.visit().register('ada@example.org', 'Ada Lamp')
  provider.person = { ...provider.person, sub: 'lamp-2', email_verified: false }
  const mallory = house.visit()
  const arrived = await mallory.follow(await awayAndBack(house, mallory))
  assert.match(arrived.path, /^\/sign-in\?.*error=account_not_linked/)
  assert.match(arrived.text, /That site has not checked your mail address/)
  assert.equal((await mallory.get('/desk')).location, '/sign-in?return=%2Fdesk')
})

test('an answer of the provider opens only the browser that asked, and only once', async t => {
  const { house } = await opened(t)
  const ada = house.visit()
  const back = await awayAndBack(house, ada)
  const other = house.visit()
  const stolen = await other.follow(back)
  assert.match(stolen.path, /^\/sign-in\?.*error=/)
  assert.equal((await other.get('/desk')).location, '/sign-in?return=%2Fdesk')
  const made = await awayAndBack(house, ada)
  await ada.follow(made)
  const replayed = house.visit()
  await replayed.follow(made)
  assert.equal((await replayed.get('/desk')).location, '/sign-in?return=%2Fdesk')
})

test('a forged state, a refusal at the provider and an unknown provider are said plainly', async t => {
  const { house } = await opened(t)
  const ada = house.visit()
  const forged = await ada.follow('/auth/callback/lamp?code=1&state=forged')
  assert.match(forged.text, /That did not sign you in/)
  const state = new URL(`${house.baseUrl}${await awayAndBack(house, ada)}`).searchParams.get('state')
  const denied = await ada.follow(`/auth/callback/lamp?error=access_denied&state=${state}`)
  assert.match(denied.text, /You did not sign in/)
  assert.equal((await ada.post('/sign-in/with/nobody', {})).status, 404)
})

test('a provider that is down is said so, and works again once it is back', async t => {
  const { provider, house } = await opened(t)
  provider.isUp = false
  const ada = house.visit()
  const tried = await ada.submit('/sign-in', '/sign-in/with/lamp')
  assert.equal(tried.location, '/sign-in?return=%2Fdesk&error=provider_unreachable')
  assert.match((await ada.get(tried.location ?? '')).text, /That site cannot be reached at this moment/)
  provider.isUp = true
  assert.equal((await ada.follow(await awayAndBack(house, ada))).path, '/welcome?return=%2Frecord')
})

test('a site without providers offers none', async t => {
  const { visit } = await testSite(t)
  assert.equal((await visit().get('/sign-in')).text.includes('With an account elsewhere'), false)
})
