// Letters that entries give rise to: written from the entry when they are sent, to the address that the person has then.

import type { Letter } from '#acts/domain.ts'
import type { Registry } from '#acts/registry.ts'
import { sha256 } from '#base/canonical.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Transact } from '#database/transact.ts'
import { beginWriting } from '#domains/people/index.ts'
import type { Leaf } from '#record/leaf.ts'
import { entryBy } from '#record/queries.ts'
import type { Post } from './post.ts'

/** Names of the two queues: one job finds out whom an entry is told to, one job each sends a letter. */
export const tellJob = 'mail.tell'
export const letterJob = 'mail.letter'

type Told = { readonly entry: string; readonly mail: number }
/** `nth`: of the entry's letters of this kind to the same recipient. A place among all would move when somebody leaves. */
type Addressed = Told & { readonly recipient: string; readonly nth: number }

/** What is queued may outlast an erasure, so it holds no address. */
const recipientOf = ({ to }: Letter): string => ('person' in to ? to.person : sha256(to.email))

export type LetterParts = {
  readonly registry: Registry
  readonly read: Read
  readonly transact: Transact
  readonly enqueue: (tx: Write, name: string, data: object) => Promise<void>
  readonly post: Post
  /** Undefined: the person has no address any more, and gets no letter. */
  readonly addressOf: (read: Read, person: string) => Promise<string | undefined>
  readonly foundation: () => { readonly name: string }
  readonly baseUrl: string
}

/** Queues, in the act's transaction, what is to be told about its entry. */
export const tellOf = (registry: Registry, entry: Leaf): readonly Told[] =>
  registry.mails.flatMap((mail, index) => (mail.about.includes(entry.act) ? [{ entry: entry.id, mail: index }] : []))

async function lettersOf({ registry }: LetterParts, read: Read, { entry, mail }: Told): Promise<readonly Letter[]> {
  const found = await entryBy(read, entry)
  if (!found) throw new Error(`There is no entry ${entry} to write letters about`)
  return (await registry.mails[mail]?.letters(found.leaf, read)) ?? []
}

/** The letter as it is sent: its text, then where the act stands in the record and who writes. */
export const signed = (parts: Pick<LetterParts, 'foundation' | 'baseUrl'>, text: string, entry: string): string =>
  `${text.trim()}\n\nThe act in the public record: ${parts.baseUrl}/record/${entry}\n\n-- \n${parts.foundation().name}\n${parts.baseUrl}\n`

async function sendIn(parts: LetterParts, tx: Write, job: Addressed): Promise<void> {
  const theirs = (await lettersOf(parts, tx, job)).filter(letter => recipientOf(letter) === job.recipient)
  const letter = theirs[job.nth]
  if (!letter) return
  const to = 'email' in letter.to ? letter.to.email : await parts.addressOf(tx, letter.to.person)
  if (to) await parts.post.send({ to, subject: letter.subject, text: signed(parts, letter.text, job.entry) }, tx)
}

/** Looks and sends in one transaction, which nobody can leave meanwhile. */
async function sendLetter(parts: LetterParts, job: Addressed): Promise<void> {
  let isGone = false
  const work = async (tx: Write): Promise<void> => {
    // Tried again because the connection broke behind it: what left for good is not sent twice.
    if (isGone) return
    await beginWriting(tx)
    await sendIn(parts, tx, job)
    isGone = parts.post.kind === 'smtp'
  }
  await parts.transact(work, { isolation: 'read committed' })
}

/** One job a letter, so that one that cannot be delivered holds up no other and none is sent twice for its sake. */
export const letterHandlers = (parts: LetterParts) => ({
  [tellJob]: async (data: object) => {
    const told = data as Told // enqueued by tellOf
    const letters = await lettersOf(parts, parts.read, told)
    if (letters.length === 0) return
    await parts.transact(async tx => {
      for (const [recipient, theirs] of Map.groupBy(letters, recipientOf))
        for (const nth of theirs.keys()) await parts.enqueue(tx, letterJob, { ...told, recipient, nth })
    })
  },
  [letterJob]: (data: object) => sendLetter(parts, data as Addressed), // enqueued just above
})
