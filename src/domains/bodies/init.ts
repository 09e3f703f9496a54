// The bodies of a charter as orders that set them up, in an order in which each can be done.
import type { Body } from '#domains/charter/index.ts'

export type SetUp = { readonly act: string; readonly input: Readonly<Record<string, unknown>> }

/**
 * `bodies.establish` and `bodies.add-seat` for every body of `bodies.yml`. The organisations that seats name must be in
 * the register by then; projects need not be.
 */
export const ordersForBodies = (bodies: readonly Body[]): readonly SetUp[] =>
  bodies.flatMap(({ seats, ...body }) => [
    { act: 'bodies.establish', input: body },
    ...seats.map(seat => ({ act: 'bodies.add-seat', input: { ...seat, body: body.slug } })),
  ])
