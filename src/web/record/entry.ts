// /record/:entry: one act whole: what was recorded, what is sealed, what it led to, and its proof.
import { type Page, page, type TimelineItem } from '#acts/page.ts'
import { code, codeBlock, shortCode } from '#html/code.ts'
import { type Html, html, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import { type Entry, entriesCausedBy, entryAt, entryBy, sealedOf } from '#record/queries.ts'
import { idsIn, type Names, namesFor } from '../names.ts'
import type { WebParts } from '../parts.ts'
import { itemsOf, sentenceOf } from '../timeline.ts'
import { shownValue } from './value.ts'

type Data = {
  readonly entry: Entry
  readonly item: TimelineItem
  readonly names: Names
  /** The sealed fields whose text still exists. */
  readonly kept: readonly string[]
  readonly follows: readonly TimelineItem[]
  readonly cause?: TimelineItem
  readonly sentence: string
}

const itemFor = async (parts: WebParts, id: string | undefined): Promise<TimelineItem | undefined> => {
  const entry = id ? await entryBy(parts.read, id) : undefined
  return entry && (await itemsOf(parts.engine.registry, parts.read, [entry]))[0]
}

const load = (parts: WebParts): Page<Data>['loads'] =>
  async function loads({ read, params }) {
    const wanted = params.entry ?? ''
    const numbered = /^\d{1,12}$/.test(wanted) ? await entryAt(read, Number(wanted)) : undefined
    if (numbered) return { movedTo: `/record/${numbered.id}` }
    const entry = await entryBy(read, wanted)
    if (!entry) return undefined
    const { registry } = parts.engine
    const [item] = await itemsOf(registry, read, [entry])
    if (!item) return undefined
    const cause = await itemFor(parts, entry.leaf.cause)
    return {
      entry,
      item,
      names: await namesFor(registry, read, idsIn([JSON.stringify(entry.leaf)])),
      kept: Object.keys(await sealedOf(read, entry.id)),
      follows: await itemsOf(registry, read, await entriesCausedBy(read, entry.id)),
      ...(cause && { cause }),
      sentence: sentenceOf(registry, entry.leaf),
    }
  }

function facts({ entry, names, kept }: Data): Html {
  const { facts: open, sealed = {} } = entry.leaf
  const rows = [
    ...Object.entries(open).map(([name, value]) => ({ name: code(name), value: shownValue(value, names) })),
    ...Object.entries(sealed).map(([name, commitment]) => ({
      name: code(name),
      value: html`${kept.includes(name) ? 'Sealed' : 'Erased'}; its commitment is ${shortCode(commitment)}`,
    })),
  ]
  return table({
    caption: 'What was recorded',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Fact' },
      { key: 'value', label: 'Value' },
    ],
    rows,
    empty: 'This act has no facts beside its time and its actor.',
  })
}

const proof = ({ entry }: Data): Html =>
  entry.index === null
    ? html`<p>This act is committed and waits for its place in the log; that takes less than a second. Load the page again.</p>`
    : html`<p>It is entry <strong>${entry.index}</strong> of the log. ${link({ label: 'Download the receipt', href: `/record/${entry.id}/receipt` })}
(a <code>.tlog-proof</code> file: the entry, its inclusion proof and the signed checkpoint). It can be checked without this site:
${link({ label: 'how to', href: '/record/check' })}.</p>`

const rulesWeighed = ({ entry, names }: Data): Html | undefined =>
  entry.leaf.weighed && shownValue(entry.leaf.weighed, names)

export const entryPage = (parts: WebParts): Page<Data> =>
  page({
    path: '/record/:entry',
    loads: load(parts),
    shows(data, view) {
      const { entry, item, cause, follows } = data
      const { leaf } = entry
      const weighed = rulesWeighed(data)
      return {
        kicker: html`Entry ${entry.index ?? 'without an index yet'}`,
        title: parts.engine.registry.acts.get(leaf.act)?.title ?? leaf.act,
        summary: html`${item.sentence}.`,
        crumbs: [{ label: 'The public record', href: '/record' }],
        facts: [
          { term: 'Act', value: link({ label: leaf.act, href: `/reference#${leaf.act}` }) },
          { term: 'When', value: instantTime(leaf.at, view.at) },
          { term: 'Capacity', value: leaf.actor.capacity },
          { term: 'Charter', value: shortCode(leaf.charter) },
          ...(leaf.mandate
            ? [{ term: 'Mandate', value: link({ label: 'the decision', href: `/record/${leaf.mandate}` }) }]
            : []),
        ],
        clauses: view.clauses(leaf.under),
        sections: [
          { title: 'What was recorded', body: facts(data) },
          { title: 'Proof', body: proof(data) },
          ...(cause ? [{ title: 'What led to it', body: view.timeline([cause]) }] : []),
          ...(follows.length > 0 ? [{ title: 'What followed from it', body: view.timeline(follows) }] : []),
          ...(weighed ? [{ title: 'What the rules weighed', body: weighed }] : []),
          {
            title: 'The leaf',
            says: 'What the log hashes, set out in lines; the hashed bytes are the same as canonical JSON, and lie in the receipt.',
            body: codeBlock(JSON.stringify(leaf, null, 2), 'The leaf as JSON'),
          },
        ],
      }
    },
  })
