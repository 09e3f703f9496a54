// The log of a bad day: what is said again and again is said once a minute, with how often it would have been said.
import type { Log } from '#database/errors.ts'

type Said = { readonly at: number; readonly again: number }

const quietMilliseconds = 60_000
const mostRemembered = 200

/** Lines that differ are all said. */
export function rarely(log: Log, now: () => number = Date.now): Log {
  const said = new Map<string, Said>()
  return line => {
    const before = said.get(line)
    const isQuiet = before !== undefined && now() - before.at < quietMilliseconds
    const again = before?.again ?? 0
    said.delete(line)
    said.set(line, isQuiet ? { at: before.at, again: again + 1 } : { at: now(), again: 0 })
    if (said.size > mostRemembered) said.delete(said.keys().next().value ?? '')
    if (!isQuiet) log(again > 0 ? `${line} (and ${again} times more in between)` : line)
  }
}
