// Everything about signing in and being signed in, mounted.
import type { Hono } from 'hono'
import type { WebParts } from '../parts.ts'
import { mountDesk } from './desk.ts'
import { mountKeys } from './keys.ts'
import { mountLink } from './link.ts'
import { mountOutbox, type Outbox } from './outbox.ts'
import { mountPasskeys } from './passkeys.ts'
import { mountProviders } from './providers.ts'
import { mountSignIn } from './sign-in.ts'
import { mountWelcome } from './welcome.ts'

export function mountAccount(site: Hono, parts: WebParts, options: { readonly outbox?: Outbox }): void {
  mountSignIn(site, parts, { outbox: options.outbox !== undefined })
  mountLink(site, parts)
  mountProviders(site, parts)
  mountWelcome(site, parts)
  mountDesk(site, parts)
  mountKeys(site, parts)
  mountPasskeys(site, parts)
  if (options.outbox) mountOutbox(site, parts, options.outbox)
}
