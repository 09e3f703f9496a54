// How long it takes to verify a log of 100,000 entries, beside hashing the same bytes once in the same process.
import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKey, signerOf } from '#record/signer.ts'
import { folderSource } from '#record/source.ts'
import { verify } from '#record/verify.ts'
import { entryText, logFiles, writeFiles } from '#test/kit/log.ts'

const count = Number(process.argv[2] ?? 100_000)
const rounds = 5

const entries = Array.from({ length: count }, (_, n) => Buffer.from(entryText(n)))
const marked = entries.map(entry => Buffer.concat([Uint8Array.of(0), entry]))
const signer = signerOf('log.example.org/bench', newKey())
const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

try {
  await writeFiles(folder, logFiles(entries, signer))
  const floors: number[] = []
  const quickest: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    floors.push(
      await timed(() => {
        for (const bytes of marked) hash('sha256', bytes, 'buffer')
      }),
    )
    quickest.push(
      await timed(() => {
        for (const bytes of marked) hash('sha256', bytes, 'hex')
      }),
    )
    ours.push(
      await timed(async () => {
        const report = await verify(folderSource(folder), { vkey: signer.vkey, now: Date.UTC(2030, 0, 1) })
        if (!report.ok || report.entries !== count) throw new Error(`The log did not verify: ${report.faults[0]?.what}`)
      }),
    )
  }
  const [floor = 0, text = 0, own = 0] = [floors, quickest, ours].map(times => Math.min(...times))
  const size = Math.round(entries.reduce((sum, { length }) => sum + length, 0) / count)
  console.log(`verify: ${count} entries of ${size} bytes, best of ${rounds}`)
  console.log(
    `  ours   ${own.toFixed(0)} ms   every entry read, checked and hashed, every tile compared, root and signature`,
  )
  console.log(`  floor  ${floor.toFixed(0)} ms   one SHA-256 over each entry, already in memory, hashes as bytes`)
  console.log(`  ratio  ${(own / floor).toFixed(2)}   (target: at most 3)`)
  console.log(
    `  beside hashes as hexadecimal text, which Node makes quicker: ${text.toFixed(0)} ms, ratio ${(own / text).toFixed(2)}`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
