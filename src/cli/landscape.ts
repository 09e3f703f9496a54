// `guildhall import landscape` and `guildhall export landscape`: the register as a landscape2 file, both ways.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { CannotOpen, messageOf } from '#database/errors.ts'
import { exportLandscape, landscape } from '#domains/projects/index.ts'
import { type App, openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { type Imported, importLandscape } from '../landscaping.ts'
import { UnfitArguments } from './arguments.ts'
import { type Answer, codes, done, type HouseCommand } from './command.ts'
import { writeWhole } from './whole.ts'

/** Beside a running program, or alone. */
export async function withFoundation(work: (app: App) => Promise<Answer>): Promise<Answer> {
  const app = await openApp(readConfig(process.env), { log: () => undefined, joins: true })
  try {
    if (app.charters.standing().is === 'none')
      throw new CannotOpen('No foundation stands here yet. Found it first: guildhall init')
    return await work(app)
  } finally {
    await app.close()
  }
}

export const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(fault => {
    throw new UnfitArguments(`${file} cannot be read: ${messageOf(fault)}`)
  })

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

function told(file: string, { counts, unknownKeys, faults, done: acts, entries }: Imported, isOff: boolean): string {
  const skipped = isOff ? '' : ' (skipped)'
  return [
    `${file}: ${plural(counts.items, 'item')} read, ${plural(counts.projects, 'project')} and ${plural(counts.members, 'member')}`,
    ...unknownKeys.map(
      ({ key, line, count }) => `${file}:${line}: unknown key “${key}”, ${plural(count, 'time')}; not used`,
    ),
    ...faults.map(
      ({ line, item, expected, found }) =>
        `${file}:${line}: ${item && `${item}: `}expected ${expected}, found ${found}${skipped}`,
    ),
    ...Object.entries(acts).map(([act, count]) => `  ${act.padEnd(32)} ${count}`),
    isOff
      ? 'Nothing was imported. Mend the file, or leave these items out with --skip-invalid.'
      : entries.length > 0
        ? `${plural(entries.length, 'act')} done and recorded.`
        : 'Nothing to change: all of it stands here already.',
  ].join('\n')
}

export const importLandscapeCommand: HouseCommand = {
  summary: 'Bring the register of projects and members up to a landscape.yml',
  usage: `guildhall import landscape <file> [--skip-invalid] [--json]

Reads a file in landscape2's format. What is not known yet is entered, what differs is corrected, each as an act of
the operator with an entry in the record; all in one transaction. An item with a fault is named with its line and
nothing is imported; with --skip-invalid such items are left out. Importing the same file again changes nothing.

Exit code 0: imported. 22: the file has faults and nothing was imported.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'skip-invalid': { type: 'boolean' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UnfitArguments('Name one file')
    const text = await textOf(file)
    const skips = values['skip-invalid'] === true
    return withFoundation(async app => {
      const imported = await importLandscape(app, text, skips)
      const isOff = imported.faults.length > 0 && !skips
      return {
        text: values.json ? JSON.stringify(imported, null, 2) : told(file, imported, isOff),
        code: isOff ? codes.unfit : 0,
      }
    })
  },
}

export const exportLandscapeCommand: HouseCommand = {
  summary: 'Write the register of projects and members as a landscape.yml',
  usage: `guildhall export landscape [<file>]

Writes landscape2's format to the file, or to standard output where none is named. Importing it again changes nothing.`,
  async run(args) {
    const [file, ...more] = args
    if (more.length > 0) throw new UnfitArguments('Name one file, or none for standard output')
    return withFoundation(async app => {
      const text = await exportLandscape(app.database.read, app.engine.term(landscape))
      if (!file) return done(text)
      await writeWhole(file, text)
      return done(`Written: ${file}`)
    })
  },
}
