// Releases as a section of a page: what the tags tell.
import { html } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { sayReleases } from './releases.ts'
import type { Assessment } from './words.ts'

const formula =
  'Tags that name a version, by their own dates; candidates and nightly builds are left out. Tags are not part of a commit: a copy without them shows none.'

/** Nothing for a paper of an older engine. */
export const releasesSection = ({ releases }: Pick<Assessment, 'releases'>): Section[] =>
  releases ? [{ title: 'Releases', id: 'releases', says: formula, body: html`<p>${sayReleases(releases)}.</p>` }] : []
