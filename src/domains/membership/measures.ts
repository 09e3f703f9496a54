// Figures about members, with the pages on which they can be checked.
import type { Measure } from '#acts/measure.ts'
import { membersWanted } from './queries.ts'

const evidence = [{ text: 'Members', href: '/members' }]

const none = (says: string) => ({ value: null, known: 0, whole: 0, says, evidence })

export const goodStanding: Measure = {
  id: 'membership.good-standing-share',
  title: 'Share of members in good standing',
  formula: 'Members in good standing divided by all members whose membership has not ended.',
  period: 'today',
  unit: 'share',
  async of(read) {
    const members = await membersWanted(read)
    const whole = members.length
    if (whole === 0) return none('There are no members yet.')
    const good = members.filter(({ standing }) => standing === 'good').length
    return { value: good / whole, known: whole, whole, says: `${good} of ${whole} members.`, evidence }
  },
}

/** The more of the members one class has, the less the others are "members" in more than name. */
export const byClass: Measure = {
  id: 'membership.by-class',
  title: 'Members by class',
  formula: 'Members whose membership has not ended, counted by class.',
  period: 'today',
  unit: 'count',
  async of(read) {
    const members = await membersWanted(read)
    const whole = members.length
    if (whole === 0) return none('There are no members yet.')
    const classes = Map.groupBy(members, member => member.class)
    const counts = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => `${own.length} ${key}`)
    return { value: whole, known: whole, whole, says: `${whole} members: ${counts.join(', ')}.`, evidence }
  },
}

export const measures: readonly Measure[] = [goodStanding, byClass]
