// What projects do of themselves: have an application assessed, and carry out what motions decided.
import { z } from 'zod'
import type { Deed, Reaction } from '#acts/domain.ts'
import { Resolution } from '#acts/mandate.ts'
import { motionBy } from '#domains/motions/index.ts'

import { forgetErased } from './forgetting.ts'

const Filed = z.object({ application: z.string(), repository: z.string(), criteria: z.string() })
const Asked = z.object({ subject: z.string(), repository: z.string(), criteria: z.string(), asOf: z.string() })

const assessFiled: Reaction = {
  to: ['projects.apply'],
  async with({ facts, at }) {
    const { application, ...rest } = Filed.parse(facts)
    return [{ act: 'assessments.request', input: { subject: application, ...rest, asOf: at } }]
  },
}

const assessAsked: Reaction = {
  to: ['projects.assess'],
  with: async ({ facts }) => [{ act: 'assessments.request', input: Asked.parse(facts) }],
}

const ours = ['projects.admit', 'projects.change-stage', 'projects.archive', 'projects.restore']
const Closed = z.object({ motion: z.string(), outcome: z.string(), resolves: Resolution.optional() })

/** A carried motion is the mandate of what it resolved; a lost one to admit declines the application. */
const decided: Reaction = {
  to: ['motions.close'],
  async with({ id, facts }, read): Promise<readonly Deed[]> {
    const { motion: name, outcome, resolves: carried } = Closed.parse(facts)
    if (carried) return ours.includes(carried.act) ? [{ ...carried, mandate: id }] : []
    const resolves = outcome === 'lost' ? (await motionBy(read, name))?.resolves : undefined
    if (resolves?.act !== 'projects.admit') return []
    return [{ act: 'projects.decline', input: { application: resolves.input.application, motion: name } }]
  },
}

export const reactions: readonly Reaction[] = [assessFiled, assessAsked, decided, forgetErased]
