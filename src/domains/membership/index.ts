// Membership: which organisations carry the foundation, in which class and standing. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { membersPage } from './membersPage.ts'
import { reactions } from './reactions.ts'
import { migrations, tableNames } from './tables.ts'
import { classesTerm } from './terms.ts'
import { queries } from './views.ts'

export { memberBy, membershipsOf, membersWanted } from './queries.ts'
export { type ClassCount, classOf, countByClass, inOrder } from './rules.ts'
export { type Class, classesTerm } from './terms.ts'
export { namedMembers } from './views.ts'
export { ClassKey, type Member, Standing, standingWords } from './words.ts'

export const membership: Domain = {
  name: 'membership',
  describes: 'The organisations that carry the foundation: class, standing, and the seats that a class brings.',
  acts,
  terms: [classesTerm],
  migrations,
  tables: tableNames,
  queries,
  pages: [membersPage],
  nav: [{ label: 'Members', href: '/members', order: 40 }],
  reactions,
  mails,
  measures,
}
