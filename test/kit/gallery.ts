// A page with every part of the site's look, for looking at and for tests in a browser.
import { stageBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import { empty } from '#html/empty.ts'
import { form } from '#html/form.ts'
import { type Html, html } from '#html/html.ts'
import { document } from '#html/layout.ts'
import { notice } from '#html/notice.ts'
import { page } from '#html/page.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import {
  acts,
  charts,
  counts,
  errors,
  finder,
  hash,
  hostile,
  longWord,
  notice14,
  now,
  quorum,
  registerTable,
  schema,
  standings,
  typed,
} from './gallery-parts.ts'

export const motion = page({
  kicker: html`<a href="/motions">Motion</a> of the technical council`,
  title: 'Admit Brindle as an ecosystem project',
  standing: stageBadge('Open to votes', 'warn'),
  summary: 'The council decides whether Brindle joins the landscape; more than half of its seats must say yes.',
  facts: [
    { term: 'Mover', value: html`<a href="/seats/2">Seat 2</a>` },
    {
      term: 'Closes',
      value: instantTime('2026-11-25T18:00:00.000Z', now),
      source: { label: 'term', href: '/terms/voting' },
    },
    { term: 'Entry', value: shortCode(hash) },
    { term: 'Repository', value: `https://example.org/${longWord}` },
  ],
  clauses: [quorum, notice14],
  next: [
    {
      kind: 'form',
      label: 'Vote for',
      to: '/motions/vote',
      csrf: 'token',
      hidden: { motion: 'mot_1' },
      weight: 'main',
      says: 'Your vote is public once the motion closes.',
    },
    {
      kind: 'off',
      label: 'Second the motion',
      reason: 'The mover cannot second their own motion',
      clause: quorum,
      remedy: 'Any other seat of the council may second it.',
    },
    { kind: 'link', label: 'Recuse yourself', href: '/motions/recuse' },
    { kind: 'form', label: 'Withdraw', to: '/motions/withdraw', weight: 'grave' },
  ],
  sections: [
    { title: 'How the vote stands', body: counts },
    { title: 'Standings and code', body: standings },
    { title: 'Measures', body: charts },
    {
      title: 'Awkward rows',
      body: html`${registerTable('Awkward rows', hostile)}${registerTable('Nothing found', [])}${empty('No motions yet.', { label: 'Propose one', href: '/motions/new' })}`,
    },
    {
      title: 'Figures',
      body: table({
        caption: 'Votes by seat',
        narrow: 'scroll',
        empty: '',
        columns: ['seat', ...'abcdefghij'].map((key, index) => ({
          key,
          label: `Motion ${key}`,
          align: index > 0 ? 'end' : 'start',
        })),
        rows: [
          { seat: 'Seat 1', a: 1, b: 2 },
          { seat: 'Seat 2', c: 3 },
        ],
      }),
    },
    {
      title: 'Apply',
      says: 'What a council needs to decide; only the contact is sealed.',
      body: form({
        name: 'apply',
        action: '/apply',
        schema,
        values: typed,
        errors,
        submit: 'File the application',
        csrf: 'token',
        after: 'The repository is assessed at once.',
      }),
    },
    { title: 'A fresh form', body: form({ name: 'fresh', action: '/apply', schema, submit: 'File' }) },
  ],
  timeline: acts,
})

export const accent = '#b5532a'
export const gallery = (body: Html, theme?: 'light' | 'dark'): string =>
  document({
    title: 'Gallery',
    description: 'Every part in many states.',
    theme,
    foundation: { name: 'Fernhill Foundation', accent },
    nav: ['Charter', 'Projects', 'Bodies', 'Motions', 'Members', 'Record'].map(label => ({
      label,
      href: `/${label}`,
      isCurrent: label === 'Motions',
    })),
    account: html`<a href="/sign-in">Sign in</a>`,
    crumbs: [
      { label: 'Motions', href: '/motions' },
      { label: 'Technical council', href: '/bodies/council' },
    ],
    notice: html`${notice({ kind: 'success', title: 'Your vote is recorded.', receipt: { label: 'Receipt of entry 1,205', href: '/record/1205' } })}${notice({ kind: 'warning', title: 'This motion closes in 3 days.' })}${notice({ kind: 'error', title: 'The vote was not recorded.', says: 'The motion had closed; nothing was changed.' })}`,
    body,
    colophon: {
      charter: { label: 'Charter, version 4', href: '/charter' },
      checkpoint: { label: 'Checkpoint at 1,205 entries', href: '/log/checkpoint' },
      links: [
        { label: 'Record', href: '/record' },
        { label: 'API', href: '/api' },
        { label: 'Source', href: 'https://example.org/source' },
      ],
      feeds: [{ label: 'Atom', href: '/feed.atom', type: 'application/atom+xml' }],
      generated: now,
    },
  }).toString()

export const registerPage = page({
  kicker: 'Register',
  title: 'Projects',
  summary: 'Every project of the foundation, with its stage and when it got there.',
  isWide: true,
  facts: [
    { term: 'Admitted', value: 160 },
    { term: 'Applied', value: 40 },
    { term: 'Declined', value: 0 },
  ],
  sections: [{ title: 'All projects', body: finder }],
})
