// The page of the code of conduct: the text, since when it is in force, how many accepted it, and the button to do so.
import { page } from '#acts/page.ts'
import { markdownToHtml } from '#base/markdown.ts'
import { stageBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import { type Html, html, link, raw } from '#html/html.ts'
import { table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { type Acceptance, acceptanceCounts, acceptancesOf, publications } from './tables.ts'
import { codeOfConduct } from './terms.ts'
import { hashOfCode, type Publication } from './words.ts'

const history = (texts: readonly Publication[], counts: ReadonlyMap<string, number>): Html =>
  table({
    caption: 'Texts so far',
    isCaptionHidden: true,
    columns: [
      { key: 'text', label: 'Text' },
      { key: 'since', label: 'In force since' },
      { key: 'until', label: 'Until' },
      { key: 'accepted', label: 'Accepted by', align: 'end' },
      { key: 'entry', label: 'Published in' },
    ],
    rows: texts.map(({ hash, title, since, entry }, index) => ({
      text: html`<div>${title}<br>${shortCode(hash, 12)}</div>`,
      since: dayTime(since),
      until: texts[index - 1]?.since ? dayTime(texts[index - 1]?.since ?? '') : html`<span class="quiet">today</span>`,
      accepted: counts.get(hash) ?? 0,
      entry: link({ label: 'receipt', href: `/record/${entry}` }),
    })),
    empty: 'The text has not been published in the record yet; that happens within a minute.',
  })

const peopleText = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

const standing = (own: Acceptance | undefined, isSignedIn: boolean): Html | undefined => {
  if (!isSignedIn) return undefined
  return own ? stageBadge('accepted by you', 'good') : stageBadge('not accepted by you', 'warn')
}

export const conductPage = page({
  path: '/conduct',
  async loads({ read, term, viewer, offer }) {
    const code = term(codeOfConduct)
    const hash = hashOfCode(code)
    const texts = await publications(read)
    const mine = viewer?.person ? await acceptancesOf(read, viewer.person) : []
    const own = mine.find(one => one.hash === hash)
    return {
      code,
      hash,
      texts,
      own,
      counts: await acceptanceCounts(read),
      acceptance: own ? undefined : await offer('conduct.accept', { hash }),
      isSignedIn: viewer?.person !== undefined,
    }
  },
  shows({ code, hash, texts, own, counts, acceptance, isSignedIn }, { action, clauses, foundation }) {
    const current = texts[0]?.hash === hash ? texts[0] : undefined
    const says = 'You accept exactly this text. When it changes, you are asked again.'
    return {
      title: code.title,
      standing: standing(own, isSignedIn),
      summary: `What everybody who takes part in ${foundation.short} agrees to, in plain words.`,
      facts: [
        { term: 'In force since', value: current ? dayTime(current.since) : 'being published now' },
        { term: 'Hash of the text (SHA-256)', value: shortCode(hash, 16) },
        { term: 'Accepted by', value: peopleText(counts.get(hash) ?? 0) },
        ...(own ? [{ term: 'Accepted by you', value: instantTime(own.accepted) }] : []),
        ...(code.address
          ? [{ term: 'Authoritative code', value: link({ label: code.address, href: code.address }) }]
          : []),
      ],
      clauses: clauses(acceptance?.refusal?.clauses ?? []),
      ...(acceptance && { next: [action(acceptance, { label: 'I accept this text', says, weight: 'main' })] }),
      sections: [
        {
          title: 'The text',
          id: 'text',
          // Cleaned by markdownToHtml.
          body: html`<div class="prose">${raw(markdownToHtml(code.text))}</div>`,
        },
        {
          title: 'Texts so far',
          id: 'history',
          says: 'Every text that came into force stands in the public record with its words, so that anybody can see what was accepted.',
          body: history(texts, counts),
        },
      ],
    }
  },
})
