// `guildhall export log`: the record as a folder of static files that any server can mirror.
import { exportLog } from '#record/export.ts'
import { openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { UnfitArguments } from './arguments.ts'
import { done, type HouseCommand } from './command.ts'

export const exportLogCommand: HouseCommand = {
  summary: 'Write the record as a folder of static files',
  usage: `guildhall export log <folder>

Writes checkpoint, tiles and entry bundles; files that are there already are left alone, so that it can be run
again and again. Any web server may serve the folder, and guildhall verify checks it.`,
  async run(args) {
    const [folder, ...more] = args
    if (!folder || more.length > 0) throw new UnfitArguments('Name one folder')
    const app = await openApp(readConfig(process.env), { log: () => undefined, joins: true })
    try {
      const { size, written, present } = await exportLog(app.database.read, folder)
      return done(
        `${size} entries; ${written} files written, ${present} were there already.\nKey of the log: ${app.signer.vkey}`,
      )
    } finally {
      await app.close()
    }
  },
}
