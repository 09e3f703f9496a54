// The pages that belong to no domain: the record, the reference, and the way in.
import type { Hono } from 'hono'
import { mountAccount } from './account/mount.ts'
import type { Outbox } from './account/outbox.ts'
import { mountPages } from './pages.ts'
import type { WebParts } from './parts.ts'
import { mountPlain } from './plain.ts'
import { privacyPage, securityPage } from './privacy.ts'
import { checkPage } from './record/check.ts'
import { entryPage } from './record/entry.ts'
import { mountRecordFiles } from './record/files.ts'
import { recordPage } from './record/list.ts'
import { referencePage } from './reference/acts.ts'
import { problemPage, problemsPage } from './reference/problems.ts'

export type HousePages = {
  /** The outbox, where mails land in one that this machine may read. */
  readonly outbox?: Outbox
}

export const mountHousePages =
  (options: HousePages) =>
  (site: Hono, parts: WebParts): void => {
    mountPlain(site, parts)
    mountAccount(site, parts, options)
    mountRecordFiles(site, parts)
    mountPages(site, parts, [recordPage(parts), checkPage(parts), entryPage(parts)])
    mountPages(site, parts, [referencePage(parts), problemsPage(parts), problemPage(parts)])
    mountPages(site, parts, [privacyPage, securityPage])
  }
