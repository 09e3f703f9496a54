// /privacy and /security: what is kept about people, who sees it, and for how long; and whom to tell of a weakness.
import { type Page, page } from '#acts/page.ts'
import { type Html, html, link } from '#html/html.ts'
import { table } from '#html/table.ts'

type Kept = { readonly what: string; readonly sees: string; readonly until: string }

const kept: readonly Kept[] = [
  {
    what: 'What you do here: each act with your id, the capacity you did it in, and when',
    sees: 'Everybody, in the public record',
    until: 'For good. It names an id, not a name',
  },
  {
    what: 'Your name',
    sees: 'Everybody if you let it be shown, otherwise you alone',
    until: 'Until you change it or erase yourself',
  },
  {
    what: 'Whom you work for, from when until when',
    sees: 'Everybody, because rules about interests depend on it',
    until: 'For good, tied to your id',
  },
  {
    what: 'Which text of the code of conduct you accepted, and when',
    sees: 'Everybody, in the public record',
    until: 'For good, tied to your id',
  },
  {
    what: 'Sealed facts, such as contacts in an application. The record holds only a salted hash of them',
    sees: 'Whoever the act is for, as its page says',
    until: 'Until the person they are about erases themselves',
  },
  {
    what: 'Your mail address, sign-in with other sites, passkeys (their public half) and API keys (their hash)',
    sees: 'Nobody; letters to you are sent there',
    until: 'Until you remove them or erase yourself',
  },
  {
    what: 'Your sessions: a random number and two dates. No address and no name of your browser',
    sees: 'Nobody',
    until: '30 days, or until you sign out',
  },
  { what: 'Links that sign you in, as a hash with your mail address', sees: 'Nobody', until: '15 minutes' },
  {
    what: 'Letters, where no mail server is set up',
    sees: 'Whoever runs this machine',
    until: '30 days, or until you erase yourself. Letters to others then no longer name you',
  },
  {
    what: 'The log of the program: faults, by the number of a request. No names, no mail addresses, no addresses of machines',
    sees: 'Whoever runs this machine',
    until: 'As long as they keep it',
  },
]

const keptTable: Html = table({
  caption: 'What is kept',
  isCaptionHidden: true,
  columns: [
    { key: 'what', label: 'What' },
    { key: 'sees', label: 'Who sees it' },
    { key: 'until', label: 'For how long' },
  ],
  rows: kept.map(row => ({ ...row })),
  empty: 'Nothing.',
})

export const privacyPage: Page<object> = page({
  path: '/privacy',
  loads: async () => ({}),
  shows: (_, { foundation }) => ({
    title: 'Privacy',
    summary: `What the ${foundation.name} keeps about you here, who sees it, and for how long.`,
    isWide: true,
    sections: [
      { title: 'What is kept', id: 'kept', body: keptTable },
      {
        title: 'The record and you',
        id: 'record',
        body: html`<p>The ${link({ label: 'public record', href: '/record' })} is a log that nobody can change unseen, so nothing is taken out of it.
That is why names and private matter are never put into it: it holds ids, and for what is sealed a salted hash. Who an id belongs to lies apart.
When you erase yourself, the name, the sign-in and the sealed facts are destroyed, with the salts, so that the hashes lead nowhere. The record stays whole and says “erased”.</p>`,
      },
      {
        title: 'What you can do',
        id: 'rights',
        body: html`<p>On ${link({ label: 'your account', href: '/account' })} you can show or withhold your name, correct what is stated about you, take everything held about you with you as a file, and erase yourself.</p>`,
      },
      {
        title: 'Cookies and trackers',
        id: 'cookies',
        body: html`<p>One cookie, and only when you sign in: it holds your session, and no script can read it. While you sign in with another site or a passkey
there is a second one for some minutes, which ties the answer to your browser. Nothing counts or follows visitors, and no page loads anything from another site.</p>`,
      },
    ],
  }),
})

export const securityPage: Page<object> = page({
  path: '/security',
  loads: async () => ({}),
  shows: (_, { foundation }) => ({
    title: 'Telling of a weakness',
    summary: `How to tell the ${foundation.name} that something here is not as safe as it should be.`,
    sections: [
      {
        title: 'Whom to tell',
        body: html`<p>Tell the foundation’s staff in private; who they are stands under ${link({ label: 'bodies and seats', href: '/bodies' })}.
Say what you did, what you saw, and what you expected. Please give them time to mend it before you tell others.</p>`,
      },
      {
        title: 'What helps',
        body: html`<p>Try it on your own accounts only, keep away from other people’s data, and do not load the server more than a reader would.
Whether the record was tampered with, ${link({ label: 'anybody can check', href: '/record/check' })}.</p>`,
      },
    ],
  }),
})
