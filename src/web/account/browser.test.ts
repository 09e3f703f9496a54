// The account's pages in a real browser: passkeys with a virtual authenticator, scripts and policy, reading for everybody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { violations } from '#test/kit/accessibility.ts'
import { editions, withBrowser } from '#test/kit/browser.ts'
import { linkIn } from '#test/kit/visitor.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'

const shots = process.env.ACCOUNT_SHOTS

async function opening(
  browser: Browser,
  options: BrowserContextOptions,
  use: (page: Page, complaints: readonly string[]) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', fault => complaints.push(fault.message))
  await use(page, complaints)
  await context.close()
}

/** As a person does it: address, outbox, link, button. */
async function signIn(page: Page, house: TestSite, email: string): Promise<void> {
  await page.goto(`${house.baseUrl}/sign-in`)
  await page.getByLabel('Mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('link', { name: 'outbox' }).click()
  await page.getByRole('link', { name: '/sign-in/link' }).first().click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function register(page: Page, house: TestSite, email: string): Promise<void> {
  await signIn(page, house, email)
  await page.getByLabel('Name', { exact: true }).fill('Ada Lamp')
  await page.getByLabel('Show my name').check()
  await page.getByRole('button', { name: 'Register' }).click()
  await page.getByRole('heading', { name: 'You are registered' }).waitFor()
}

/** A device with a passkey store of its own, as Chromium simulates one. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a passkey is added, signs in, and no longer does once it is removed', t =>
  withBrowser(t, async browser => {
    const house = await testSite(t, { listens: true })
    await opening(browser, {}, async (page, complaints) => {
      await withAuthenticator(page)
      await register(page, house, 'ada@example.org')
      await page.goto(`${house.baseUrl}/account/passkeys`)
      await page.getByLabel('Name of the device').fill('My lamp')
      await page.getByRole('button', { name: 'Add a passkey' }).click()
      await page.getByRole('rowheader', { name: 'My lamp' }).waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.goto(`${house.baseUrl}/sign-in?return=/record`)
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
      await page.waitForURL(`${house.baseUrl}/record`)
      await page.getByRole('link', { name: 'Ada Lamp' }).first().waitFor()
      await page.goto(`${house.baseUrl}/account/passkeys`)
      await page.getByRole('button', { name: 'Remove My lamp' }).click()
      await page.getByText('You have no passkeys.').waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.goto(`${house.baseUrl}/sign-in`)
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
      await page.getByText('This passkey was not accepted.').waitFor()
      // Chromium itself reports the refusal that the page has put into words, and the home that this house lacks.
      assert.deepEqual(
        complaints.filter(line => !/status of (401|404)/.test(line)),
        [],
      )
    })
  }))

test('without scripts everything but passkeys works, and the pages say so', t =>
  withBrowser(t, async browser => {
    const house = await testSite(t, { listens: true })
    await opening(browser, { javaScriptEnabled: false }, async page => {
      await register(page, house, 'ada@example.org')
      await page.goto(`${house.baseUrl}/account/passkeys`)
      assert.equal(await page.getByText('Adding a passkey needs JavaScript').isVisible(), true)
      assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).isVisible(), false)
      await page.goto(`${house.baseUrl}/sign-in`)
      assert.equal(await page.getByText('Passkeys need JavaScript').isVisible(), true)
      assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false)
    })
  }))

const publicPaths = [
  '/sign-in',
  '/sign-in/sent',
  '/sign-in/link?token=used',
  '/privacy',
  '/security',
  '/api',
  '/outbox',
]
const ownPaths = ['/desk', '/welcome', '/account/keys', '/account/passkeys']

test('every page fits its screen, in light and dark, and has no accessibility violations', t =>
  withBrowser(t, async browser => {
    const house = await testSite(t, { listens: true })
    for (const edition of editions)
      await opening(browser, edition, async page => {
        const name = `${edition.colorScheme}-${edition.viewport.width}`
        const look = async (path: string): Promise<void> => {
          await page.goto(`${house.baseUrl}${path}`)
          if (shots) await page.screenshot({ path: `${shots}${path.replace(/\W+/g, '-')}-${name}.png`, fullPage: true })
          const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
          assert.equal(widths[0], widths[1], `${path} ${name} is wider than its screen`)
          assert.deepEqual(await violations(page), [], `${path} ${name}`)
        }
        for (const path of publicPaths) await look(path)
        await house.signIn.sendLink('look@example.org', '/desk')
        const letter = (await house.letters())[0]
        const link = linkIn(letter)
        await look(`${link.pathname}${link.search}`)
        await signIn(page, house, `${name}@example.org`)
        await look('/welcome?return=/desk')
        await register(page, house, `${name}@example.org`)
        for (const path of ownPaths) await look(path)
      })
  }))

test('a page ships at most 40 kB of script, compressed, and nothing from elsewhere', async t => {
  const house = await testSite(t)
  const ada = house.visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  for (const path of [...publicPaths, ...ownPaths]) {
    const { text } = await ada.get(path)
    const scripts = [...text.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src = '']) => src)
    const bodies = await Promise.all(scripts.map(async src => (await ada.get(src)).text))
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    assert.ok(bytes <= 40_000, `${path}: ${bytes}`)
    assert.deepEqual(
      scripts.filter(src => !src.startsWith('/assets/')),
      [],
      path,
    )
    assert.equal(
      /<script(?![^>]*src=)|\sstyle="|\son[a-z]+="/.test(text),
      false,
      `${path} holds inline script or style`,
    )
  }
})
