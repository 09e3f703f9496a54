// Publishing the text of the code, and accepting it. The text itself stands in the record once, so that anybody can see what a hash means.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import type { Write } from '#database/handles.ts'
import { alreadyAccepted, alreadyPublished, notTheCurrentText } from './problems.ts'
import { acceptancesOf, type ConductTables, currentHash } from './tables.ts'
import { codeOfConduct } from './terms.ts'
import { Code, hashOfCode, TextHash } from './words.ts'

const keepText = (tx: Write, published: Code & { hash: string }, { id, at }: { id: string; at: string }) =>
  tx
    .on<ConductTables>()
    .insertInto('conduct_texts')
    .values({
      entry: id,
      hash: published.hash,
      title: published.title,
      text: published.text,
      address: published.address ?? null,
      since: at,
    })
    .execute()

/** The clock does it as soon as the charter in force holds another text. */
export const publish = act({
  name: 'conduct.publish',
  title: 'Publish the code of conduct',
  describes:
    'Puts the text that the charter in force holds into the record; from then on everybody is asked to accept it.',
  under: codeOfConduct,
  by: ['clock', 'operator'],
  isInternal: true,
  takes: z.object({}),
  records: Code.extend({ hash: TextHash }),
  refuses: [alreadyPublished],
  finds: (_, read) => currentHash(read),
  decides({ found, term }) {
    const code = term(codeOfConduct)
    const hash = hashOfCode(code)
    return found === hash ? refuse(alreadyPublished) : { ...code, hash }
  },
  writes: (tx, facts, entry) => keepText(tx, facts, entry),
  says: ({ title, hash }) => `published “${title}” (text ${hash.slice(0, 8)}), which everybody is asked to accept`,
})

export const accept = act({
  name: 'conduct.accept',
  title: 'Accept the code of conduct',
  describes: 'Accepts exactly the text with this hash; when the text changes, it is asked for again.',
  under: codeOfConduct,
  by: ['participant'],
  takes: z.object({ hash: TextHash }),
  records: z.object({
    hash: TextHash,
    /** Set by whoever accepts a new text before the clock has published it. */
    published: Code.optional(),
  }),
  refuses: [notTheCurrentText, alreadyAccepted],
  finds: async (_, read, { person }) => ({
    published: await currentHash(read),
    accepted: await acceptancesOf(read, person ?? ''),
  }),
  decides({ input: { hash }, found, term }) {
    const code = term(codeOfConduct)
    const current = hashOfCode(code)
    if (hash !== current) return refuse(notTheCurrentText, { detail: `The text in force has the hash ${current}.` })
    const isNew = found.published !== current
    if (!isNew && found.accepted.some(one => one.hash === hash)) return refuse(alreadyAccepted)
    return isNew ? { hash, published: code } : { hash }
  },
  async writes(tx, { hash, published }, entry) {
    if (published) await keepText(tx, { ...published, hash }, entry)
    await tx
      .on<ConductTables>()
      .insertInto('conduct_acceptances')
      .values({ person: entry.actor.person ?? '', hash, accepted: entry.at })
      // Somebody who had accepted a text that came back keeps the day on which they first did.
      .onConflict(same => same.columns(['person', 'hash']).doNothing())
      .execute()
  },
  says: ({ hash }) => `accepted the code of conduct (text ${hash.slice(0, 8)})`,
})
