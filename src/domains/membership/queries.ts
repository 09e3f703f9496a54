// Looking up members. Other domains see these through the door.
import type { Read } from '#database/handles.ts'
import { memberOf, type Tables } from './tables.ts'
import type { Member } from './words.ts'

const members = (read: Read) => read.on<Tables>().selectFrom('members').selectAll()

/** The membership of an organisation that has not ended. */
export async function memberBy(read: Read, organisation: string): Promise<Member | undefined> {
  const row = await members(read)
    .where('organisation', '=', organisation)
    .where('standing', '<>', 'ended')
    .executeTakeFirst()
  return row && memberOf(row)
}

/** Every membership an organisation has or had, the newest first. */
export async function membershipsOf(read: Read, organisation: string): Promise<readonly Member[]> {
  const rows = await members(read)
    .where('organisation', '=', organisation)
    .orderBy('from', 'desc')
    .orderBy('entry', 'desc')
    .execute()
  return rows.map(memberOf)
}

/** Those wanted, the longest members first; former ones only where `standing` asks for them. */
export async function membersWanted(
  read: Read,
  { class: key, standing }: { class?: string; standing?: Member['standing'] } = {},
): Promise<readonly Member[]> {
  const rows = await members(read)
    .$if(key !== undefined, query => query.where('class', '=', key ?? ''))
    .where('standing', standing === undefined ? '<>' : '=', standing ?? 'ended')
    .orderBy('from')
    .orderBy('entry')
    .execute()
  return rows.map(memberOf)
}
