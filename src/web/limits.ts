// Limits on how often one address may change things or ask for mail: a bucket that refills, in memory.

export type Limit = { readonly perMinute: number; readonly burst: number }
export type Limiter = (key: string) => boolean

const most = 10_000

/** True while there is a token left for this key. Idle keys are forgotten; a flood of new ones drops the oldest. */
export function limiter({ perMinute, burst }: Limit, now: () => number = Date.now): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return key => {
    const at = now()
    const bucket = buckets.get(key) ?? { tokens: burst, at }
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) * perMinute) / 60_000)
    buckets.delete(key)
    buckets.set(key, { tokens: Math.max(0, tokens - 1), at })
    if (buckets.size > most) buckets.delete(buckets.keys().next().value ?? '')
    return tokens >= 1
  }
}
