// `guildhall import affiliations` and `guildhall export affiliations`: published registers of who worked where, both ways.
import { parseArgs } from 'node:util'
import { isRefusal } from '#acts/problem.ts'
import { exportRegister, Form } from '#domains/contributors/index.ts'
import { reasonOf, remedyOf } from '#web/status.ts'
import { UnfitArguments } from './arguments.ts'
import { codes, done, type HouseCommand } from './command.ts'
import { textOf, withFoundation } from './landscape.ts'
import { writeWhole } from './whole.ts'

const forms = Form.options.join(', ')

function formIn(text: string | undefined): Form {
  const form = Form.safeParse(text)
  if (!form.success) throw new UnfitArguments(`--form is one of ${forms}`)
  return form.data
}

export const importAffiliationsCommand: HouseCommand = {
  summary: 'Import a published register of who worked where',
  usage: `guildhall import affiliations <file> --form <form> --label <name> [--employer <name>] [--json]

Forms: ${forms}.
The record keeps the file's hash, the name of the register and how much it holds; addresses stay in the private register.
A later import under the same name and form takes the place of this one. A line that does not fit is named and nothing
is imported. --employer is for a group-map, which is a list of addresses only.

Exit code 0: imported. 22: the file has faults and nothing was imported.`,
  async run(args) {
    const options = {
      form: { type: 'string' },
      label: { type: 'string' },
      employer: { type: 'string' },
      json: { type: 'boolean' },
    } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UnfitArguments('Name one file')
    const { label, employer } = values
    if (!label) throw new UnfitArguments('--label says which register it is, such as its address')
    const input = { form: formIn(values.form), label, text: await textOf(file), ...(employer && { employer }) }
    return withFoundation(async app => {
      await app.queues.prepare()
      const act = 'contributors.import-affiliations'
      const outcome = await app.engine.perform({ act, input, by: { program: 'operator' } })
      if (isRefusal(outcome)) return { text: `${reasonOf(outcome)}\n${remedyOf(outcome)}`, code: codes.unfit }
      const { addresses, stints, aliases, domains, source } = outcome.entry.facts
      const facts = { entry: outcome.entry.id, addresses, stints, aliases, domains, source }
      return done(
        values.json
          ? JSON.stringify(facts, null, 2)
          : `${file}: ${addresses} addresses, ${stints} periods, ${aliases} aliases, ${domains} mail domains. Recorded as ${outcome.entry.id}.`,
      )
    })
  },
}

export const exportAffiliationsCommand: HouseCommand = {
  summary: 'Write what was imported of affiliations, with addresses',
  usage: `guildhall export affiliations <file> --form <form> [--label <name>]

Forms: ${forms}; a group-map is written as an email-map.
The file holds mail addresses of people: keep it as you keep them, and give it to nobody without a reason in law.
Whoever erased themselves here is left out. Importing it again changes nothing.`,
  async run(args) {
    const options = { form: { type: 'string' }, label: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (!file || more.length > 0)
      throw new UnfitArguments('Name the file to write: addresses are not printed on a screen')
    const form = formIn(values.form)
    return withFoundation(async app => {
      const text = await exportRegister(app.database.read, form, values.label)
      if (text === undefined) return { text: 'Nothing of this form was imported here.', code: codes.missing }
      await writeWhole(file, text)
      return done(`Written: ${file}`)
    })
  },
}
