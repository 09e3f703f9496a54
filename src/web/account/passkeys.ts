// /account/passkeys: passkeys of one's own devices; added with a script, listed and removed without.
import type { Context, Hono } from 'hono'
import { type Html, html } from '#html/html.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import { showPage } from '../pages.ts'
import type { PasskeyInfo, WebParts } from '../parts.ts'
import { scriptPath } from '../scripts.ts'
import { forPerson, type Own } from './own.ts'

const remove = ({ id, name }: PasskeyInfo): Html =>
  html`<form method="post" action="/account/passkeys/${id}/remove"><button class="plain">Remove<span class="sr"> ${name}</span></button></form>`

const passkeyTable = (parts: WebParts, passkeys: readonly PasskeyInfo[]): Html =>
  table({
    caption: 'Your passkeys',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Name' },
      { key: 'made', label: 'Added' },
      { key: 'remove', label: 'Change' },
    ],
    rows: passkeys.map(passkey => ({
      name: passkey.name,
      made: passkey.made && instantTime(passkey.made.toISOString(), parts.now()),
      remove: remove(passkey),
    })),
    empty: 'You have no passkeys. A link by mail signs you in.',
  })

const adding: Html = html`<div data-passkey="add" data-next="/account/passkeys">
<p data-without>Adding a passkey needs JavaScript and a recent browser; yours has it off or does not know passkeys. A link by mail signs you in all the same.</p>
<div data-with hidden><div class="form"><div class="field"><label for="passkey-name">Name of the device</label>
<input type="text" id="passkey-name" maxlength="60" autocomplete="off" placeholder="Passkey"></div>
<div class="form-end"><button type="button" class="main">Add a passkey</button></div></div></div>
<p role="status" data-status></p></div>`

const show = async (parts: WebParts, context: Context, { visitor, account }: Own): Promise<Response> =>
  showPage(parts, context, {
    visitor,
    isPrivate: true,
    shown: {
      title: 'Passkeys',
      summary:
        'A passkey signs you in with the lock of your own device, without a mail. The device keeps its secret half.',
      crumbs: [{ label: 'Your account', href: '/account' }],
      sections: [
        { title: 'Passkeys you have', body: passkeyTable(parts, await parts.signIn.passkeysOf(account.id)) },
        { title: 'Another passkey', body: adding },
      ],
      scripts: [scriptPath('passkey')],
    },
  })

export function mountPasskeys(site: Hono, parts: WebParts): void {
  site.get(
    '/account/passkeys',
    forPerson(parts, (context, own) => show(parts, context, own)),
  )
  site.post(
    '/account/passkeys/:passkey/remove',
    forPerson(parts, async (context, { account }) => {
      await parts.signIn.removePasskey(account.id, context.req.param('passkey') ?? '')
      return context.redirect('/account/passkeys', 303)
    }),
  )
}
