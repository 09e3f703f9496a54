// Measures of how motions are decided: with a quorum, with conflicts declared, on time, and with the counts published.
import type { Evidence, Measure, Measured } from '#acts/measure.ts'
import { addMonths, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { ballotsOf, motionsIn } from './finds.ts'
import type { Motion } from './words.ts'

const period = 'the 12 months before'
const mostEvidence = 20

const evidenceOf = (motions: readonly Motion[]): Evidence[] =>
  motions
    .slice(0, mostEvidence)
    .map(({ id, title, stage }) => ({ text: `${title} (${stage})`, href: `/motions/${id}` }))

/** Motions whose vote ended in the period. */
async function closedIn(read: Read, at: Instant): Promise<readonly Motion[]> {
  const from = addMonths(at, -12)
  const decided = await motionsIn(read, ['carried', 'lost'])
  return decided.filter(({ ended }) => ended !== null && ended >= from && ended <= at)
}

type Asked = { readonly of: readonly Motion[]; readonly have: readonly Motion[]; readonly what: string }

/** The evidence is what speaks against first: the motions that do not have it. */
function share({ of, have, what }: Asked): Measured {
  const without = of.filter(motion => !have.includes(motion))
  return {
    value: of.length === 0 ? null : have.length / of.length,
    known: of.length,
    whole: of.length,
    says: of.length === 0 ? 'No vote has ended in this period.' : `${have.length} of ${of.length} votes ${what}.`,
    evidence: evidenceOf([...without, ...have]),
  }
}

const decidedWithQuorum: Measure = {
  id: 'motions.decided-with-quorum',
  title: 'Votes that reached their quorum',
  formula: 'Votes that ended with their quorum reached, divided by all votes that ended.',
  period,
  unit: 'share',
  async of(read, at) {
    const closed = await closedIn(read, at)
    return share({ of: closed, have: closed.filter(({ tally }) => tally?.isQuorate), what: 'reached their quorum' })
  },
}

const withRecusals: Measure = {
  id: 'motions.with-recusals',
  title: 'Votes in which somebody was recused',
  formula: 'Votes that ended with at least one seat recused, divided by all votes that ended.',
  period,
  unit: 'share',
  async of(read, at) {
    const closed = await closedIn(read, at)
    const have: Motion[] = []
    for (const motion of closed)
      if ((await ballotsOf(read, motion.id)).some(({ recusal }) => recusal)) have.push(motion)
    return share({ of: closed, have, what: 'had at least one recusal' })
  },
}

const publishedResults: Measure = {
  id: 'motions.published-results',
  title: 'Results published with their counts',
  formula: 'Votes whose result stands in the record with every count, divided by all votes whose time is over.',
  period,
  unit: 'share',
  async of(read, at) {
    const overdue = await openPast(read, at)
    const closed = await closedIn(read, at)
    const have = closed.filter(({ tally, endEntry }) => tally !== null && endEntry !== null)
    return share({ of: [...overdue, ...closed], have, what: 'have their counts in the record' })
  },
}

const openPast = async (read: Read, at: Instant): Promise<readonly Motion[]> =>
  (await motionsIn(read, ['open'])).filter(({ opening }) => opening !== null && opening.closes <= at)

const openPastClosing: Measure = {
  id: 'motions.open-past-closing',
  title: 'Votes still open after their time',
  formula: 'Votes whose closing time has passed and that have no result yet.',
  period: 'now',
  unit: 'count',
  async of(read, at) {
    const open = await motionsIn(read, ['open'])
    const late = await openPast(read, at)
    return {
      value: late.length,
      known: open.length,
      whole: open.length,
      says: late.length === 0 ? 'No vote is open past its time.' : `${late.length} votes are open past their time.`,
      evidence: evidenceOf(late),
    }
  },
}

export const measures: readonly Measure[] = [decidedWithQuorum, withRecusals, publishedResults, openPastClosing]
