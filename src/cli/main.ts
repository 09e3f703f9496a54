// The command `guildhall`: finds the command by its first words and turns every answer into text and an exit code.
import process, { exit, stderr, stdout } from 'node:process'
import { codeOf } from '#database/errors.ts'
import about from '../../package.json' with { type: 'json' }
import { UnfitArguments } from './arguments.ts'
import { findCommand, help } from './commands.ts'

/** What a command answers: text for people, data for `--json`, and the exit code. */
const say = (text: string): void => {
  if (text !== '') stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

// By name: to know their classes would load the house.
const unopened = new Set(['CannotOpen', 'KeyRefused', 'DatabaseLost', 'Busy'])
const expected = new Set([...unopened, 'UnfitArguments', 'UnfitConfig', 'CannotListen', 'CannotReach', 'GitFailure'])

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help' || words[0] === '-h') {
    say(await help(words.slice(1)))
    return 0
  }
  if (words[0] === '--version' || words[0] === '-V') {
    say(`guildhall ${about.version}, Node ${process.versions.node}`)
    return 0
  }
  const found = await findCommand(words)
  if (!found) {
    stderr.write(`There is no command “${words.slice(0, 2).join(' ')}”. See: guildhall help\n`)
    return 2
  }
  const { command, rest } = found
  if (rest.includes('--help') || rest.includes('-h')) {
    say(command.usage)
    return 0
  }
  const { text, code } = await command.run(rest)
  say(text)
  return code
}

main(process.argv.slice(2)).then(
  code => {
    // Standard output may be a pipe that is still being read.
    stdout.write('', () => exit(code))
  },
  fault => {
    const isUnfit = fault instanceof UnfitArguments || codeOf(fault)?.startsWith('ERR_PARSE_ARGS') === true
    const name = fault instanceof Error ? fault.name : ''
    const said = isUnfit || expected.has(name) ? fault.message : undefined
    stderr.write(`${said ?? `Something went wrong: ${fault instanceof Error ? fault.stack : fault}`}\n`)
    exit(isUnfit ? 2 : unopened.has(name) ? 3 : 1)
  },
)
