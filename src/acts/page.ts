// A page of the site: what to load, and how the loaded data is shown. Pages fetch nothing and know no HTTP.

import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Action } from '#html/action.ts'
import type { ClauseLink } from '#html/clause.ts'
import type { Html, Link } from '#html/html.ts'
import type { PageParts } from '#html/page.ts'
import type { Actor, AnyAct } from './act.ts'
import type { Picks } from './domain.ts'
import type { Refusal } from './problem.ts'
import type { Settled } from './term.ts'

export type NavItem = { readonly label: string; readonly href: string; readonly order: number }

/** An act offered on a page: rehearsed, so that a button that is off can say why. */
export type Offer = {
  readonly act: AnyAct
  readonly input: Record<string, unknown>
  /** Undefined: it may be done now by this viewer. */
  readonly refusal?: Refusal
  /** Fields still to be filled in by the viewer; the rest of `input` is hidden in the form. */
  readonly asks: readonly string[]
  /** What may be chosen in the fields asked, by the kind that a field `picks`. */
  readonly picks?: Picks
}

export type TimelineItem = {
  readonly entry: string
  /** Null while it waits for the sequencer. */
  readonly index: number | null
  readonly act: string
  readonly at: Instant
  readonly actor: Actor
  /** Name of the actor and the sentence, with ids already turned into links. */
  readonly sentence: Html
  readonly under: readonly string[]
  readonly hasSealed: boolean
}

export type Viewer = { readonly person?: string; readonly name: string; readonly capacities: readonly Actor[] }

/** What later domains have to say about one thing, for the page that an earlier one shows of it. */
export type Addition = {
  readonly facts?: PageParts['facts']
  readonly next?: PageParts['next']
  readonly sections?: PageParts['sections']
}
export type Added = (view: PageView) => Required<{ [Part in keyof Addition]: NonNullable<Addition[Part]> }>

/** What a page's `loads` may use. */
export type PageRequest = {
  readonly read: Read
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly viewer?: Viewer
  readonly at: Instant
  readonly term: Settled
  /** Rehearses an act for the viewer (for nobody: the refusal says to sign in). */
  readonly offer: (act: string, input: Record<string, unknown>, asks?: readonly string[]) => Promise<Offer>
  /** The newest acts about an id, or by a person. */
  readonly timeline: (subject: string, limit?: number) => Promise<readonly TimelineItem[]>
  /** What later domains add to the page of this thing, in their order of standing. */
  readonly added: (subject: string) => Promise<Added>
  /** Names and page addresses for ids of any kind. */
  readonly names: (ids: readonly string[]) => Promise<ReadonlyMap<string, { label: string; href?: string }>>
}

/** What a page's `shows` may use. */
export type PageView = {
  readonly at: Instant
  readonly viewer?: Viewer
  /** The address of the page itself, for forms that come back to it. */
  readonly here: string
  /** A form for an offer, or the reason why it is off with the clause and the remedy; for `next` or a section's body. */
  readonly action: (
    offer: Offer,
    more?: {
      label?: string
      says?: string
      weight?: 'main' | 'plain' | 'grave'
      /** Where it leads when done, if not back here: `/motions/{motion}` is filled in from the facts. */
      leadsTo?: string
    },
  ) => Action
  readonly timeline: (items: readonly TimelineItem[]) => Html
  /** Links to clauses with their pledges. */
  readonly clauses: (ids: readonly string[]) => readonly ClauseLink[]
  readonly foundation: { readonly name: string; readonly short: string }
}

/** What `shows` gives: the anatomy of every page (`src/html/page.ts`), and the way back to the lists it stands in. */
export type Shown = PageParts & {
  readonly crumbs?: readonly Link[]
  /** Seconds after which the page looks again by itself: only while work is under way. */
  readonly looksAgain?: number
}

export type Page<Data = never> = {
  /** Hono's form: `/projects/:project`. */
  readonly path: string
  /** Pages that show private facts are never cached, and want a sign-in. */
  readonly needsSignIn?: boolean
  /** Undefined: there is no such thing. A string: the page has moved there. */
  readonly loads: (request: PageRequest) => Promise<Data | undefined | { readonly movedTo: string }>
  readonly shows: (data: Data, view: PageView) => Shown
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form of a checked declaration
export type AnyPage = Page<any>

export const page = <Data>(declared: Page<Data>): Page<Data> => declared
