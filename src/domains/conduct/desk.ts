// What the code of conduct asks of somebody: to accept the text in force.
import type { Domain } from '#acts/domain.ts'
import { acceptancesOf } from './tables.ts'
import { codeOfConduct } from './terms.ts'
import { hashOfCode } from './words.ts'

export const desk: NonNullable<Domain['desk']> = async ({ read, viewer, term }) => {
  if (!viewer?.person) return []
  const code = term(codeOfConduct)
  const hash = hashOfCode(code)
  if ((await acceptancesOf(read, viewer.person)).some(accepted => accepted.hash === hash)) return []
  return [
    {
      title: `Read and accept: ${code.title}`,
      href: '/conduct',
      says: 'You accept exactly the text in force. Until then the charter lets you do little here.',
    },
  ]
}
