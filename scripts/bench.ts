// `npm run bench`: each figure beside its floor, one program after the other; `npm run bench -- verify` runs one of them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const figures = ['verify', 'votes', 'assess']
const folder = join(import.meta.dirname, '..', 'bench')
const [wanted, ...rest] = process.argv.slice(2)

if (wanted && !existsSync(join(folder, `${wanted}.ts`))) {
  process.stderr.write(`There is no bench “${wanted}”. There are: ${figures.join(', ')}\n`)
  process.exit(2)
}
for (const figure of wanted ? [wanted] : figures) {
  process.stdout.write(`\n== ${figure}\n`)
  const program = ['--disable-warning=ExperimentalWarning', join(folder, `${figure}.ts`), ...rest]
  const { status } = spawnSync(process.execPath, program, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
