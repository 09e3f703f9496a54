// `guildhall assess`: any repository, at any date, without a foundation or a database.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { canonical } from '#base/canonical.ts'
import { instantOf } from '#base/instants.ts'
import { formatText } from '#domains/assessments/index.ts'
import { assessAnywhere, criteriaIn } from '../outside.ts'
import { UnfitArguments } from './arguments.ts'
import { type Command, done } from './command.ts'
import { withScratch } from './scratch.ts'

const usual = join(import.meta.dirname, '..', '..', 'charters', 'pytorch', 'criteria', 'ecosystem.yml')

/** A day means its last moment, so that what was done on it counts. */
const asOfIn = (text: string | undefined): string => {
  if (!text) return instantOf(Date.now())
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.000Z` : text)
  if (Number.isNaN(at)) throw new UnfitArguments('--as-of wants a day such as 2026-02-10, or an instant')
  return instantOf(at)
}

const say = (says: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${says}`)
}

export const assessCommand: Command = {
  words: 'assess',
  summary: 'Assess a repository from Git alone, as of any date',
  usage: `guildhall assess <address or path> [--as-of <day>] [--criteria <file>] [--json]

Reads the repository and answers each requirement of the criteria with pass, fail, unknown or needs a person,
with the commit, path and blob that show it. The criteria are charters/pytorch/criteria/ecosystem.yml unless
another file is named. With --json: canonical JSON, whose hash anybody can recompute.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'as-of': { type: 'string' }, criteria: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [where, ...more] = positionals
    if (!where || more.length > 0) throw new UnfitArguments('Name one repository: an https address or a path')
    const file = values.criteria ?? usual
    const text = await readFile(file, 'utf8').catch(() => {
      throw new UnfitArguments(`The criteria file ${file} cannot be read`)
    })
    const wanted = {
      criteria: criteriaIn(text, file),
      asOf: asOfIn(values['as-of']),
      progress: ({ says }: { says: string }) => say(says),
    }
    const answer = await withScratch(folder => assessAnywhere(where, join(folder, 'mirror'), wanted))
    say('')
    if ('unreachable' in answer) return { text: answer.unreachable, code: 4 }
    return done(values.json ? canonical(answer.assessment) : formatText(answer.assessment))
  },
}
