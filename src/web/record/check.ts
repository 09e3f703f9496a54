// /record/check: how anybody checks the record, with this program or with tools that are not ours.
import { type Page, page } from '#acts/page.ts'
import { code, codeBlock } from '#html/code.ts'
import { html } from '#html/html.ts'
import type { WebParts } from '../parts.ts'

export const checkPage = (parts: WebParts): Page<object> =>
  page({
    path: '/record/check',
    loads: async () => ({}),
    shows: () => ({
      title: 'Check it yourself',
      summary: 'The record can be checked by anybody, with this program or with tools made by others.',
      crumbs: [{ label: 'The public record', href: '/record' }],
      facts: [{ term: 'Key of the log', value: code(parts.vkey) }],
      sections: [
        {
          title: 'With this program',
          says: 'It reads every entry, rebuilds the tree, checks the signature, and names the first entry that is wrong.',
          body: codeBlock(`guildhall verify ${parts.baseUrl}/log --vkey '${parts.vkey}'`, 'Command to verify the log'),
        },
        {
          title: 'With other tools',
          body: html`<p>The log is a C2SP tlog-tiles log with a C2SP tlog-checkpoint, signed with Ed25519 as a signed note.
Programs that read such logs need the key above and this address:</p>
${codeBlock(`${parts.baseUrl}/log/checkpoint\n${parts.baseUrl}/log/tile/0/000.p/W\n${parts.baseUrl}/log/tile/entries/000.p/W`, 'Addresses of the log')}
<p>Hashes are SHA-256 as in RFC 6962; each entry is canonical JSON (RFC 8785). A receipt is a <code>c2sp.org/tlog-proof@v1</code> file:
the index, the inclusion proof and the signed checkpoint.</p>`,
        },
        {
          title: 'What it proves',
          body: html`<ul><li>That an act stands in the log at its place, unchanged since the checkpoint was signed.</li>
<li>That a later log contains the earlier one: nothing was taken out or put in between.</li>
<li>Not that what was recorded is true: for that each entry names who did it, in which capacity and under which clause.</li></ul>`,
        },
      ],
    }),
  })
