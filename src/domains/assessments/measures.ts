// Figures about assessments, with the pages on which they can be checked.
import type { Measure } from '#acts/measure.ts'
import { addMonths } from '#base/instants.ts'
import { allFiled } from './finds.ts'

const months = 6
const evidence = [{ text: 'Assessments', href: '/assessments' }]

/** Over whatever has ever been assessed: how many projects there are is for the domain of projects to say. */
export const answered: Measure = {
  id: 'assessments.decided-checks',
  title: 'Share of checks that the repository itself decides',
  formula:
    'Checks with the outcome pass or fail, divided by all checks, over the newest assessment of each thing assessed.',
  period: `assessments of the last ${months} months`,
  unit: 'share',
  async of(read, at) {
    const since = addMonths(at, -months)
    const counts = (await allFiled(read)).filter(one => one.asOf >= since).map(one => one.findings.counts)
    const known = counts.reduce((sum, { pass, fail }) => sum + pass + fail, 0)
    const whole = counts.reduce((sum, { unknown, needsPerson }) => sum + unknown + needsPerson, known)
    if (whole === 0)
      return { value: null, known: 0, whole: 0, says: 'Nothing has been assessed in this time.', evidence }
    return { value: known / whole, known: whole, whole, says: `${known} of ${whole} checks.`, evidence }
  },
}

export const measures = [answered]
