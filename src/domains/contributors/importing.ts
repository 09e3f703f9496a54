// Importing a published register: whole or not at all. The record keeps its hash; what it says lies sealed beside, without addresses.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { sha256 } from '#base/canonical.ts'
import { Day } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { importsInForce } from './finds.ts'
import { chunked, keepAddresses, keyOf } from './keeping.ts'
import { alreadyImported, employerMissing, nothingInIt, unfitLines } from './problems.ts'
import { derive, readRegister } from './registers.ts'
import type { Tables } from './tables.ts'
import { register } from './terms.ts'
import { Form, IdentityId, ImportId, type LineFault } from './words.ts'

const Rows = z.object({
  stints: z.array(
    z.object({
      identity: IdentityId,
      company: z.string().nullable(),
      from: Day.nullable(),
      until: Day.nullable(),
      isContested: z.boolean(),
    }),
  ),
  aliases: z.array(z.object({ identity: IdentityId, of: IdentityId })),
  domains: z.array(z.object({ domain: z.string(), company: z.string(), from: Day.nullable(), until: Day.nullable() })),
})
const Behind = z.array(z.object({ identity: IdentityId, address: z.string(), name: z.string().optional() }))

const shownFaults = 12

const sayFaults = (faults: readonly LineFault[]): string => {
  const lines = faults
    .slice(0, shownFaults)
    .map(({ line, expected, found }) => `line ${line}: expected ${expected}, found ${found}`)
  const rest = faults.length - lines.length
  return `${lines.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`
}

async function keepRows(tx: Write, id: string, { stints, aliases, domains }: z.infer<typeof Rows>): Promise<void> {
  const span = ({ from, until }: { from: string | null; until: string | null }) => ({
    from_day: from,
    until_day: until,
  })
  for (const [at, rows] of chunked(stints, 5000).entries()) {
    const values = rows.map(({ identity, company, isContested, ...one }, index) => ({
      ...{ import: id, place: at * 5000 + index, identity, company, ...span(one), is_contested: isContested },
    }))
    await tx.on<Tables>().insertInto('imported_stints').values(values).execute()
  }
  for (const [at, rows] of chunked(aliases, 5000).entries()) {
    const values = rows.map((one, index) => ({ import: id, place: at * 5000 + index, ...one }))
    await tx.on<Tables>().insertInto('imported_aliases').values(values).execute()
  }
  for (const [at, rows] of chunked(domains, 5000).entries()) {
    const values = rows.map(({ domain, company, ...one }, index) => ({
      ...{ import: id, place: at * 5000 + index, domain, company, ...span(one) },
    }))
    await tx.on<Tables>().insertInto('imported_domains').values(values).execute()
  }
}

const inForce = async (read: Read, { label, form }: { label: string; form: Form }) =>
  (await importsInForce(read)).find(one => one.label === label && one.form === form)

export const importAffiliations = act({
  name: 'contributors.import-affiliations',
  title: 'Import a published register of affiliations',
  describes:
    'Takes what a published register says of addresses and companies. It takes the place of what was imported under the same name and form.',
  under: register,
  by: ['staff', 'operator'],
  takes: z.object({
    label: z.string().trim().min(2).max(80).meta({
      title: 'Name of the register',
      description: 'Public: where it is published. A later import replaces this one.',
    }),
    form: Form,
    text: z.string().min(1).max(64_000_000).meta({ title: 'The file', format: 'textarea' }),
    employer: z
      .string()
      .trim()
      .min(2)
      .max(120)
      .optional()
      .meta({ title: 'Employer', description: 'For a GroupMap only.' }),
  }),
  records: z.object({
    import: ImportId,
    label: z.string(),
    form: Form,
    source: z.string().meta({ description: 'SHA-256 of the file as it was given.' }),
    replaces: ImportId.nullable(),
    addresses: z.int(),
    stints: z.int(),
    aliases: z.int(),
    domains: z.int(),
    rows: Rows.nullable(),
    behind: Behind.nullable(),
  }),
  seals: ['rows', 'behind'],
  sealsFor: () => undefined,
  refuses: [employerMissing, unfitLines, nothingInIt, alreadyImported],
  finds: async (input, read) => ({ key: await keyOf(read), before: await inForce(read, input) }),
  decides({ input: { label, form, text, employer }, found: { key, before }, fresh }) {
    if (form === 'group-map' && employer === undefined) return refuse(employerMissing)
    const source = sha256(`${employer ?? ''}\0${text}`)
    if (before?.source === source) return refuse(alreadyImported)
    const { rows, behind, faults } = derive(key, readRegister(form, text, employer))
    if (faults.length > 0) return refuse(unfitLines, { detail: sayFaults(faults) })
    if (behind.length + rows.domains.length === 0) return refuse(nothingInIt)
    const { stints, aliases, domains } = rows
    return {
      ...{ import: fresh('imp'), label, form, source, replaces: before?.id ?? null, addresses: behind.length },
      ...{ stints: stints.length, aliases: aliases.length, domains: domains.length },
      rows: { stints: [...stints], aliases: [...aliases], domains: [...domains] },
      behind: [...behind],
    }
  },
  async writes(tx, facts, { at, id: entry }) {
    const { import: id, label, form, source, replaces, addresses, stints, aliases, rows, behind } = facts
    if (replaces !== null) {
      await tx.on<Tables>().updateTable('imports').set({ replaced_by: id }).where('id', '=', replaces).execute()
      for (const table of ['imported_stints', 'imported_aliases', 'imported_domains'] as const)
        await tx.on<Tables>().deleteFrom(table).where('import', '=', replaces).execute()
    }
    const counts = { addresses, stints, aliases, replaced_by: null, entry }
    await tx
      .on<Tables>()
      .insertInto('imports')
      .values({ id, label, form, source, imported: new Date(at), ...counts })
      .execute()
    if (rows !== null) await keepRows(tx, id, rows)
    if (behind !== null) await keepAddresses(tx, behind)
  },
  says: ({ label, addresses, source }) =>
    `imported ${label}, ${addresses} addresses under pseudonyms, SHA-256 ${source.slice(0, 12)}`,
})
