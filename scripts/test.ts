// `npm test`: types, lint, then every test file. Says first what this machine lacks and how to install it.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { chromiumPath } from '#test/kit/browser.ts'
import { holdServer } from '#test/kit/database.ts'

const root = `${import.meta.dirname}/..`

/** Runs a program with its output shown; stops everything at the first that fails. */
function step(name: string, command: readonly string[]): void {
  const [program = '', ...args] = command
  process.stdout.write(`\n== ${name}\n`)
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (error) process.stderr.write(`${program} could not be started: ${error.message}\n`)
  if (status !== 0) process.exit(status ?? 1)
}

const has = (program: string): boolean => spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0

function sayWhatIsMissing(): void {
  const lacking = [
    ...(chromiumPath()
      ? []
      : ['no Chromium: the tests of pages in a browser are skipped (Debian: apt-get install chromium)']),
    ...(has('go')
      ? []
      : [
          'no Go: the check of the log by another program is skipped (Debian: apt-get install golang-go golang-golang-x-mod-dev)',
        ]),
  ]
  for (const line of lacking) process.stdout.write(`This machine has ${line}\n`)
}

const wanted = process.argv.slice(2)
/** Stories take minutes: begun first, none of them is left over when the other files have ended. */
const isStory = (file: string): boolean => file.startsWith('test/stories/')
const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort()
const files = wanted.length > 0 ? wanted : [...all.filter(isStory), ...all.filter(file => !isStory(file))]

sayWhatIsMissing()
if (wanted.length === 0) {
  step('Types', [process.execPath, 'node_modules/typescript/bin/tsc'])
  step('Lint and format', [process.execPath, 'node_modules/@biomejs/biome/bin/biome', 'check'])
}
const release = await holdServer()
// One more than the cores of a small machine: a file often waits for a disk, a clock or another program.
const filesAtOnce = 3
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    `--test-concurrency=${filesAtOnce}`,
    '--test-reporter=spec',
    '--disable-warning=ExperimentalWarning',
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
)
await release()
process.exit(status ?? 1)
