// What the serving role may do with each table, and the tables that nobody may change.
//
// Guarantee. Embedded, or given with DATABASE_OWNER_URL: the program serves as a role that owns nothing, so on an
// append-only table the server refuses it UPDATE, DELETE and TRUNCATE, and it cannot switch that off. Given with
// DATABASE_URL alone: one role owns and serves, so grants do not bind it; the trigger of `forbidChange` still refuses
// every change of a row, and only a deliberate `drop trigger` as owner gets round it.
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Rights are kept as rows, so that they can be granted anew to another serving role or after a restored dump. */
export const rightsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table granted_rights (
      name text primary key,
      rights text not null check (rights in ('append', 'all', 'schema'))
    )`.execute(db)
    await sql`create function forbid_change() returns trigger language plpgsql as $$
      begin
        raise exception 'Rows of "%" are never changed or removed', tg_table_name using errcode = 'restrict_violation';
      end $$`.execute(db)
  },
}

type Rights = 'append' | 'all' | 'schema'

const remember = async (db: QueryExecutorProvider, name: string, rights: Rights): Promise<void> => {
  await sql`insert into granted_rights (name, rights) values (${name}, ${rights})
    on conflict (name) do update set rights = excluded.rights`.execute(db)
}

/** In a migration: the program may look at the table and add rows. */
export const grantAppend = (db: QueryExecutorProvider, table: string): Promise<void> => remember(db, table, 'append')

/** In a migration: the program may look at, add, change and remove rows. */
export const grantAll = (db: QueryExecutorProvider, table: string): Promise<void> => remember(db, table, 'all')

/** In a migration: the program may use every table and function of a schema, as a library's own schema needs. */
export const grantSchema = (db: QueryExecutorProvider, schema: string): Promise<void> => remember(db, schema, 'schema')

/** In a migration: refuses UPDATE, DELETE and TRUNCATE on the table to everybody, its owner included. */
export async function forbidChange(db: QueryExecutorProvider, table: string): Promise<void> {
  await sql`create or replace trigger forbid_change before update or delete or truncate on ${sql.table(table)}
    for each statement execute function forbid_change()`.execute(db)
}

async function grantTable(db: QueryExecutorProvider, name: string, { rights, role }: { rights: Rights; role: string }) {
  const table = sql.table(name)
  const grantee = sql.id(role)
  if (rights === 'all') await sql`grant select, insert, update, delete on ${table} to ${grantee}`.execute(db)
  if (rights !== 'append') return
  await sql`grant select, insert on ${table} to ${grantee}`.execute(db)
  await sql`revoke update, delete, truncate on ${table} from ${grantee}`.execute(db)
}

async function grantWholeSchema(db: QueryExecutorProvider, name: string, role: string) {
  const schema = sql.id(name)
  const grantee = sql.id(role)
  await sql`grant usage on schema ${schema} to ${grantee}`.execute(db)
  await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${grantee}`.execute(db)
  await sql`grant usage on all sequences in schema ${schema} to ${grantee}`.execute(db)
  await sql`grant execute on all functions in schema ${schema} to ${grantee}`.execute(db)
}

/** Grants what is remembered to the serving role where it is missing; does nothing when that role is the owner itself. */
export async function applyRights(db: QueryExecutorProvider, role: string, isAnew: boolean): Promise<void> {
  const { rows } = await sql<{ name: string; rights: Rights }>`
    select name, rights from granted_rights
    where current_user <> ${role} and (${isAnew} or case rights
      when 'schema' then not has_schema_privilege(${role}, name, 'usage')
      when 'all' then not has_table_privilege(${role}, name, 'delete')
      else not has_table_privilege(${role}, name, 'insert') or has_table_privilege(${role}, name, 'update') end)
    order by name`.execute(db)
  for (const { name, rights } of rows) {
    if (rights === 'schema') await grantWholeSchema(db, name, role)
    else await grantTable(db, name, { rights, role })
  }
}
