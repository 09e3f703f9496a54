// The site in a real browser: a person comes, registers and applies, by keyboard with scripts and by clicks without; and every kind of
// page fits its screen, reads well to everybody and says nothing to the console.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { violations } from '#test/kit/accessibility.ts'
import { cultivated } from '#test/kit/admission.ts'
import { type Edition, editions, withBrowser } from '#test/kit/browser.ts'
import { type Hall, openHall } from '#test/kit/hall.ts'
import { dataFolder, freePort, type Program, serveProgram } from '#test/kit/program.ts'

/** A browser window of its own; whatever it says to its console is a fault. */
async function opening(
  browser: Browser,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  isExpected: (complaint: string) => boolean = () => false,
): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('console', message => complaints.push(`${page.url()}: ${message.text()}`))
  page.on('pageerror', fault => complaints.push(`${page.url()}: ${fault.message}`))
  await use(page)
  await context.close()
  assert.deepEqual(
    complaints.filter(line => !isExpected(line)),
    [],
  )
}

/** How a person reaches a control and fills it in: with the mouse, or with the keyboard alone. */
type Hand = {
  readonly press: (page: Page, control: Locator) => Promise<void>
  readonly type: (page: Page, control: Locator, text: string) => Promise<void>
}

const mouse: Hand = {
  press: async (_, control) => control.click(),
  type: async (_, control, text) => control.fill(text),
}

/** Tab after Tab until the control has the focus. */
async function reach(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await control.evaluate(element => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`The keyboard does not reach ${control}`)
}

const keyboard: Hand = {
  async press(page, control) {
    await reach(page, control)
    const isTick = ['checkbox', 'radio'].includes((await control.getAttribute('type')) ?? '')
    await page.keyboard.press(isTick ? 'Space' : 'Enter')
  },
  async type(page, control, text) {
    await reach(page, control)
    if ((await control.getAttribute('type')) === 'date') return control.fill(text)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(text)
  },
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function comes(page: Page, hand: Hand, email: string): Promise<void> {
  await hand.press(page, page.getByRole('link', { name: 'Sign in', exact: true }))
  await hand.type(page, page.getByLabel('Mail address'), email)
  await hand.press(page, button(page, 'Send me a link'))
  await hand.press(page, page.getByRole('link', { name: 'outbox' }))
  await hand.press(page, page.getByRole('link', { name: '/sign-in/link' }).first())
  await hand.press(page, button(page, 'Sign in'))
  await hand.type(page, page.getByLabel('Name', { exact: true }), 'Ada Example')
  await hand.press(page, page.getByLabel('Show my name'))
  await hand.press(page, page.getByRole('button', { name: /^Register/ }))
  await heading(page, 'You are registered')
}

async function settlesIn(page: Page, hand: Hand, base: string): Promise<void> {
  await page.goto(`${base}/apply`)
  await page.getByText('Read the agreement at /conduct and accept it').waitFor()
  await hand.press(page, page.getByRole('link', { name: '/conduct' }))
  await hand.press(page, button(page, 'I accept this text'))
  await page.getByText('Done, and in the record').waitFor()
  await page.goto(`${base}/account`)
  const independence = page.locator('form', { has: button(page, 'I work for no organisation') })
  await hand.type(page, independence.getByLabel('From'), '2025-01-01')
  await hand.press(page, button(page, 'I work for no organisation'))
  await page.getByText('Done, and in the record').waitFor()
}

async function applies(page: Page, hand: Hand, { base, repository }: { base: string; repository: string }) {
  await page.goto(`${base}/apply`)
  await hand.press(page, page.getByLabel('Program of the collection'))
  await hand.type(page, page.getByLabel('Name of the project'), 'Leafcount')
  await hand.type(page, page.getByLabel('Address of the repository'), repository)
  await hand.type(page, page.getByLabel('Summary'), 'Counts seedlings in photographs of germinating seed.')
  await hand.press(page, button(page, 'Look for similar projects'))
  await page.getByRole('heading', { name: 'Nearest projects' }).waitFor()
  await hand.press(page, page.getByLabel('Sprout Count (Germination)'))
  await hand.type(page, page.getByLabel('Licence'), 'Apache-2.0')
  await hand.type(page, page.getByLabel('Goals', { exact: true }), 'Anybody can count leaves on a small machine.')
  await hand.type(page, page.getByLabel('Non-goals'), 'Not a picture classifier.')
  const contacts = page.getByRole('group', { name: /^Contact \d/ })
  await hand.type(page, contacts.nth(0).getByLabel('Name'), 'Ada Example')
  await hand.type(page, contacts.nth(0).getByLabel('Mail address'), 'ada@acorn.example')
  await hand.press(page, page.getByLabel('I maintain this project'))
  await hand.press(page, button(page, 'File the application'))
  // One contact is too few: what was typed is still there, and the form says what to mend.
  await page.getByText('Needs 2 with different addresses.').waitFor()
  await hand.type(page, contacts.nth(1).getByLabel('Name'), 'Bo Example')
  await hand.type(page, contacts.nth(1).getByLabel('Mail address'), 'bo@elsewhere.example')
  await hand.press(page, button(page, 'Apply for a project'))
  await heading(page, 'Leafcount')
}

/** Chromium itself tells the console of the one answer that says what is to be mended. */
const isUnfit = (line: string): boolean => line.endsWith('status of 422 (Unprocessable Entity)')

async function firstPart(hall: Hall, page: Page, hand: Hand): Promise<void> {
  const base = hall.app.config.BASE_URL
  await page.goto(base)
  await comes(page, hand, 'ada@people.example')
  await settlesIn(page, hand, base)
  await applies(page, hand, { base, repository: cultivated(hall, 'leafcount') })
  await page.getByText('Done, and in the record').waitFor()
  await hall.drain()
  await page.reload()
  await page.getByRole('link', { name: 'Sprout Count' }).waitFor()
  await page.getByText('Pass', { exact: true }).first().waitFor()
  await hall.expectSound()
}

async function byKeyboard(t: TestContext, browser: Browser): Promise<void> {
  const hall = await openHall(t, 'example', { listens: true })
  await opening(browser, {}, page => firstPart(hall, page, keyboard), isUnfit)
}

async function withoutScripts(t: TestContext, browser: Browser): Promise<void> {
  const hall = await openHall(t, 'example', { listens: true })
  await opening(browser, { javaScriptEnabled: false }, page => firstPart(hall, page, mouse), isUnfit)
}

/** The first link within the matter of a page that leads to one thing of a kind. */
async function firstOf(page: Page, list: string, kind: RegExp): Promise<string> {
  await page.goto(list)
  const hrefs = await page.locator('article a').evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))
  const found = hrefs.find(href => kind.test(href))
  assert.ok(found, `${list} leads to no ${kind}`)
  return found
}

/** One of each kind of page, and of each of the longer ones. */
async function kindsOf(page: Page, base: string): Promise<readonly string[]> {
  const things = [
    ['/', /^\/charter\/\d/],
    ['/projects', /^\/projects\/[a-z]/],
    ['/applications', /^\/applications\/app_/],
    ['/assessments', /^\/assessments\/ass_/],
    ['/bodies', /^\/bodies\/[a-z]/],
    ['/bodies/growers-council', /^\/seats\//],
    ['/motions', /^\/motions\/mot_/],
    ['/members', /^\/organisations\/[a-z]/],
    ['/record', /^\/record\/ent_/],
    ['/record', /^\/people\/per_/],
    ['/stewardship/reviews', /^\/stewardship\/reviews\/rev_/],
  ] as const
  const lists = ['/', '/projects', '/applications', '/assessments', '/bodies', '/motions', '/members', '/organisations']
  const more = [
    '/record',
    '/record/check',
    '/conduct',
    '/sign-in',
    '/outbox',
    '/apply',
    '/charter/history',
    '/reference',
    '/stewardship',
    '/stewardship/reviews',
    '/stewardship/waivers',
    '/neutrality',
  ]
  const problems = ['/problems', '/problems/acts/stopped-by-rule', '/no/such/page']
  const single: string[] = []
  for (const [list, kind] of things) single.push(await firstOf(page, `${base}${list}`, kind))
  return [...lists, ...more, ...problems, ...single]
}

/** What is wrong with a page, on this screen. */
async function faultsOf(window: Page, address: string): Promise<readonly unknown[]> {
  await window.goto(address)
  const [wide, screen] = await window.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  return [...(wide === screen ? [] : [`${wide} wide`]), ...(await violations(window))]
}

type Looking = { readonly paths: readonly string[]; readonly options: BrowserContextOptions }

async function looks(browser: Browser, url: string, { paths, options }: Looking): Promise<readonly unknown[]> {
  const faults: unknown[] = []
  const isLost = (line: string) => line.includes('/no/such/page: ')
  const all = async (window: Page): Promise<void> => {
    for (const path of paths)
      for (const fault of await faultsOf(window, `${url}${path}`)) faults.push([path, options.colorScheme, fault])
  }
  await opening(browser, options, all, isLost)
  return faults
}

/** The editions side by side, for each is a window of its own. */
async function everyKind(browser: Browser, { url, link }: Program): Promise<void> {
  const officer = await browser.newContext()
  const page = await officer.newPage()
  await page.goto(`${url}${link}`)
  await button(page, 'Sign in').click()
  await heading(page, 'Your desk')
  const kinds = await kindsOf(page, url)
  const storageState = await officer.storageState()
  const own = ['/desk', '/account', '/account/keys', await firstOf(page, `${url}/bodies/office`, /^\/seats\//)]
  const inEdition = async (edition: Edition) => [
    ...(await looks(browser, url, { paths: kinds, options: edition })),
    ...(await looks(browser, url, { paths: own, options: { ...edition, storageState } })),
  ]
  assert.deepEqual((await Promise.all(editions.map(inEdition))).flat(), [])
}

test('the site in a real browser', { concurrency: true }, t =>
  withBrowser(t, async browser => {
    // Its year is told while the first persons come.
    const demo = Promise.all([dataFolder(), freePort()]).then(([cwd, PORT]) =>
      serveProgram(t, { PORT }, { words: ['demo'], cwd }),
    )
    demo.catch(() => {}) // told where it is waited for
    await Promise.all([
      t.test('a person comes, registers, accepts and applies with the keyboard alone', one => byKeyboard(one, browser)),
      t.test('a person comes, registers, accepts and applies without scripts', one => withoutScripts(one, browser)),
    ])
    await t.test('every kind of page fits its screen, reads well to everybody, and complains of nothing', async () =>
      everyKind(browser, await demo),
    )
  }),
)
