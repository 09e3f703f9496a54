// Conduct: the code that everybody taking part accepts, bound to the hash of its text.
import { z } from 'zod'
import type { Domain } from '#acts/domain.ts'
import { accountPage } from './accountPage.ts'
import { accept, publish } from './acts.ts'
import { desk } from './desk.ts'
import { mails } from './mails.ts'
import { acceptedShare } from './measures.ts'
import { conductPage } from './page.ts'
import { queries } from './queries.ts'
import { conductMigrations, conductTables, currentHash, hasAcceptedCurrent } from './tables.ts'
import { codeOfConduct } from './terms.ts'
import { hashOfCode } from './words.ts'

export { codeOfConduct } from './terms.ts'
export { hashOfCode, TextHash } from './words.ts'

export const conduct: Domain = {
  name: 'conduct',
  describes: 'The code of conduct: its text, and who has accepted it.',
  acts: [publish, accept],
  terms: [codeOfConduct],
  migrations: conductMigrations,
  tables: conductTables,
  queries,
  pages: [conductPage, accountPage],
  nav: [{ label: 'Conduct', href: '/conduct', order: 80 }],
  mails,
  measures: [acceptedShare],
  portrays: {
    attributes: z.object({ hasAcceptedConduct: z.boolean() }),
    of: async (read, person) => ({
      attrs: { hasAcceptedConduct: person === undefined || (await hasAcceptedCurrent(read, person)) },
    }),
  },
  desk,
  async due(read, _at, term) {
    const isPublished = (await currentHash(read)) === hashOfCode(term(codeOfConduct))
    return isPublished ? [] : [{ act: 'conduct.publish', input: {} }]
  },
}
