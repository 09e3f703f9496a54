// Stewardship: the watch over projects while they stay: assessments on schedule, reviews, notices, waivers, disagreements. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { desk } from './desk.ts'
import { disagreementsPage } from './disagreementsPage.ts'
import { dueWith } from './due.ts'
import { labels } from './labels.ts'
import { landscapePage } from './landscapePage.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { adds } from './part.ts'
import { queries } from './queries.ts'
import { reactions } from './reactions.ts'
import { reviewPage } from './reviewPage.ts'
import { reviewsPage } from './reviewsPage.ts'
import { migrations, tableNames } from './tables.ts'
import { reviewing, waiving } from './terms.ts'
import { waiversPage } from './waiversPage.ts'

export { openReviewOf, reviewBy, reviewsOf, waiversOf } from './finds.ts'
export { type LandscapeRow, landscapeRows } from './landscape.ts'
export { reviewing, waiving } from './terms.ts'
export { type Disagreement, type Review, ReviewId, type Waiver, WaiverId } from './words.ts'

/** `watches`: whether the clock has projects assessed on schedule; reviews run either way. */
export const stewardship = ({ watches = false }: { readonly watches?: boolean }): Domain => ({
  name: 'stewardship',
  describes:
    'Stewardship: projects looked at again while they stay; notices, waivers, disagreements, and the clocks that run.',
  acts,
  terms: [reviewing, waiving],
  migrations,
  tables: tableNames,
  queries,
  pages: [landscapePage, reviewsPage, reviewPage, disagreementsPage, waiversPage],
  nav: [{ label: 'Stewardship', href: '/stewardship', order: 22 }],
  adds,
  reactions,
  mails,
  measures,
  labels,
  desk,
  due: dueWith(watches),
})
