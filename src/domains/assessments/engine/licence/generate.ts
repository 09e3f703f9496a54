// Makes the compact index of licence texts from the published list: `node src/domains/assessments/engine/licence/generate.ts`.
import { readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type IndexHead, indexFiles } from './candidates.ts'
import { bigrams, isSampled, normalise } from './normalise.ts'
import { publishedText } from './references.ts'

const longText = 400

export function makeIndex(): { head: IndexHead; pairs: Uint32Array } {
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('spdx-license-list/package.json'))
  const { version } = require('spdx-license-list/package.json') as { version: string } // npm guarantees the member
  const ids = readdirSync(join(folder, 'licenses'))
    .map(name => name.replace(/\.json$/, ''))
    .sort()
  const rows = ids.map(id => {
    const all = [...bigrams(normalise(publishedText(id).licenseText).words)]
    return all.length > longText ? all.filter(isSampled).sort((a, b) => a - b) : all.sort((a, b) => a - b)
  })
  const sampled = ids.map(id => (bigrams(normalise(publishedText(id).licenseText).words).size > longText ? 1 : 0))
  const head: IndexHead = { source: `spdx-license-list ${version}`, ids, sizes: rows.map(row => row.length), sampled }
  return { head, pairs: Uint32Array.from(rows.flat()) }
}

if (import.meta.main) {
  const { head, pairs } = makeIndex()
  writeFileSync(indexFiles.head, `${JSON.stringify(head)}\n`)
  writeFileSync(indexFiles.pairs, pairs)
}
