// Reviews as a section of the application's page: opinions, findings, and where they differ from the assessment.
import { stageBadge } from '#html/badge.ts'
import { empty } from '#html/empty.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { called, type Names, prose } from './parts.ts'
import type { Review } from './words.ts'

const tickWords = { met: 'Met', 'not-met': 'Not met', 'left-open': 'Left open' } as const

const disagreed = ({ disagreements, assessment }: Review): Html =>
  disagreements.length === 0
    ? html``
    : html`<p>${stageBadge(`finds otherwise than the assessment in ${disagreements.length}`, 'warn')}</p>${table({
        caption: 'Where the reviewer finds otherwise',
        columns: [
          { key: 'check', label: 'Requirement' },
          { key: 'outcome', label: 'Assessment' },
          { key: 'tick', label: 'Reviewer' },
          { key: 'reason', label: 'Reason' },
        ],
        rows: disagreements.map(({ check, outcome, tick, reason }) => ({
          check: assessment ? link({ label: check, href: `/assessments/${assessment}#${check}` }) : check,
          outcome,
          tick: tickWords[tick],
          reason,
        })),
        empty: '',
      })}`

const findings = ({ ticks }: Review): Html => {
  const count = (tick: string): number => ticks.filter(one => one.tick === tick).length
  return ticks.length === 0
    ? html``
    : html`<p class="quiet">${count('met')} requirements met, ${count('not-met')} not met: ${ticks.map(({ check, tick }) => `${check} ${tickWords[tick].toLowerCase()}`).join(', ')}.</p>`
}

const reviewShown = (review: Review, names: Names): Html =>
  html`<h3 id="${review.entry}">${called(names, review.person)}, ${dayTime(review.at)}</h3>
<p class="quiet">${review.seat && called(names, review.seat)} · ${link({ label: 'entry', href: `/record/${review.entry}` })}</p>
${prose(review.text)}${findings(review)}${disagreed(review)}`

export const reviewsSection = (reviews: readonly Review[], names: Names): Section => ({
  title: 'Reviews',
  id: 'reviews',
  says: 'Opinions of seats that decide. Where one differs from what the repository shows, both stand here with the reason.',
  body:
    reviews.length === 0
      ? empty('Nobody has written a review yet.')
      : html`${reviews.map(review => reviewShown(review, names))}`,
})
