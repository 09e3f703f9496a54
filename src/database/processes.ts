// Who a process is: its number together with the moment it began, so that a reused number is not mistaken for it.
import { readFileSync } from 'node:fs'

export type Holder = { pid: number; started: string }

const fileText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const boot = fileText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''

/** Boot and clock tick at which the process began; nothing when it is gone or only waits to be reaped. */
export function startedAt(pid: number): string | undefined {
  const stat = fileText(`/proc/${pid}/stat`)
  if (!stat) return undefined
  // The name in parentheses may hold blanks; fields 3 (state) and 22 (start time) are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot}:${fields[19]}`
}

export const self = (): Holder => ({ pid: process.pid, started: startedAt(process.pid) ?? '' })

export const isAlive = (holder: Holder): boolean => startedAt(holder.pid) === holder.started

/** The words a process was started with: unlike its working folder, readable across accounts without privileges. */
export const argumentsOf = (pid: number): string[] => fileText(`/proc/${pid}/cmdline`)?.split('\0') ?? []
