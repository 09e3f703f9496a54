// Neutrality: who decides and who does the work, as intervals over seats, votes and projects. It changes nothing.
import type { Domain } from '#acts/domain.ts'
import type { Shelf } from '#domains/charter/index.ts'
import { measures } from './measures.ts'
import { neutralityPage } from './page.ts'
import { adds } from './part.ts'
import { registerPage } from './registerPage.ts'

export const neutrality = (shelf: Shelf): Domain => ({
  name: 'neutrality',
  describes: 'Neutrality: who decides and who does the work, by organisation, from what is known to what is possible.',
  acts: [],
  terms: [],
  migrations: {},
  tables: [],
  pages: [neutralityPage, registerPage],
  nav: [{ label: 'Neutrality', href: '/neutrality', order: 24 }],
  adds,
  measures: measures(shelf),
})
