// Under which account the server's programs run: ours, or another one when we are root, for PostgreSQL refuses root.
import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { CannotOpen } from './errors.ts'

/** `asRoot`: we are root and the programs run as `uid`. `prefix`: a command that starts them so. */
export type Account = { uid: number; asRoot: boolean; prefix: string[] }

const nobody = 65534

/** The first folder on the way to `path` that a stranger may not pass. */
export function closedFolder(path: string): string | undefined {
  const parent = dirname(path)
  if (parent === path) return undefined
  return closedFolder(parent) ?? ((statSync(parent).mode & 0o001) === 0 ? parent : undefined)
}

/** The capability with which a process may pass closed folders: to look only, else (as in most containers) to write too. */
function passage(): string | undefined {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const has = (bit: bigint) => ((BigInt(`0x${effective}`) >> bit) & 1n) === 1n
  return has(2n) ? '+dac_read_search' : has(1n) ? '+dac_override' : undefined
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv']

/** A checkout under /root is closed to other accounts; the server then keeps the one right to pass through. */
function throughClosedFolders(uid: number, closed: string): string[] {
  const right = passage()
  const program = setpriv.find(path => existsSync(path))
  if (!right || !program)
    throw new CannotOpen(
      `PostgreSQL does not run as root, and as uid ${uid} it cannot reach ${closed}: ` +
        `run "chmod o+x ${closed}", start Guildhall as an ordinary user, or choose another DATA_DIR.`,
    )
  return [
    program,
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    `--inh-caps=${right}`,
    `--ambient-caps=${right}`,
  ]
}

/** `cluster` is the folder of the server's data, which may not exist yet; `paths` all that the programs must reach. */
export function chooseAccount(cluster: string, paths: string[]): Account {
  const mine = process.getuid?.() ?? 0
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined
  if (mine !== 0) {
    if (owner === undefined || owner === mine) return { uid: mine, asRoot: false, prefix: [] }
    throw new CannotOpen(
      `${cluster} belongs to uid ${owner} and Guildhall runs as uid ${mine}: ` +
        'start it as the account that made the folder, or as root.',
    )
  }
  const uid = owner || nobody
  const closed = paths.map(closedFolder).find(path => path !== undefined)
  return { uid, asRoot: true, prefix: closed ? throughClosedFolders(uid, closed) : [] }
}

export function spawnAs(account: Account, command: [program: string, ...args: string[]], options: SpawnOptions) {
  const [program = '', ...args] = [...account.prefix, ...command]
  const ids = account.asRoot && account.prefix.length === 0 ? { uid: account.uid, gid: account.uid } : {}
  return spawn(program, args, { ...options, ...ids })
}
