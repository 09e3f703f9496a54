// Makes entries for the record's tests: invented acts by an invented person, written as the engine would write them.
import type { CompiledQuery } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import { type Appended, append, type Draft } from '#record/append.ts'
import { batchTransaction, sequenceBatch } from '#record/batch.ts'
import { newKey, type Signer, signerOf } from '#record/signer.ts'

export const origin = 'log.example.org/record'
export const testSigner = (): Signer => signerOf(origin, newKey())

export const draft = (more: Partial<Draft> = {}): Draft => ({
  act: 'motions.vote',
  at: '2026-01-02T03:04:05.678Z',
  actor: { capacity: 'seat-holder', person: 'per_0123456789abcdefghjk', seat: 'sea_0123456789abcdefghjk' },
  under: ['3.c'],
  charter: 'ab'.repeat(32),
  facts: { motion: 'mot_0123456789abcdefghjk', choice: 'for' },
  ...more,
})

type Base = {
  read: Read
  transact<T>(
    work: (tx: Write) => Promise<T>,
    options?: { isolation: 'read committed'; opening?: CompiledQuery },
  ): Promise<T>
}

/** Appends `count` entries in one transaction. */
export const appendMany = (database: Base, count: number): Promise<Appended[]> =>
  database.transact(async tx => {
    const done: Appended[] = []
    for (let i = 0; i < count; i++) done.push(await append(tx, draft({ facts: { number: i, note: `entry ${i}` } })))
    return done
  })

/** Integrates whatever is pending, without a running sequencer. */
export const integrate = (database: Base, signer: Signer, now = Date.parse('2026-01-02T03:04:06Z')) =>
  database.transact(tx => sequenceBatch(tx, signer, { limit: 10_000, now }), batchTransaction)
