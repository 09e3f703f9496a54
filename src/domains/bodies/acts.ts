// The verbs of bodies, in the order in which they happen.
import type { AnyAct } from '#acts/act.ts'
import { appoint, appointAlternate } from './appointing.ts'
import { addSeat, closeSeat, establish } from './establishing.ts'
import { remind, resign, vacate, withdrawAlternate } from './leaving.ts'

export const acts: readonly AnyAct[] = [
  establish,
  addSeat,
  appoint,
  appointAlternate,
  withdrawAlternate,
  remind,
  resign,
  vacate,
  closeSeat,
]
