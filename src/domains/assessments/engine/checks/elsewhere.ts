// What no repository can show: a forge's numbers, the foundation's own registers, and a person's judgement.
import { z } from 'zod'
import { check } from './check.ts'

const settledBy = z.strictObject({ settledBy: z.string().min(10) })

export const forge = check('forge', settledBy, (_, parameters) => ({
  outcome: 'unknown',
  says: `The repository does not tell. ${parameters.settledBy}`,
}))

export const register = check('register', settledBy, (_, parameters) => ({
  outcome: 'unknown',
  says: `The foundation's register decides this. ${parameters.settledBy}`,
}))

export const judgement = check('judgement', settledBy, (_, parameters) => ({
  outcome: 'needs-person',
  says: `A person judges this. ${parameters.settledBy}`,
}))
