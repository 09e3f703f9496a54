// Committer clocks that run backwards: how many parents are younger than their child, without holding every commit id.

/** The first 52 bits of a commit id, exact in a double: enough to tell the commits of one repository apart for a count. */
export const idKey = (id: string): number => Number.parseInt(id.slice(0, 13), 16)

export function countInversions(
  times: readonly number[],
  keys: readonly number[],
  edges: { readonly children: readonly number[]; readonly parents: readonly number[] },
): number {
  const rows = new Map<number, number>()
  keys.forEach((key, row) => {
    rows.set(key, row)
  })
  let inversions = 0
  edges.parents.forEach((key, edge) => {
    const parent = rows.get(key)
    const child = edges.children[edge]
    if (parent === undefined || child === undefined) return
    if ((times[parent] ?? 0) > (times[child] ?? 0)) inversions += 1
  })
  return inversions
}
