// `guildhall verify`: checks a log, from its address, a folder or the database, and names the first entry that is wrong.
import { parseArgs } from 'node:util'
import type { Report } from '#record/findings.ts'
import { openSource } from '#record/source.ts'
import { verify } from '#record/verify.ts'
import { UnfitArguments } from './arguments.ts'
import { type Answer, done, type HouseCommand } from './command.ts'

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

async function toldHere(isJson: boolean): Promise<Answer> {
  const { verifyHere } = await import('./verifyHere.ts')
  const { report, tables } = await verifyHere(progress('Entry'))
  const answer = told('The database', report, isJson)
  if (answer.code !== 0) return answer
  const code = tables.length > 0 ? 1 : 0
  if (isJson) return { text: JSON.stringify({ ...report, tables }, null, 2), code }
  if (code === 0) return done(`${answer.text}\nThe tables are what the record says.`)
  const rows = tables.map(row => `  ${row}`).join('\n')
  return { text: `${answer.text}\nThe tables differ from what the record says:\n${rows}`, code }
}

export const verifyCommand: HouseCommand = {
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
    if (!where) return toldHere(values.json === true)
    const report = await verify(openSource(where), { vkey: values.vkey, progress: progress('Entry') })
    return told(where, report, values.json === true)
  },
}
