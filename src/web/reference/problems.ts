// /problems/…: a page for every refusal, so that the address in an answer leads to what it means and what to do.
import { type Page, page } from '#acts/page.ts'
import type { Problem } from '#acts/problem.ts'
import { engineProblems } from '#acts/problems.ts'
import { html, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import type { WebParts } from '../parts.ts'

const kinds: Readonly<Record<Problem['kind'], string>> = {
  unfit: 'What was entered does not fit (422)',
  barred: 'It is not allowed (403)',
  missing: 'There is no such thing (404)',
  clash: 'It does not go together with what is (409)',
  untimely: 'It is not the time for it (409)',
  busy: 'Too much at once (429)',
}

const actsThatRefuse = (parts: WebParts, problem: Problem) =>
  [...parts.engine.registry.acts.values()].filter(act => act.refuses.includes(problem))

export const problemPage = (parts: WebParts): Page<Problem> =>
  page({
    path: '/problems/:domain/:name',
    loads: async ({ params }) => parts.engine.registry.problems.get(`${params.domain}/${params.name}`),
    shows(problem) {
      const acts = actsThatRefuse(parts, problem)
      const isEverywhere = engineProblems.some(one => one === problem)
      return {
        title: problem.title,
        summary: problem.remedy,
        crumbs: [{ label: 'All refusals', href: '/problems' }],
        facts: [{ term: 'Kind', value: kinds[problem.kind] }],
        sections: [
          {
            title: 'Which acts answer so',
            body: isEverywhere
              ? html`<p>Any act may.</p>`
              : html`<ul>${acts.map(act => html`<li>${link({ label: act.title, href: `/reference#${act.name}` })}</li>`)}</ul>`,
          },
        ],
      }
    },
  })

export const problemsPage = (parts: WebParts): Page<readonly Problem[]> =>
  page({
    path: '/problems',
    loads: async (): Promise<readonly Problem[]> => [...parts.engine.registry.problems.values()],
    shows: problems => ({
      title: 'All refusals',
      summary: 'Every “no” that this program can give, what it means and what to do about it.',
      isWide: true,
      sections: [
        {
          title: 'Refusals',
          body: table({
            caption: 'Every refusal',
            isCaptionHidden: true,
            columns: [
              { key: 'title', label: 'Refusal' },
              { key: 'kind', label: 'Kind' },
              { key: 'remedy', label: 'What to do' },
            ],
            rows: problems.map(problem => ({
              title: link({ label: problem.title, href: `/problems/${problem.id}` }),
              kind: kinds[problem.kind],
              remedy: problem.remedy,
            })),
            empty: 'There are none.',
          }),
        },
      ],
    }),
  })
