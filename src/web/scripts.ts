// The browser modules of src/web/client, as assets; pages name the one they begin with.
import { join } from 'node:path'
import { scriptAssets } from '#html/assets.ts'

export const scripts = scriptAssets(join(import.meta.dirname, 'client'))

export function scriptPath(name: string): string {
  const found = scripts.find(({ path }) => path.endsWith(`/${name}.ts`))
  if (!found) throw new Error(`There is no browser module ${name}`)
  return found.path
}
