// `guildhall verify`: checks a log, from its address, a folder or the database, and names the first entry that is wrong.
import { parseArgs } from 'node:util'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import { differences, replay } from '#acts/replay.ts'
import { openDatabase } from '#database/open.ts'
import { verifyDatabase } from '#record/audit.ts'
import type { Report } from '#record/findings.ts'
import { openSource } from '#record/source.ts'
import { recordMigrations } from '#record/tables.ts'
import { verify } from '#record/verify.ts'
import { openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { UnfitArguments } from './arguments.ts'
import { type Answer, type Command, done } from './command.ts'
import { withScratch } from './scratch.ts'

const progress = (label: string) => (count: number, of: number) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${label} ${count} of ${of}${count >= of ? '\n' : ''}`)
}

const faultLine = ({ index, entry, what }: Report['faults'][number]): string =>
  `  ${index === undefined ? '' : `entry ${index} `}${entry ? `(${entry}) ` : ''}${what}`

function told(where: string, report: Report, isJson: boolean): Answer {
  const code = report.ok ? 0 : 1
  if (isJson) return { text: JSON.stringify(report, null, 2), code }
  const lines = [
    `${where}: ${report.origin || 'no readable checkpoint'}`,
    `${report.entries} of ${report.size} entries read, root ${report.root || 'unknown'}`,
    report.isSignatureChecked
      ? 'Signature: checked with the key given'
      : 'Signature: NOT checked; give the key of the log with --vkey',
    report.ok ? 'Everything fits.' : `${report.faults.length} faults, the first is named first:`,
    ...report.faults.slice(0, 20).map(faultLine),
  ]
  return { text: lines.join('\n'), code }
}

/** The living tables rebuilt from the record in a database that is thrown away afterwards. */
async function replayed(app: Awaited<ReturnType<typeof openApp>>): Promise<readonly string[]> {
  const { registry } = app.engine
  return withScratch(async folder => {
    const migrations = { ...recordMigrations, ...idempotencyMigrations, ...registry.migrations }
    const rebuilt = await openDatabase({ dataDir: folder, migrations, log: () => undefined })
    try {
      await replay(registry, app.database.read, rebuilt)
      const found = await differences(registry, app.database.read, rebuilt.read)
      return found.map(
        ({ table, living, rebuilt: other }) =>
          `  table ${table}: has ${living ?? 'no row'}, the record says ${other ?? 'no row'}`,
      )
    } finally {
      await rebuilt.close()
    }
  })
}

async function verifyHere(isJson: boolean): Promise<Answer> {
  const app = await openApp(readConfig(process.env), { log: () => undefined, joins: true })
  try {
    const report = await verifyDatabase(app.database.read, { vkey: app.signer.vkey, progress: progress('Entry') })
    const answer = told('The database', report, isJson)
    if (answer.code !== 0) return answer
    const wrong = await replayed(app)
    if (isJson) return { text: JSON.stringify({ ...report, tables: wrong }, null, 2), code: wrong.length > 0 ? 1 : 0 }
    if (wrong.length > 0)
      return { text: `${answer.text}\nThe tables differ from what the record says:\n${wrong.join('\n')}`, code: 1 }
    return done(`${answer.text}\nThe tables are what the record says.`)
  } finally {
    await app.close()
  }
}

export const verifyCommand: Command = {
  words: 'verify',
  summary: 'Check a record: every entry, the tree, the signature, the tables',
  usage: `guildhall verify [<address or folder>] [--vkey <key>] [--json]

With an address or a folder: reads every entry, rebuilds the tree, compares it with the tiles and the signed
root, and names the first entry that is wrong. The key of the log stands at /record/check; without it the
signature is not checked.

Without one: checks the database of this machine (DATA_DIR or DATABASE_URL) in the same way, then rebuilds
the tables from the record and names the first row that differs.

Exit code 0: everything fits. 1: something does not.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { vkey: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [where, ...more] = positionals
    if (more.length > 0) throw new UnfitArguments('Name one address or folder')
    if (!where) return verifyHere(values.json === true)
    const report = await verify(openSource(where), { vkey: values.vkey, progress: progress('Entry') })
    return told(where, report, values.json === true)
  },
}
