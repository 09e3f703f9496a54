// `guildhall charter check` and `charter keep`: a charter's folder read, and its files handed in for an amendment.

import { instantOf } from '#base/instants.ts'
import { formatFaults, keepCharterFiles, loadCharter, readCharterFolder } from '#domains/charter/index.ts'
import { openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { nameDomains } from '../domains.ts'
import { noOutside } from '../outside.ts'
import { UnfitArguments } from './arguments.ts'
import { done, type HouseCommand } from './command.ts'

const folderIn = (args: readonly string[]): string => {
  const [folder, ...more] = args
  if (!folder || more.length > 0) throw new UnfitArguments('Name one folder, such as charters/pytorch')
  return folder
}

export const checkCommand: HouseCommand = {
  summary: 'Check a charter’s folder: every fault with file and line',
  usage: `guildhall charter check <folder>

Loads the charter of the folder against everything that this program asks of one, and names every fault with
file, line, what was expected and what was found. Exit code 0: it loads. 1: it does not.`,
  async run(args) {
    const folder = folderIn(args)
    const { shelf } = nameDomains(noOutside)
    const { charter, faults } = await loadCharter(folder, shelf.asked())
    if (!charter) return { text: formatFaults(faults, folder), code: 1 }
    const { clauses, rules, terms, bodies } = charter
    return done(
      `${charter.foundation.name}: ${clauses.length} clauses, ${rules.length} rules, ${terms.length} terms, ${bodies.length} bodies. It loads.\nHash ${charter.hash}`,
    )
  },
}

export const keepCommand: HouseCommand = {
  summary: 'Hand in a charter’s files, so that a motion can amend to them',
  usage: `guildhall charter keep <folder>

Keeps the files of the folder in the database under their hash, where everybody can read them and a motion can
propose them (act charter.amend). The notice period of the charter runs from now.`,
  async run(args) {
    const folder = folderIn(args)
    const app = await openApp(readConfig(process.env), { log: () => undefined, joins: true })
    try {
      const { files, faults } = await readCharterFolder(folder)
      const loaded = await loadCharter(folder, app.shelf.asked())
      if (!loaded.charter) return { text: formatFaults([...faults, ...loaded.faults], folder), code: 1 }
      const hash = await app.database.transact(tx => keepCharterFiles(tx, files, instantOf(Date.now())))
      return done(`Kept. Its hash: ${hash}\nRead it at /charter/history/${hash}`)
    } finally {
      await app.close()
    }
  },
}
