// `npm run bench`: each figure beside its floor, one program after the other; `npm run bench -- votes verify` runs those.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const figures = ['verify', 'votes', 'pages', 'start', 'assess', 'stewardship']
const folder = join(import.meta.dirname, '..', 'bench')
const given = process.argv.slice(2)
/** Numbers go to the programs, which say what they mean. */
const sizes = given.filter(word => /^\d+$/.test(word))
const wanted = given.filter(word => !sizes.includes(word))
const unknown = wanted.filter(name => !figures.includes(name))

if (unknown.length > 0) {
  process.stderr.write(`There is no bench “${unknown.join('”, “')}”. There are: ${figures.join(', ')}\n`)
  process.exit(2)
}
for (const figure of wanted.length > 0 ? wanted : figures) {
  process.stdout.write(`\n== ${figure}\n`)
  const program = ['--disable-warning=ExperimentalWarning', join(folder, `${figure}.ts`), ...sizes]
  const { status } = spawnSync(process.execPath, program, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
