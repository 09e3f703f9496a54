// `npm run bless`: writes test/golden and docs/reference anew, so that a review reads the difference of what the world will see.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { printed } from '#test/house/printed.ts'

const root = join(import.meta.dirname, '..')

for (const [path, text] of await printed()) {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  const isSame = (await readFile(file, 'utf8').catch(() => '')) === text
  if (!isSame) await writeFile(file, text)
  process.stdout.write(`${isSame ? 'as it was' : 'written  '}  ${path}\n`)
}
