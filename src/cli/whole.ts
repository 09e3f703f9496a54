// Writes a file whole or not at all: a reader never finds half of one.
import { rename, rm, writeFile } from 'node:fs/promises'
import { messageOf } from '#database/errors.ts'
import { UnfitArguments } from './arguments.ts'

export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.part`
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (fault) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new UnfitArguments(`${file} cannot be written: ${messageOf(fault)}`)
  }
}
