// The pages of the charter.
import type { AnyPage } from '#acts/page.ts'
import { clausePage } from './clausePage.ts'
import { frontPage } from './frontPage.ts'
import { historyPage, textPage } from './history.ts'
import type { Shelf } from './shelf.ts'

/** The history stands before the clauses: its address would fit theirs. */
export const charterPages = (shelf: Shelf): readonly AnyPage[] => [
  frontPage(shelf),
  historyPage(),
  textPage(shelf),
  clausePage(shelf),
]
