// Sign-ins of persons who erased themselves are forgotten once the act stands, and what letters say of them: at once, and at start what was left over.
import type { Post } from '#adapters/mail/post.ts'
import type { OpenSignIn } from '#adapters/sign-in/sign-in.ts'
import type { Jobs } from '#database/jobs.ts'
import type { Database } from '#database/open.ts'
import { departed, departures } from '#domains/people/index.ts'

type Keepers = {
  readonly database: Pick<Database, 'read' | 'transact'>
  readonly signIn: Pick<OpenSignIn, 'addressOf' | 'isAddressTaken' | 'forget'>
  readonly post: Pick<Post, 'forget'>
  /** The errors of jobs may quote an address that a mail server refused. */
  readonly jobs?: Pick<Jobs, 'forget'>
}

/** Contacts that somebody named may sign in here themselves: their letters are theirs. */
async function addressesIn(texts: readonly string[], signIn: Keepers['signIn']): Promise<readonly string[]> {
  const given = texts.filter(text => text.includes('@'))
  const taken = await Promise.all(given.map(signIn.isAddressTaken))
  return given.filter((_, place) => !taken[place])
}

/** Doing it twice does no harm: what is forgotten already has no rows. */
export async function forgetDeparted({ database, signIn, post, jobs }: Keepers): Promise<void> {
  for (const { account, texts } of await departures(database.read)) {
    const own = await signIn.addressOf(account)
    const others = await addressesIn(texts, signIn)
    const names = texts.filter(text => !text.includes('@'))
    const addresses = own ? [own, ...others] : others
    await post.forget(addresses, names)
    await jobs?.forget([...addresses, ...names])
    await signIn.forget(account)
    await database.transact(tx => departed(tx, account), { isolation: 'read committed' })
  }
}
