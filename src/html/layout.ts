// The whole document around a page: head, masthead, landmarks and colophon. No inline style or script anywhere.
import { themeAssets } from './assets.ts'
import { type Child, type Html, html, type Link, link, safeHref } from './html.ts'
import { hallMark } from './icon.ts'
import { instantTime } from './time.ts'

export type NavLink = Link & { readonly isCurrent?: boolean }
export type Feed = Link & { readonly type: 'application/atom+xml' | 'application/feed+json' }

export type Foundation = {
  readonly name: string
  /** One hex colour; the accessible shades are derived from it. */
  readonly accent: string
  readonly mark?: Html
  readonly home?: string
}

export type Colophon = {
  readonly charter?: Link
  readonly checkpoint?: Link
  readonly links?: readonly Link[]
  readonly feeds?: readonly Feed[]
  /** When this page was made, as an instant. */
  readonly generated?: string
}

export type DocumentParts = {
  readonly title: string
  readonly description?: string
  readonly foundation: Foundation
  readonly nav: readonly NavLink[]
  readonly account: Html
  readonly crumbs?: readonly Link[]
  readonly notice?: Html
  readonly body: Html
  readonly colophon: Colophon
  readonly canonical?: string
  /** Addresses of browser modules; every page must work without them. */
  readonly scripts?: readonly string[]
  readonly theme?: 'light' | 'dark'
  readonly language?: string
  /** Keeps a page out of search engines: desks, forms, sealed matters. */
  readonly isPrivate?: boolean
}

const feedHead = ({ label, href, type }: Feed): Html =>
  html`<link rel="alternate" type="${type}" title="${label}" href="${safeHref(href)}">\n`

function head(parts: DocumentParts): Html {
  const { css, icon } = themeAssets(parts.foundation.accent)
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title === parts.foundation.name ? parts.title : `${parts.title} · ${parts.foundation.name}`}</title>
${parts.description && html`<meta name="description" content="${parts.description}">`}
${parts.isPrivate && html`<meta name="robots" content="noindex">`}
${parts.canonical && html`<link rel="canonical" href="${safeHref(parts.canonical)}">`}
<link rel="stylesheet" href="${css.path}">
<link rel="icon" type="image/svg+xml" href="${icon.path}">
${parts.colophon.feeds?.map(feedHead)}${parts.scripts?.map(href => html`<script type="module" src="${href}"></script>\n`)}</head>`
}

const navItem = ({ label, href, isCurrent }: NavLink): Html =>
  html`<li><a href="${safeHref(href)}"${isCurrent && html` aria-current="page"`}>${label}</a></li>`

// The list stands twice, one of them always display:none: a row where there is room, a fold where there is not.
function masthead({ foundation, nav, account }: DocumentParts): Html {
  const items = html`<ul>${nav.map(navItem)}</ul>`
  return html`<header class="masthead"><div class="measure">
<div class="brand-row"><a class="brand" href="${foundation.home ?? '/'}">${foundation.mark ?? hallMark}<span>${foundation.name}</span></a>
<div class="account">${account}</div></div>
<nav class="nav-wide" aria-label="Main">${items}</nav>
<details class="nav-narrow"><summary>Menu</summary><nav aria-label="Main menu">${items}</nav></details>
</div></header>`
}

const crumbTrail = (crumbs: readonly Link[]): Html =>
  html`<nav class="crumbs" aria-label="Where you are"><ol>${crumbs.map(crumb => html`<li>${link(crumb)}</li>`)}</ol></nav>`

const listed = (label: string, items: readonly Child[]): Child =>
  items.length > 0 &&
  html`<div><p class="colophon-label">${label}</p><ul>${items.map(item => html`<li>${item}</li>`)}</ul></div>`

function colophon({ foundation, colophon: foot }: DocumentParts): Html {
  const proofs = [foot.charter, foot.checkpoint].filter(found => found !== undefined)
  return html`<footer class="colophon"><div class="measure">
<div class="colophon-name"><p>${foundation.name}</p><p class="quiet">Run by its charter, in the open. Every change is an entry in the public record.</p></div>
${listed('In force', proofs.map(link))}${listed('Look inside', (foot.links ?? []).map(link))}${listed('Follow', (foot.feeds ?? []).map(link))}
${foot.generated && html`<p class="generated quiet">Page made ${instantTime(foot.generated)}.</p>`}
</div></footer>`
}

export function document(parts: DocumentParts): Html {
  const language = parts.language ?? 'en-GB'
  return html`<!doctype html>
<html lang="${language}"${parts.theme && html` data-theme="${parts.theme}"`}>
${head(parts)}
<body>
<a class="skip" href="#main">Skip to the page</a>
${masthead(parts)}
<main id="main" tabindex="-1" class="measure">
${parts.crumbs && parts.crumbs.length > 0 && crumbTrail(parts.crumbs)}${parts.notice}
${parts.body}
</main>
${colophon(parts)}
</body>
</html>`
}
