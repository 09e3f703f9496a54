// Figures about projects, with the pages on which they can be checked. What is not known is never counted as kept.
import { createRequire } from 'node:module'
import type { Measure, Measured } from '#acts/measure.ts'
import { addMonths } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Filed, latestFiled, paperBy } from '#domains/assessments/index.ts'
import { applicationsPage, projectsAll } from './finds.ts'
import { licencesIn, type Project } from './words.ts'

const landscape = [{ text: 'The landscape', href: '/projects' }]
const decided = [{ text: 'Applications', href: '/applications' }]

const licences = createRequire(import.meta.url)('spdx-license-list') as Record<string, { osiApproved: boolean }> // JSON

const share = (
  yes: number,
  known: number,
  rest: { whole: number; says: string; evidence: Measured['evidence'] },
): Measured => ({
  value: known === 0 ? null : yes / known,
  known,
  ...rest,
  ...(known > 0 && known < rest.whole && { low: yes / rest.whole, high: (yes + rest.whole - known) / rest.whole }),
})

const active = async (read: Read): Promise<readonly Project[]> =>
  (await projectsAll(read)).filter(({ isArchived }) => !isArchived)

const isOpenLicence = (text: string): boolean => licencesIn(text)?.every(id => licences[id]?.osiApproved) ?? false

/** What the assessment of the licence file says; undefined where it leaves it open. */
async function provenBy(read: Read, assessment: Filed | undefined): Promise<boolean | undefined> {
  const paper = assessment && (await paperBy(read, assessment.findings.paper))
  const outcomes = paper?.checks.filter(({ title }) => /licence/i.test(title)).map(({ outcome }) => outcome) ?? []
  if (outcomes.includes('fail')) return false
  return outcomes.includes('pass') ? true : undefined
}

/** The repository outweighs what was declared. */
export const licenceOpen: Measure = {
  id: 'projects.licence-open',
  title: 'Projects under an open licence',
  formula:
    'Projects that are not archived whose newest assessment shows an accepted licence file or, where it leaves that open, whose declared licence is approved by the Open Source Initiative; divided by those of which either is known.',
  period: 'today',
  unit: 'share',
  async of(read) {
    const projects = await active(read)
    const newest = await latestFiled(
      read,
      projects.flatMap(({ id, application }) => [id, application ?? []].flat()),
    )
    const answers: boolean[] = []
    for (const { id, application, licence } of projects) {
      const proven = await provenBy(read, newest.get(id) ?? newest.get(application ?? ''))
      const answer = proven ?? (licence ? isOpenLicence(licence) : undefined)
      if (answer !== undefined) answers.push(answer)
    }
    const yes = answers.filter(Boolean).length
    const says = `${yes} of ${answers.length} whose licence is known; there are ${projects.length}.`
    return share(yes, answers.length, { whole: projects.length, says, evidence: landscape })
  },
}

/** Nobody asked those that were here before this register, so of them it is not known. */
export const withNonGoals: Measure = {
  id: 'projects.with-non-goals',
  title: 'Projects that say what they are not for',
  formula:
    'Projects that are not archived and have stated non-goals, divided by those that were asked: all that came by an application.',
  period: 'today',
  unit: 'share',
  async of(read) {
    const projects = await active(read)
    const asked = projects.filter(({ application, nonGoals }) => application ?? nonGoals)
    const yes = asked.filter(({ nonGoals }) => nonGoals).length
    const says = `${yes} of ${asked.length} that were asked; there are ${projects.length}.`
    return share(yes, asked.length, { whole: projects.length, says, evidence: landscape })
  },
}

export const withReasons: Measure = {
  id: 'projects.decisions-with-reasons',
  title: 'Decisions about applications that give reasons',
  formula: 'Applications admitted or declined with written reasons, divided by all that were admitted or declined.',
  period: 'all time',
  unit: 'share',
  async of(read) {
    const all = await applicationsPage(read, { stages: ['admitted', 'declined'], limit: 100_000 })
    const yes = all.filter(({ reasons }) => reasons?.trim()).length
    const says = `${yes} of ${all.length} decisions.`
    return share(yes, all.length, { whole: all.length, says, evidence: decided })
  },
}

export const fresh: Measure = {
  id: 'projects.freshly-assessed',
  title: 'Projects assessed within six months',
  formula:
    'Projects that are not archived and have an assessment as of a day in the last six months, divided by all that are not archived.',
  period: 'the last six months',
  unit: 'share',
  async of(read, at) {
    const projects = await active(read)
    const newest = await latestFiled(
      read,
      projects.flatMap(({ id, application }) => [id, application ?? []].flat()),
    )
    const evidence = [{ text: 'Assessments', href: '/assessments' }]
    const whole = projects.length
    if (newest.size === 0) return share(0, 0, { whole, says: 'Nothing has been assessed yet.', evidence })
    const since = addMonths(at, -6)
    const isFresh = (id: string | null): boolean => (newest.get(id ?? '')?.asOf ?? '') >= since
    const yes = projects.filter(({ id, application }) => isFresh(id) || isFresh(application)).length
    return share(yes, whole, { whole, says: `${yes} of ${whole} projects.`, evidence })
  },
}

export const measures: readonly Measure[] = [licenceOpen, withNonGoals, withReasons, fresh]
