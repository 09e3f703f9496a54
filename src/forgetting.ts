// Sign-ins of persons who erased themselves are forgotten once the act stands: at once, and at start what was left over.
import type { OpenSignIn } from '#adapters/sign-in/sign-in.ts'
import type { Database } from '#database/open.ts'
import { departed, departures } from '#domains/people/index.ts'

/** Doing it twice does no harm: what is forgotten already has no rows. */
export async function forgetDeparted(
  { read, transact }: Pick<Database, 'read' | 'transact'>,
  signIn: Pick<OpenSignIn, 'forget'>,
): Promise<void> {
  for (const account of await departures(read)) {
    await signIn.forget(account)
    await transact(tx => departed(tx, account), { isolation: 'read committed' })
  }
}
