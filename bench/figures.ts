// How every figure is printed: ours, the floor and their ratio, from one run, with the target beside them.

export type Figure = {
  readonly what: string
  readonly ours: number
  readonly floor: number
  readonly unit: string
  /** What was done in each, in a few words. */
  readonly says: { readonly ours: string; readonly floor: string }
  readonly target: string
}

const shown = (value: number): string => value.toFixed(value >= 10 ? 0 : 1)

export function printFigure({ what, ours, floor, unit, says, target }: Figure): void {
  console.log(what)
  console.log(`  ours   ${shown(ours)} ${unit}   ${says.ours}`)
  console.log(`  floor  ${shown(floor)} ${unit}   ${says.floor}`)
  console.log(`  ratio  ${(ours / floor).toFixed(3)}   (target: ${target})`)
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Runs the work over all items, so many at a time; gives items per second. */
export async function rate<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, worker: number) => Promise<unknown>,
): Promise<number> {
  const queue = items.values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (const item of queue) await work(item, worker)
    }),
  )
  return (items.length * 1000) / (performance.now() - start)
}
