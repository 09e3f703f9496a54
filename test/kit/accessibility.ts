// Whether everybody can read a page, as axe-core tells by the rules of WCAG 2 A and AA and its own best practices.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/**
 * Rules broken on the page as it stands, each with where. The rules are evaluated, not loaded as a script: the page's own
 * policy stays in force and would forbid that.
 */
export async function violations(page: Page): Promise<readonly (readonly [rule: string, where: readonly string[]])[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async (): Promise<readonly Violation[]> => {
    const { violations } = await Reflect.get(globalThis, 'axe').run(document, {
      resultTypes: ['violations'],
      preload: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations
  })
  return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
