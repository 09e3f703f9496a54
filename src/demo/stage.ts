// The demo's stage: who is who, acts done or refused in their names, and time that passes with the clock's own acts.
import type { By } from '#acts/capacity.ts'
import type { Done } from '#acts/parts.ts'
import { isRefusal, type Problem, type Refusal } from '#acts/problem.ts'
import { tick } from '#adapters/clock.ts'
import { dayOf } from '#base/instants.ts'
import { codeOfConduct, hashOfCode } from '#domains/conduct/index.ts'
import { reasonOf } from '#web/status.ts'
import type { App } from '../app.ts'
import type { Character } from './cast.ts'
import type { StoryClock } from './clock.ts'

export type Stage = {
  readonly app: App
  readonly clock: StoryClock
  /** Does the work that entries queued: assessments, and letters into the outbox. */
  readonly drain: () => Promise<void>
  readonly persons: Map<string, string>
}

/** `otis`, or `otis as alternate` where somebody holds several capacities. */
const byOf = (stage: Stage, who: string): By => {
  const [key = '', as] = who.split(' as ')
  const person = stage.persons.get(key)
  if (!person) throw new Error(`Nobody called ${key} has come yet`)
  return { person, ...(as && { as }) }
}

export const today = (stage: Stage): string => dayOf(stage.app.web.now())

/** Does an act in somebody's name; the story is wrong where it is refused. */
export async function does(stage: Stage, who: string, deed: readonly [act: string, input: object]): Promise<Done> {
  const [act, input] = deed
  const outcome = await stage.app.engine.perform({ act, input, by: byOf(stage, who) })
  if (isRefusal(outcome))
    throw new Error(`The story wants ${who} to do ${act}: ${reasonOf(outcome)} ${JSON.stringify(outcome.fields ?? '')}`)
  await stage.drain()
  stage.clock.passMinutes(minutesOf(act))
  return outcome
}

/** How long people take over one thing before somebody does the next. */
const minutesOf = (act: string): number => 3 + ((act.length * 7) % 19)

/** Tries an act that the charter or the domain refuses: that it is refused is part of the story. */
export async function isRefused(
  stage: Stage,
  who: string,
  deed: readonly [act: string, input: object, by: Problem['id']],
): Promise<Refusal> {
  const [act, input, expected] = deed
  const outcome = await stage.app.engine.perform({ act, input, by: byOf(stage, who) })
  if (isRefusal(outcome) && outcome.refused.id === expected) return outcome
  throw new Error(
    `The story wants ${act} by ${who} refused as ${expected}, and it was ${isRefusal(outcome) ? outcome.refused.id : 'done'}`,
  )
}

/** Lets days pass; what falls due is done by the clock on its day. */
export async function days(stage: Stage, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    stage.clock.passDays(1)
    await tick({ engine: stage.app.engine, read: stage.app.database.read, log: () => undefined, now: stage.clock.now })
    await stage.drain()
  }
}

export const addressOf = ({ key }: Pick<Character, 'key'>): string => `${key}@openseed.example`

/** Somebody signs in for the first time, registers, says whom they work for, and accepts the agreement unless they wait with it. */
export async function arrives(stage: Stage, who: Character, { accepts = true } = {}): Promise<void> {
  const { app, persons } = stage
  const account = await app.signIn.accountFor(addressOf(who))
  const input = { account: account.id, name: who.name, showName: who.showName }
  const done = await app.engine.perform({ act: 'people.register', input, by: { newcomer: true } })
  if (isRefusal(done)) throw new Error(`${who.name} could not register: ${reasonOf(done)}`)
  persons.set(who.key, String(done.entry.facts.person))
  await does(stage, who.key, ['people.affiliate', { organisation: who.employer, from: '2023-04-01' }])
  if (accepts) await acceptsAgreement(stage, who.key)
}

export async function acceptsAgreement(stage: Stage, who: string): Promise<void> {
  const hash = hashOfCode(stage.app.engine.term(codeOfConduct))
  await does(stage, who, ['conduct.accept', { hash }])
}
