// Makes docs/screenshot.png anew from the demo: the open vote of the invented foundation, 1280 by 800. Wants Chromium.
//
//   node scripts/screenshot.ts
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumPath } from '#test/kit/browser.ts'

const root = join(import.meta.dirname, '..')
const executablePath = chromiumPath()
if (!executablePath) throw new Error('No Chromium found: install it, or set CHROMIUM to its path')
const port = process.env.PORT ?? '4999'
const folder = await mkdtemp(join(tmpdir(), 'guildhall-screenshot-'))

const demo = spawn(process.execPath, [join(root, 'bin', 'guildhall.mjs'), 'demo'], {
  cwd: folder,
  env: { ...process.env, PORT: port },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise(resolve => demo.once('close', resolve))
await new Promise<void>((resolve, reject) => {
  demo.stdout.setEncoding('utf8').on('data', text => text.includes('first officer') && resolve())
  demo.once('close', () => reject(new Error('The demo ended before it served')))
})

const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`http://localhost:${port}/motions?stage=open`)
  await page.locator('article a[href^="/motions/mot_"]').first().click()
  await page.locator('#tally').waitFor()
  await page.screenshot({ path: join(root, 'docs', 'screenshot.png') })
} finally {
  await browser.close()
  demo.kill('SIGTERM')
  await ended
  await rm(folder, { recursive: true, force: true })
}
