// A process to be killed: keeps the table of a mirror, with so much behind it that the writing is still under way when it is seen.
import { usualLimits } from '#adapters/git/limits.ts'
import { openRepository } from '#adapters/git/repository.ts'
import { branchTable } from '#domains/assessments/engine/readTable.ts'
import { encodeTable } from '#domains/assessments/engine/tableFile.ts'

const [folder = ''] = process.argv.slice(2)
const git = await openRepository({ address: folder, folder, limits: usualLimits, isOwn: true })
const table = await branchTable(git)
process.stdout.write('.')
const held = Array.from({ length: 64 }, () => new Uint8Array(8 << 20))
for (;;) await git.shelf?.write('guildhall-commits', [...encodeTable({ tip: git.tip, table }), ...held])
