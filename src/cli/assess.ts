// `guildhall assess`: any repository, at any date, without a foundation or a database; and an assessment made again.
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { canonical } from '#base/canonical.ts'
import { instantOf } from '#base/instants.ts'
import {
  assess,
  bundleOf,
  type Criteria,
  formatText,
  isRefused,
  type Replay,
  readBundle,
  readCriteria,
  replay,
  reportDocument,
} from '#domains/assessments/engine/index.ts'
import { UnfitArguments } from './arguments.ts'
import { type Answer, codes, done, type HouseCommand } from './command.ts'
import { tell, withRepository } from './repository.ts'
import { writeWhole } from './whole.ts'

const usual = join(import.meta.dirname, '..', '..', 'charters', 'pytorch', 'criteria', 'ecosystem.yml')

/** A day means its last moment, so that what was done on it counts. */
const asOfIn = (text: string | undefined): string | undefined => {
  if (!text) return undefined
  if (/^(?:now|today)$/.test(text)) return instantOf(Date.now())
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.000Z` : text)
  if (Number.isNaN(at)) throw new UnfitArguments('--as-of wants a day such as 2026-02-10, or an instant')
  return instantOf(at)
}

/** A copy on this disk says nothing of what came after its last fetch; a mirror was fetched a moment ago. */
function lastKnown({ seenUntil }: { readonly seenUntil?: number }): { asOf: string; askedOn?: string } {
  const now = instantOf(Date.now())
  return seenUntil === undefined ? { asOf: now } : { asOf: instantOf(seenUntil * 1000), askedOn: now }
}

const textOf = (file: string, what: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new UnfitArguments(`The ${what} ${file} cannot be read`)
  })

const options = {
  'as-of': { type: 'string' },
  criteria: { type: 'string' },
  mirror: { type: 'string' },
  json: { type: 'boolean' },
  bundle: { type: 'string' },
  html: { type: 'string' },
  replay: { type: 'string' },
  from: { type: 'string' },
} as const

type Options = Partial<Record<'as-of' | 'criteria' | 'mirror' | 'bundle' | 'html' | 'replay' | 'from', string>> & {
  readonly json?: boolean
}

async function assessed(repository: string, values: Options): Promise<Answer> {
  const file = values.criteria ?? usual
  const text = await textOf(file, 'criteria file')
  const read = readCriteria(text, file)
  if ('problems' in read)
    return {
      text: read.problems.map(({ line, says }) => `${file}:${line}: ${says}`).join('\n'),
      code: codes.unfit,
    }
  return made({ repository, mirror: values.mirror }, values, { file, text, criteria: read.criteria })
}

type Given = { readonly file: string; readonly text: string; readonly criteria: Criteria }

async function made(
  where: { repository: string; mirror?: string },
  values: Options,
  { file, text, criteria }: Given,
): Promise<Answer> {
  const day = asOfIn(values['as-of'])
  const answer = await withRepository(where, git =>
    assess({ git, criteria, ...(day ? { asOf: day } : lastKnown(git)), progress: tell }),
  )
  if ('kind' in answer) return { text: answer.says, code: codes.missing }
  if (isRefused(answer)) return { text: answer.says, code: codes.missing }
  const bundle = values.bundle && bundleOf({ assessment: answer, file: basename(file), text })
  if (values.bundle && bundle) await writeWhole(values.bundle, bundle)
  if (values.html) await writeWhole(values.html, reportDocument(answer))
  return done(values.json ? canonical(answer) : formatText(answer))
}

async function replayed(file: string, values: Options): Promise<Answer> {
  const read = readBundle(await textOf(file, 'bundle'))
  if ('unfit' in read) return { text: `${file} is not an evidence bundle: ${read.unfit}`, code: codes.unfit }
  const where = { repository: values.from ?? read.bundle.repository, mirror: values.mirror }
  const answer = await withRepository(where, git => replay(read.bundle, git, tell))
  if ('kind' in answer) return { text: answer.says, code: codes.missing }
  return told(answer, values)
}

function told(answer: Replay, { json }: Options): Answer {
  if (answer.result === 'refused') return { text: answer.refusal.says, code: codes.missing }
  const isSame = answer.result === 'same'
  const code = isSame ? 0 : 1
  if (json) return { text: canonical(answer), code }
  if (isSame) return { text: `same\nsha256 ${answer.hash}, first made by ${answer.engine}`, code }
  const { at, was, is } = answer.first
  if (answer.isAltered)
    return { text: `different\nThe bundle was altered after it was written: ${at} says ${was}, it is ${is}.`, code }
  const other = answer.engine ? `\nIt was made by ${answer.engine}, another version of the engine than this one.` : ''
  const tags = at.startsWith('releases')
    ? '\nTags are not part of a commit: where this clone lacks some, git fetch --tags brings them.'
    : ''
  return {
    text: `different\nThe first difference is at ${at}: the bundle says ${was}, it is ${is}.${tags}${other}`,
    code,
  }
}

export const assessCommand: HouseCommand = {
  summary: 'Assess a repository from Git alone, as of any date',
  usage: `guildhall assess <address or path> [--as-of <day>] [--criteria <file>] [--mirror <folder>] [--json]
                 [--bundle <file>] [--html <file>]
guildhall assess --replay <bundle> [--from <address or path>] [--mirror <folder>] [--json]

Reads the repository and answers each requirement of the criteria with pass, fail, unknown or needs a person,
with the commit, path and blob that show it. The criteria are charters/pytorch/criteria/ecosystem.yml unless
another file is named. With --json: canonical JSON, whose hash anybody can recompute.

  --as-of <day>       2026-02-10, an instant, or now; without it an address is assessed as of now, and a copy on this disk
                      as of its newest commit or last fetch, since nothing in it tells what came later; where that is
                      long ago, a warning says so and whether the project is active stays unknown

  --mirror <folder>   keeps the mirror of an address, so that the next time only what is new is fetched and read
  --bundle <file>     writes the evidence: report, criteria, blobs and their hashes, as canonical JSON
  --html <file>       writes the report as one page that needs nothing else
  --replay <bundle>   makes that assessment again and says “same”, or names the first difference
  --from <where>      the clone or address to make it from; the bundle’s own address unless given

Exit code 0: assessed, or the same. 1: different. 2: the arguments cannot be read, or a file cannot be read or written.
4: the repository cannot be read, or has no such commit. 22: the criteria file, or the bundle, is not one.`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [where, ...more] = positionals
    if (values.replay) {
      if (where || values.bundle || values.html || values['as-of'] || values.criteria)
        throw new UnfitArguments('--replay takes repository, date and criteria from the bundle: leave them out')
      return replayed(values.replay, values)
    }
    if (!where || more.length > 0) throw new UnfitArguments('Name one repository: an https address or a path')
    if (values.from) throw new UnfitArguments('--from belongs to --replay')
    return assessed(/^https?:\/\//.test(where) ? where : resolve(where), values)
  },
}
