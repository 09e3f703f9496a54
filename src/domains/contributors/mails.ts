// The letter that proves an address: it goes to the address itself, which stands sealed beside the entry.
import { z } from 'zod'
import type { Mail } from '#acts/domain.ts'
import { sealedOf } from '#record/queries.ts'
import { codeOf } from './claiming.ts'
import { keyOf } from './keeping.ts'
import { ClaimId, IdentityId } from './words.ts'

const Asked = z.object({ claim: ClaimId, identity: IdentityId })

const proof: Mail = {
  about: ['contributors.ask-proof'],
  title: 'The code that proves an address',
  async letters({ id, facts }, read) {
    const { claim, identity } = Asked.parse(facts)
    const [key, address] = [await keyOf(read), (await sealedOf(read, id)).address?.value]
    if (typeof address !== 'string') return []
    const code = codeOf(key, { id: claim, identity })
    return [
      {
        to: { email: address },
        subject: 'Is this address of commits yours?',
        text: `Somebody says that commits made under this address are theirs.\n\nIf it was you, confirm it with this code: ${code}\nThe page for it: /acts/contributors/confirm-proof?claim=${claim}\n\nIf it was not, do nothing: without the code nothing happens.`,
      },
    ]
  },
}

export const mails = [proof]
