// /record: every act, newest first, found by act, by clause or by what it is about.
import { type Page, page, type TimelineItem } from '#acts/page.ts'
import { filters, pager } from '#html/filter.ts'
import { html } from '#html/html.ts'
import { entriesPage, latestCheckpoint } from '#record/queries.ts'
import type { WebParts } from '../parts.ts'
import { itemsOf } from '../timeline.ts'

const perPage = 50

type Data = {
  readonly items: readonly TimelineItem[]
  readonly older?: string
  readonly act?: string
  readonly about?: string
  readonly isFirst: boolean
  readonly size: number
  readonly signed?: string
}

const address = (query: Record<string, string | undefined>): string => {
  const set = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]))
  return set.size > 0 ? `/record?${set}` : '/record'
}

const load = (parts: WebParts): Page<Data>['loads'] =>
  async function loads({ read, query }) {
    const [act, about, before] = ['act', 'about', 'before'].map(name => query.get(name) || undefined)
    const found = await entriesPage(read, { limit: perPage + 1, act, subject: about, before })
    const shown = found.slice(0, perPage)
    const checkpoint = await latestCheckpoint(read)
    return {
      items: await itemsOf(parts.engine.registry, read, shown),
      isFirst: before === undefined,
      size: checkpoint?.size ?? 0,
      ...(checkpoint && { signed: checkpoint.at }),
      ...(act && { act }),
      ...(about && { about }),
      ...(found.length > perPage && { older: address({ act, about, before: shown.at(-1)?.id }) }),
    }
  }

export const recordPage = (parts: WebParts): Page<Data> =>
  page({
    path: '/record',
    loads: load(parts),
    shows(data, view) {
      const { act, about, items, older, isFirst, size } = data
      const choices = [...parts.engine.registry.acts.values()].map(({ name, title }) => ({ value: name, label: title }))
      const chips = [
        ...(act ? [{ label: `Act: ${act}`, href: address({ about }) }] : []),
        ...(about ? [{ label: `About: ${about}`, href: address({ act }) }] : []),
      ]
      const search = filters({
        action: '/record',
        search: { name: 'about', label: 'About (an id)', ...(about && { value: about }) },
        selects: [{ name: 'act', label: 'Act', any: 'Any act', choices, ...(act && { value: act }) }],
        chips,
        clear: '/record',
      })
      const pages = pager({
        ...(!isFirst && { newer: address({ act, about }) }),
        ...(older && { older }),
        summary: `${items.length} acts shown${chips.length > 0 ? ', filtered' : ` of ${size} in the log`}`,
      })
      return {
        title: 'The public record',
        summary: 'Every act of the foundation, in the order it was done, in a log that nobody can change unseen.',
        isWide: true,
        facts: [
          { term: 'Entries', value: size },
          { term: 'Latest checkpoint', value: html`<a href="/log/checkpoint">signed</a>` },
          { term: 'Proof', value: html`<a href="/record/check">check it yourself</a>` },
        ],
        sections: [{ title: 'Acts', body: html`${search}${view.timeline(items)}${pages}` }],
      }
    },
  })
