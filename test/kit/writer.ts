// A process that writes to the record until it is killed, and says aloud what it was told: run by the crash tests.
import { writeSync } from 'node:fs'
import { openDatabase } from '#database/open.ts'
import { append } from '#record/append.ts'
import { startSequencer } from '#record/sequencer.ts'
import { receiptOf } from '#record/serve.ts'
import { loadSigner } from '#record/signer.ts'
import { recordMigrations } from '#record/tables.ts'
import { draft, origin } from '#test/kit/record.ts'

const [place = '{}', keyFolder = ''] = process.argv.slice(2)
/** Synchronous, so that what was said stays said when the process is killed in the next instant. */
const say = (...words: (string | number)[]) => writeSync(1, `${words.join(' ')}\n`)

const database = await openDatabase({ ...JSON.parse(place), migrations: recordMigrations, log: () => {} })
const signer = await loadSigner(keyFolder, origin)
const sequencer = await startSequencer({ database, signer, log: () => {}, poll: 20 })
say('ready')

async function write(writer: number): Promise<void> {
  for (let i = 0; ; i++) {
    const sealed = { note: { value: i } }
    const { id } = await database.transact(tx => append(tx, draft({ facts: { writer, i }, sealed })))
    say('entry', id)
    sequencer.nudge()
    if (i % 2 === 1) continue // every other one does not wait for its index
    const { index, size } = await sequencer.integrated(id)
    say('index', id, index, size)
    if (i % 8 !== 0) continue
    const receipt = await receiptOf(database.read, id)
    say('receipt', id, Buffer.from(receipt ?? '').toString('base64'))
  }
}
await Promise.all([0, 1, 2, 3].map(write))
