// A real browser for page tests: headless Chromium where one is installed, a plainly worded skip where not.
import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { type Browser, chromium } from 'playwright-core'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The program to run: `CHROMIUM` if it is set, else the first known place that has one. */
export const chromiumPath = (): string | undefined => places.find(place => place !== undefined && existsSync(place))

// The browser must reach nothing but the test's own server, and Chromium refuses its sandbox to root.
const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
]

const isRoot = (): boolean => process.getuid?.() === 0

const everyEdition = (['light', 'dark'] as const).flatMap(colorScheme =>
  [1280, 360].map(width => ({ colorScheme, viewport: { width, height: 800 } })),
)
/** Colours move nothing and widths colour nothing, so two editions tell of all four; EVERY_EDITION=1 looks at all. */
export const editions = everyEdition.filter(
  ({ colorScheme, viewport }) => process.env.EVERY_EDITION || (colorScheme === 'light') === (viewport.width === 1280),
)
export type Edition = (typeof editions)[number]

/** Runs `use` with a browser and closes it after; skips the test, saying what to install, where there is none. */
export async function withBrowser(t: TestContext, use: (browser: Browser) => Promise<void>): Promise<void> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) {
    t.skip('No Chromium found. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM to its path.')
    return
  }
  const browser = await chromium.launch({ executablePath, args: isRoot() ? [...flags, '--no-sandbox'] : flags })
  try {
    await use(browser)
  } finally {
    await browser.close()
  }
}
