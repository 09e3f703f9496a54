// The look-up of the text in force.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { Instant } from '#base/instants.ts'
import { acceptanceCounts, acceptancesOf, publications } from './tables.ts'
import { Code, TextHash } from './words.ts'

const Text = Code.extend({
  hash: TextHash,
  since: Instant,
  acceptedBy: z.int().meta({ description: 'How many people accepted this text.' }),
  acceptedByYou: Instant.nullable(),
})

export const queries = [
  query({
    name: 'conduct.code',
    title: 'Look up the code of conduct',
    describes: 'The text in force with its hash, since when, how many accepted it, and whether you did.',
    takes: z.object({}),
    gives: Text,
    async finds(_, read, { person }) {
      const [current] = await publications(read)
      if (!current) return undefined
      const { entry: _entry, ...code } = current
      const mine = person ? await acceptancesOf(read, person) : []
      return {
        ...code,
        acceptedBy: (await acceptanceCounts(read)).get(code.hash) ?? 0,
        acceptedByYou: mine.find(({ hash }) => hash === code.hash)?.accepted ?? null,
      }
    },
  }),
]
