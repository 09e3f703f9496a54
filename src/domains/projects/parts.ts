// Pieces that several pages of projects share: standings, names with links, markdown, a list of projects.
import type { PageRequest } from '#acts/page.ts'
import { markdownToHtml } from '#base/markdown.ts'
import { stageBadge } from '#html/badge.ts'
import { type Html, html, link, raw } from '#html/html.ts'
import { stageName } from './rules.ts'
import type { Stage } from './terms.ts'
import type { Application, ApplicationStage, Project } from './words.ts'

export type Names = Awaited<ReturnType<PageRequest['names']>>

export const called = (names: Names, id: string | null): Html => {
  const known = id ? names.get(id) : undefined
  return known?.href ? link({ label: known.label, href: known.href }) : html`${known?.label ?? 'erased'}`
}

export const listed = (names: Names, ids: readonly string[], none: string): Html =>
  ids.length === 0
    ? html`<span class="quiet">${none}</span>`
    : html`${ids.map((id, index) => html`${index > 0 && ', '}${called(names, id)}`)}`

const tones = {
  filed: 'plain',
  'under-review': 'warn',
  admitted: 'good',
  declined: 'bad',
  withdrawn: 'quiet',
} as const satisfies Record<ApplicationStage, string>

export const applicationBadge = ({ stage }: Pick<Application, 'stage'>): Html =>
  stageBadge(stage.replace('-', ' '), tones[stage])

export const projectBadge = ({ stage, isArchived }: Project, stages: readonly Stage[]): Html =>
  html`${stageBadge(stageName(stages, stage), isArchived ? 'quiet' : 'good')}${isArchived && html` ${stageBadge('archived', 'quiet')}`}`

/** People's own text: markdown, cleaned. */
export const prose = (text: string): Html => raw(markdownToHtml(text))

export const projectLink = ({ name, slug }: Pick<Project, 'name' | 'slug'>): Html =>
  link({ label: name, href: `/projects/${slug}` })

export const repositoryLink = (repository: string): Html =>
  repository.startsWith('/')
    ? html`<code>${repository}</code>`
    : link({ label: repository.replace(/^https?:\/\//, ''), href: repository })

export const similarList = (projects: readonly Project[]): Html =>
  html`<ul>${projects.map(project => html`<li>${projectLink(project)}${project.subcategory && html` <span class="quiet">${project.category} / ${project.subcategory}</span>`}</li>`)}</ul>`

export const numberIn = (query: URLSearchParams, name: string): number => {
  const number = Number(query.get(name) ?? '1')
  return Number.isSafeInteger(number) && number > 0 && number < 100_000 ? number : 1
}
