// What the world sees of the program, as text: acts with their schemas, the form of the API, the commands, the refusals. Kept in test/golden and docs/reference.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import type { Domain } from '#acts/domain.ts'
import { engineProblems } from '#acts/problems.ts'
import { gather, type Registry } from '#acts/registry.ts'
import { openApi } from '#api/openapi.ts'
import { commandsOf } from '#cli/acts.ts'
import type { Command } from '#cli/command.ts'
import { houseCommands } from '#cli/house.ts'
import { toy } from '#test/kit/toy.ts'
import { nameDomains } from '../../src/domains.ts'
import { noOutside } from '../../src/outside.ts'
import { root } from './sources.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

const printedAct = (act: AnyAct): object => ({
  name: act.name,
  title: act.title,
  describes: act.describes,
  under: [act.under].flat().map(({ id }) => id),
  by: act.by,
  takes: schemaOf(act.takes, 'input'),
  records: schemaOf(act.records, 'output'),
  ...(act.seals && { seals: act.seals }),
  ...(act.weighs && { weighs: schemaOf(act.weighs.context, 'output') }),
  refuses: act.refuses.map(({ id }) => id),
  ...(act.isInternal && { isInternal: true }),
})

const helpOf = ({ words, usage }: Command): string => `$ guildhall help ${words}\n\n${usage}\n`

function actsPage(domains: readonly Domain[]): string {
  const printed = domains.map(({ name, describes, acts }) => {
    const rows = acts.map(
      act => `| \`${act.name}\`${act.isInternal ? ' (internal)' : ''} | ${act.describes} | ${capacityWords(act.by)} |`,
    )
    return `## ${name}\n\n${describes}\n\n| act | what it does | who may |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  return `# Acts\n\nPrinted by \`npm run bless\` from the declarations. A running foundation shows more at \`/reference\`.\n\n${printed.join('\n')}`
}

function refusalsPage({ problems, acts }: Registry): string {
  const everywhere = new Set<string>(engineProblems.map(({ id }) => id))
  const rows = [...problems.values()].map(problem => {
    const names = [...acts.values()].filter(act => act.refuses.includes(problem)).map(({ name }) => `\`${name}\``)
    const by = everywhere.has(problem.id) ? 'any act' : names.join(', ')
    return `| \`${problem.id}\` | ${problem.kind} | ${problem.title} | ${problem.remedy} | ${by} |`
  })
  return `# Refusals

Printed by \`npm run bless\` from the declarations. Each has a page at \`/problems/<id>\`. The API answers unfit with 422, barred 403, missing 404, clash and untimely 409,
busy 429; the command line exits with 22, 13, 4, 9 and 29.

| refusal | kind | what is wrong | what to do | who says so |
|---|---|---|---|---|
${rows.join('\n')}
`
}

/** The text of each printed file, by its path from the root. */
export async function printed(domains = nameDomains(noOutside).domains): Promise<ReadonlyMap<string, string>> {
  const registry = gather(domains)
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'))
  const about = { name: 'Guildhall', baseUrl: 'http://localhost:4000', version }
  const commands = [...(await houseCommands()), ...commandsOf(registry)]
  return new Map([
    ['test/golden/acts.json', json([...registry.acts.values()].map(printedAct))],
    // The form of the description, on the smallest domain: what differs between acts stands in acts.json.
    ['test/golden/openapi.json', json(openApi(gather([toy()]), about))],
    ['test/golden/help.txt', commands.map(helpOf).join(`\n${'-'.repeat(80)}\n`)],
    ['docs/reference/acts.md', actsPage(domains)],
    ['docs/reference/refusals.md', refusalsPage(registry)],
  ])
}
