// Makes a shipped register from a published landscape file: facts only, no descriptions, no logos, no persons' names.
//
//   node scripts/register.ts <landscape.yml> > charters/<name>/registers/landscape.yml
import { readFile } from 'node:fs/promises'
import { type Item, readLandscape, writeLandscape } from '#domains/projects/index.ts'

const header = `# Projects and members as the published landscape names them: facts only, made by scripts/register.ts.
`

const factsOf = ({ description: _, ...facts }: Item): Item => facts

const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the landscape file to read')
const { items, faults, unknownKeys } = readLandscape(await readFile(file, 'utf8'))
for (const { line, item, expected, found } of faults)
  console.error(`${file}:${line}: ${item}: expected ${expected}, found ${found}`)
for (const { key, line, count } of unknownKeys)
  console.error(`${file}:${line}: the key ${key} is not known (${count} times)`)
if (faults.length > 0) process.exit(1)
process.stdout.write(header + writeLandscape(items.map(factsOf)))
