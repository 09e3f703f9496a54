// Which commands run tests, and where they stand in a configuration of any system.
import { isObject, parseQuietly } from './workflow.ts'

const programs = [
  'pytest|py\\.test|unittest|ctest|rspec|phpunit|vitest|jest|mocha|bats|busted',
  '(?:tox|nox)(?!\\s+(?:run\\s+)?-[es]\\s*["\']?(?:lint|docs?|fmt|format|mypy|typ\\w*|pre-commit|flake8|style|ruff|build|release)\\b)',
  'cargo\\s+(?:\\S+\\s+)*?(?:test|nextest)',
  '(?:go|dotnet|swift|mix|deno|zig\\s+build|sbt|lein|stack|cabal|meson|flutter|dart|dub|playwright)\\s+test',
  '(?:npm|pnpm|yarn|bun)\\s+(?:run\\s+)?tests?(?=[:\\s]|$)',
  '(?:make|just|task|invoke|rake|rails|ninja|mage)\\s+(?:\\S+\\s+)*?(?:[\\w.]+[-_/:])*tests?(?=[-_:\\s]|$)',
  'bazel\\S*\\s+(?:\\S+\\s+)*?test',
  'mvnw?\\s.*\\b(?:test|verify)|gradlew?\\s.*\\b(?:test|check)|xcodebuild\\s.*\\btest',
  'hatch\\s+(?:run\\s+)?\\S*test\\S*|run[-_]tests?\\S*|R\\s+CMD\\s+check|Pkg\\.test',
]
const runsTests = new RegExp(`(?:^|[\\s/;&|("'=])(?:${programs.join('|')})(?![\\w-])`, 'm')
const onlyInstalls =
  /\b(?:pip3?|uv|conda|mamba|apt(?:-get)?|brew|poetry|gem|choco|dnf|yum|apk)\b.*\b(?:install|add|sync|wheel|download)\b/
const onlyAsks =
  /\s--(?:version|help|collect-only|no-run)\b|^\s*(?:which|command\s+-v|type|cat|ls|rm|cp|mv|cd|mkdir|git|curl|wget|echo)\s/

/** A line of a step that runs tests; one that merely installs the test tool, or asks it for its version, does not. */
export const isTestCommand = (line: string): boolean => {
  const command = line.replace(/(?:^|\s)#.*$/, '')
  return command
    .split(/&&|;|\|\|/)
    .some(part => runsTests.test(part) && !onlyInstalls.test(part) && !onlyAsks.test(part))
}

/** 1 for the first line; 0 when none of the commands runs tests. */
export function testLine(text: string, commands: readonly string[]): number {
  const command = commands.find(isTestCommand)?.trim()
  return command === undefined ? 0 : text.split('\n').findIndex(line => line.includes(command)) + 1
}

const commandKeys = /^(?:(?:\w+_)?scripts?|run|commands?|cmds?|bash|pwsh|powershell)$/
const groovyCommand = /\b(?:sh|bat|powershell)\b[\s(]*(?:script\s*:\s*)?(?:'{3}|"{3}|'|")([\s\S]*?)(?:'{3}|"{3}|'|")/g

/** What stands under keys for commands, never names and descriptions; of a pipeline in Groovy, what its steps run. */
export function commandsIn(text: string): string[] {
  const root = parseQuietly(text)
  if (!isObject(root) && !Array.isArray(root))
    return [...text.matchAll(groovyCommand)].flatMap(([, command = '']) => command.split('\n'))
  const found: string[] = []
  collect(root, false, found)
  return found
}

function collect(value: unknown, isCommand: boolean, found: string[]): void {
  if (typeof value === 'string' && isCommand) found.push(...value.split('\n'))
  else if (Array.isArray(value)) for (const item of value) collect(item, isCommand, found)
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) collect(item, commandKeys.test(key), found)
}
