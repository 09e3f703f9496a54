// The part of the year that is about programs already taken in: one is cured, one retired, one excused, and a reviewer disagrees with a check.
import { addMonths } from '#base/instants.ts'
import { projectBy } from '#domains/projects/index.ts'
import { openReviewOf } from '#domains/stewardship/index.ts'
import { days, does, isRefused, type Stage } from './stage.ts'

const samePerson = 'stewardship/same-person'

async function reviewOf(stage: Stage, slug: string): Promise<string> {
  const { read } = stage.app.database
  const review = await openReviewOf(read, (await projectBy(read, slug))?.id ?? '')
  if (!review) throw new Error(`The story wants an open review of ${slug}`)
  return review.id
}

const calls = (stage: Stage, who: string, [project, reason]: readonly [project: string, reason: string]) =>
  does(stage, who, ['stewardship.open-review', { project, reason }])

const met = (...checks: readonly string[]) => checks.map(check => ({ check, tick: 'met' }))

/** Two reviews are called for, and both programs get a notice. */
export async function lookingAgain(stage: Stage): Promise<void> {
  await does(stage, 'tove', [
    'projects.name-maintainer',
    { project: 'returning-harvest', person: stage.persons.get('uma') ?? '' },
  ])
  await calls(stage, 'juno', ['sprout-count', 'Two libraries wrote in spring and have had no answer.'])
  await calls(stage, 'milo', [
    'returning-harvest',
    'It keeps names of borrowers, and does not say whom to tell of a leak.',
  ])
  await days(stage, 2)
  await does(stage, 'juno', [
    'stewardship.give-notice',
    {
      review: await reviewOf(stage, 'sprout-count'),
      text: 'The program counts well. But nobody may lawfully use it, and nobody can say who decides about it.',
      reasons: [
        { check: 'M1', says: 'A licence file that this foundation accepts has to lie in the repository.' },
        { check: 'M2', says: 'A short document has to say who decides.' },
      ],
    },
  ])
  await does(stage, 'milo', [
    'stewardship.give-notice',
    {
      review: await reviewOf(stage, 'returning-harvest'),
      text: 'It is used and cared for. What is missing is quickly written.',
      reasons: [
        { check: 'M2', says: 'A short document has to say who decides.' },
        { check: 'M4', says: 'A SECURITY file has to say where to report a weakness.' },
      ],
    },
  ])
}

/** The one answers and is cured; the other never does, and is retired by the clock when its season is over. */
export async function cured(stage: Stage): Promise<void> {
  const review = await reviewOf(stage, 'returning-harvest')
  await does(stage, 'uma', [
    'stewardship.answer-notice',
    { review, text: 'Both documents are in the repository now, and two of us read what is sent to the address.' },
  ])
  await days(stage, 2)
  const text = 'We wrote to the new address and had an answer in a day. What the document says is how they decide.'
  await does(stage, 'milo', ['stewardship.keep', { review, text, ticks: met('M2', 'M7') }])
  await excused(stage)
}

/** Whoever asks for a waiver cannot grant it. */
async function excused(stage: Stage): Promise<void> {
  const { entry } = await does(stage, 'ivo', [
    'stewardship.request-waiver',
    {
      project: 'furrow',
      check: 'M4',
      reason:
        'Its two keepers move the mail of the project this year; until then the foundation takes reports for them.',
      until: addMonths(stage.app.web.now(), 12).slice(0, 10),
    },
  ])
  const decision = {
    waiver: String(entry.facts.waiver),
    decision: 'granted',
    reason: 'Reports reach somebody who reads them, which is what the requirement is for.',
  }
  await isRefused(stage, 'ivo', ['stewardship.decide-waiver', decision, samePerson])
  await does(stage, 'lena', ['stewardship.decide-waiver', decision])
}

/** In the last weeks: a reviewer finds otherwise than a check and owes the reason; another review waits. */
export async function lastReviews(stage: Stage): Promise<void> {
  await calls(stage, 'milo', ['furrow', 'Its keepers asked whether they are still welcome as they are.'])
  await calls(stage, 'juno', ['germinate', 'It was taken in on a promise that two more people release it.'])
  await days(stage, 1)
  await does(stage, 'milo', [
    'stewardship.keep',
    {
      review: await reviewOf(stage, 'furrow'),
      text: 'It works on the oldest computer that we have, and its keepers decide together at the kitchen table.',
      ticks: met('M2', 'M7'),
    },
  ])
}
