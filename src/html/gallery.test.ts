// Every part in many states, in a real browser: accessible, whole at 360 px, and usable without JavaScript.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { violations } from '#test/kit/accessibility.ts'
import { withBrowser } from '#test/kit/browser.ts'
import { formDataOf } from '#test/kit/form-fields.ts'
import { accent, gallery, motion, registerPage } from '#test/kit/gallery.ts'
import { markup } from '#test/kit/gallery-parts.ts'
import { assetsByPath, themeAssets } from './assets.ts'

const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"

/** Serves the two gallery pages on loopback while `use` runs. */
async function serving(use: (address: string) => Promise<void>): Promise<void> {
  const { css, icon } = themeAssets(accent)
  const assets = assetsByPath([css, icon])
  const server = createServer((request, response) => {
    const asset = assets.get(request.url ?? '')
    const [, name, theme] = /^\/(motion|register)\/(light|dark)$/.exec(request.url ?? '') ?? []
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', asset?.type ?? 'text/html; charset=utf-8')
    response.statusCode = asset || name ? 200 : 404
    response.end(
      asset?.body ?? (name && gallery(name === 'motion' ? motion : registerPage, theme === 'dark' ? 'dark' : 'light')),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  try {
    await use(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`)
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

const editions = ['motion', 'register'].flatMap(name =>
  (['light', 'dark'] as const).flatMap(theme => [1280, 360].map(width => ({ name, theme, width }))),
)

type Edition = (typeof editions)[number]

/** Opens one edition of a gallery page; `use` sees it loaded. */
async function opening(
  browser: Browser,
  { address, name, theme, width, ...options }: Edition & { address: string } & BrowserContextOptions,
  use: (opened: Page, complaints: readonly string[]) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, ...options })
  const opened = await context.newPage()
  const complaints: string[] = []
  opened.on('console', message => complaints.push(message.text()))
  await opened.goto(`${address}/${name}/${theme}`)
  await use(opened, complaints)
  await context.close()
}

const shots = process.env.GALLERY_SHOTS

test('every edition of the gallery has no accessibility violations and fits its screen', t =>
  withBrowser(t, browser =>
    serving(async address => {
      for (const edition of editions)
        await opening(browser, { ...edition, address }, async opened => {
          const widths = await opened.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
          assert.equal(widths[0], widths[1], `${JSON.stringify(edition)} is wider than its screen`)
          if (shots)
            await opened.screenshot({
              path: `${shots}-${edition.name}-${edition.theme}-${edition.width}.png`,
              fullPage: true,
            })
          if (edition.name === 'register' && edition.theme === 'light') return // the same rows in dark are slow enough
          assert.deepEqual(await violations(opened), [], JSON.stringify(edition))
        })
    }),
  ))

test('the strict policy stops nothing on the page, and markup in text stays text', t =>
  withBrowser(t, browser =>
    serving(address =>
      opening(browser, { name: 'motion', theme: 'light', width: 1280, address }, async (opened, complaints) => {
        assert.deepEqual(complaints, [])
        assert.equal(await opened.locator('img, main script').count(), 0)
        assert.equal(await opened.locator('[style]').count(), 0)
        assert.equal(await opened.getByRole('rowheader', { name: markup }).textContent(), markup)
      }),
    ),
  ))

test('without JavaScript the menu opens at 360 px, and an error leads to its field', t =>
  withBrowser(t, browser =>
    serving(address =>
      opening(
        browser,
        { name: 'motion', theme: 'light', width: 360, address, javaScriptEnabled: false },
        async opened => {
          const members = opened.getByRole('link', { name: 'Members' })
          assert.equal(await members.isVisible(), false)
          await opened.getByText('Menu', { exact: true }).click()
          assert.equal(await members.isVisible(), true)
          await opened.getByRole('link', { name: 'Repository', exact: true }).click()
          assert.equal(new URL(opened.url()).hash, '#apply-repository')
          assert.equal(await opened.locator('#apply-repository').inputValue(), 'not an address')
        },
      ),
    ),
  ))

test('the accessibility check finds what is wrong where something is', t =>
  withBrowser(t, async browser => {
    const opened = await browser.newPage()
    await opened.setContent(
      '<!doctype html><html lang="en"><title>x</title><main><img src="x"><p style="color:#ccc">pale</p></main>',
    )
    assert.deepEqual((await violations(opened)).map(([rule]) => rule).sort(), [
      'color-contrast',
      'image-alt',
      'page-has-heading-one',
    ])
  }))

test('a form sends from a real browser what the test kit reads from its markup', t =>
  withBrowser(t, browser =>
    serving(address =>
      opening(browser, { name: 'motion', theme: 'light', width: 1280, address }, async opened => {
        const sent = await opened
          .locator('#apply')
          .evaluate(found => (found instanceof HTMLFormElement ? [...new FormData(found)] : []))
        const withSentLineEnds = sent.map(([name, value]) => [name, String(value).replace(/\r\n?|\n/g, '\r\n')])
        assert.deepEqual([...formDataOf(gallery(motion), 'apply')], withSentLineEnds)
      }),
    ),
  ))

test('Enter in a field sends the form, not the request for more rows', t =>
  withBrowser(t, browser =>
    serving(address =>
      opening(browser, { name: 'motion', theme: 'light', width: 1280, address }, async opened => {
        const sending = opened.waitForRequest(request => request.method() === 'POST')
        await opened.locator('#apply-name').press('Enter')
        assert.equal((await sending).postData()?.includes('_more'), false)
      }),
    ),
  ))
