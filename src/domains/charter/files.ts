// The files of a charter and their hash.
import { isUtf8 } from 'node:buffer'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { hashOf, sha256 } from '#base/canonical.ts'
import { CannotOpen, messageOf } from '#database/errors.ts'
import type { Fault } from './fault.ts'

/** Name inside the folder, with `/`, to text. */
export type CharterFiles = Readonly<Record<string, string>>

/** What every charter consists of. */
export const requiredFiles = ['foundation.yml', 'charter.md', 'terms.yml', 'bodies.yml', 'rules.cedar'] as const

/** Registers are what the foundation starts with, not what it goes by: they change without an amendment. */
const isLaw = (name: string): boolean =>
  !name.startsWith('registers/') && !name.split('/').some(part => part.startsWith('.'))

/** Every file of the folder but `registers/` and hidden ones. Throws when the folder cannot be read. */
export async function readCharterFolder(folder: string): Promise<{ files: CharterFiles; faults: readonly Fault[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(fault => {
    throw new CannotOpen(`The charter's folder ${folder} cannot be read: ${messageOf(fault)}`)
  })
  const names = entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isLaw)
    .sort()
  const files: Record<string, string> = {}
  const faults: Fault[] = []
  for (const name of names) {
    const bytes = await readFile(join(folder, name))
    if (isUtf8(bytes)) files[name] = bytes.toString('utf8')
    else faults.push({ file: name, line: 1, expected: 'text in UTF-8', found: 'bytes that are not' })
  }
  return { files, faults }
}

/** File name to SHA-256 of its bytes. */
export const hashesOf = (files: CharterFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]))

/** The charter's own hash: over the canonical map of its files' hashes. */
export const charterHash = (hashes: Readonly<Record<string, string>>): string => hashOf(hashes)
