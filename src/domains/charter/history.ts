// The pages about the charter's texts: which were in force when, what each changed, and their files word by word.
import { type PageRequest, page, type Shown } from '#acts/page.ts'
import { codeBlock, shortCode } from '#html/code.ts'
import { type Html, html } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { sayDay } from '#html/time.ts'
import { nameInWords } from './readable.ts'
import { type Change, comparison } from './rehearsal.ts'
import { readable, type Shelf } from './shelf.ts'
import { adoptions } from './tables.ts'

export const historyPage = () =>
  page({
    path: '/charter/history',
    loads: async ({ read }) => ({ adopted: await adoptions(read) }),
    shows: ({ adopted }) => ({
      title: 'History of the charter',
      summary:
        'Every text of the charter that was in force here, the newest first; each entry of the record names its own.',
      crumbs: [{ label: 'Charter', href: '/' }],
      isWide: true,
      sections: [
        {
          title: 'Texts in force',
          body: table({
            caption: 'Texts in force',
            isCaptionHidden: true,
            columns: [
              { key: 'since', label: 'Since' },
              { key: 'version', label: 'Version' },
              { key: 'text', label: 'Text' },
              { key: 'entry', label: 'Entry' },
            ],
            rows: adopted.map(({ hash, adoptedAt, entry }) => ({
              since: sayDay(adoptedAt),
              version: shortCode(hash),
              text: html`<a href="/charter/history/${hash}">files and changes</a>`,
              entry: html`<a href="/record/${entry}">entry</a>`,
            })),
            empty: 'No charter has been adopted yet.',
          }),
        },
      ],
    }),
  })

const changeList = (what: string, changes: readonly Change[]): Html =>
  html`<h3>${nameInWords(what)}</h3>${
    changes.length === 0
      ? html`<p>No change.</p>`
      : html`<ul>${changes.map(({ id, change }) => html`<li><code>${id}</code> ${change}</li>`)}</ul>`
  }`

const fileBlock = ([name, text]: [string, string]): Html =>
  html`<details><summary>${name}</summary>${codeBlock(text, name)}</details>`

async function loadsText(shelf: Shelf, { read, params }: PageRequest) {
  const { hash = '' } = params
  const kept = /^[0-9a-f]{64}$/.test(hash) ? await shelf.byHash(read, hash) : undefined
  if (!kept) return undefined
  const adopted = await adoptions(read)
  const own = adopted.find(one => one.hash === hash)
  const earlier = own ? own.replaces : adopted[0]?.hash
  const before = earlier ? await shelf.byHash(read, earlier) : undefined
  const isReadable = !!kept.loaded.charter || own !== undefined
  const changes = before && isReadable ? comparison(readable(shelf, before), readable(shelf, kept)) : undefined
  return { hash, own, changes, files: kept.files, keptAt: kept.keptAt, faults: kept.loaded.faults?.length ?? 0 }
}
type Text = NonNullable<Awaited<ReturnType<typeof loadsText>>>

type Changes = Readonly<Record<string, readonly Change[]>>

const changesSection = (changes: Changes, isAdopted: boolean): Section => ({
  title: isAdopted ? 'What it changed' : 'What it would change',
  body: html`${Object.entries(changes).map(([what, list]) => changeList(what, list))}`,
})

const showsText = (text: Text): Shown => ({
  title: `Charter ${text.hash.slice(0, 12)}`,
  summary: text.own ? `In force from ${sayDay(text.own.adoptedAt)}.` : 'A text that was handed in and is not in force.',
  crumbs: [
    { label: 'Charter', href: '/' },
    { label: 'History', href: '/charter/history' },
  ],
  facts: [
    { term: 'Hash', value: shortCode(text.hash) },
    { term: 'Public since', value: sayDay(text.keptAt) },
    ...(text.faults > 0 ? [{ term: 'Faults under this program', value: text.faults }] : []),
  ],
  sections: [
    ...(text.changes ? [changesSection(text.changes, text.own !== undefined)] : []),
    { title: 'Files', body: html`${Object.entries(text.files).map(fileBlock)}` },
  ],
})

/** Any text that was handed in can be read, adopted or not: a proposal is public before it is decided. */
export const textPage = (shelf: Shelf) =>
  page({ path: '/charter/history/:hash', loads: request => loadsText(shelf, request), shows: showsText })
