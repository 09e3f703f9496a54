// Exporting imported registers in the forms they came in. It holds addresses: for the operator's own command line only.
import type { Read } from '#database/handles.ts'
import { loginOf } from './addresses.ts'
import { importsInForce } from './finds.ts'
import { writeRegister } from './registers.ts'
import type { Tables } from './tables.ts'
import { emptyRegister, type Form, type Register, type Stint } from './words.ts'

type Rows = {
  readonly stints: readonly Tables['imported_stints'][]
  readonly aliases: readonly Tables['imported_aliases'][]
  readonly domains: readonly Tables['imported_domains'][]
}

async function rowsOf(read: Read, id: string): Promise<Rows> {
  const on = read.on<Tables>()
  return {
    stints: await on.selectFrom('imported_stints').selectAll().where('import', '=', id).orderBy('place').execute(),
    aliases: await on.selectFrom('imported_aliases').selectAll().where('import', '=', id).orderBy('place').execute(),
    domains: await on.selectFrom('imported_domains').selectAll().where('import', '=', id).orderBy('place').execute(),
  }
}

type Behind = ReadonlyMap<string, { readonly address: string; readonly name: string | null }>

async function behindOf(read: Read): Promise<Behind> {
  const rows = await read
    .on<Tables>()
    .selectFrom('contributor_addresses')
    .select(['identity', 'address', 'name'])
    .execute()
  return new Map(rows.flatMap(({ identity, address, name }) => (address ? [[identity, { address, name }]] : [])))
}

const stintOf = (row: Tables['imported_stints']): Stint => ({
  ...{ company: row.company, from: row.from_day, until: row.until_day, isContested: row.is_contested },
})

/** People in the order in which the register named them; who was forgotten since is left out. */
function peopleIn({ stints, aliases }: Rows, behind: Behind): Register['people'] {
  const others = Map.groupBy(aliases, one => one.of)
  return [...Map.groupBy(stints, ({ identity }) => identity)].flatMap(([identity, own]) => {
    const ids = [identity, ...(others.get(identity) ?? []).map(one => one.identity)]
    const written = ids.flatMap(id => behind.get(id)?.address ?? [])
    if (written.length === 0) return []
    const login = written.map(loginOf).find(one => one !== undefined)
    return [{ ...(login !== undefined && { login }), addresses: written, stints: own.map(stintOf) }]
  })
}

/** Undefined where nothing of this form, and name where one is given, is in force. */
export async function exportRegister(read: Read, form: Form, label?: string): Promise<string | undefined> {
  const found = (await importsInForce(read)).filter(
    one => one.form === form && (label === undefined || one.label === label),
  )
  if (found.length === 0) return undefined
  const behind = await behindOf(read)
  const registers: Register[] = []
  for (const { id } of found) {
    const rows = await rowsOf(read, id)
    registers.push({
      ...emptyRegister,
      people: peopleIn(rows, behind),
      domains: rows.domains.map(row => ({
        ...{ domain: row.domain, company: row.company, from: row.from_day, until: row.until_day },
      })),
      aliases: rows.aliases.flatMap(({ identity, of }) => {
        const [alias, proper] = [behind.get(identity), behind.get(of)]
        if (!alias || !proper) return []
        return [{ address: alias.address, of: proper.address, ...(proper.name && { name: proper.name }) }]
      }),
    })
  }
  return writeRegister(form, {
    people: registers.flatMap(({ people }) => people),
    domains: registers.flatMap(({ domains }) => domains),
    aliases: registers.flatMap(({ aliases }) => aliases),
    faults: [],
  })
}
