// What the engine asks of Git: a history, a tree, contents and tags of one repository. An adapter answers, a test may.

/** One path of a commit's tree; submodules have mode 160000, symbolic links 120000. */
export type TreeEntry = { readonly mode: string; readonly id: string; readonly path: string }

/** `absent`: the object is not in this copy, as in a partial clone. It is never fetched on the way. */
export type Blob =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'too-large'; readonly size: number }
  | { readonly state: 'absent' }

/** Seconds since 1970, of the tag itself or, for a light tag, of its commit. */
export type Tag = { readonly name: string; readonly time: number }

/** `%x00`-separated `git log` fields; `not` leaves out what is reached from that commit. */
export type LogRequest = { readonly from: string; readonly format: string; readonly not?: string }

/** Keeps a file beside a mirror of our own. What cannot be kept is only slower the next time. */
export type Shelf = {
  readonly read: (name: string) => Promise<Uint8Array | undefined>
  /** Whole or not at all. */
  readonly write: (name: string, parts: readonly Uint8Array[]) => Promise<void>
}

/**
 * Methods may throw an Error with a `refusal` member, `{ kind, says }`: the assessment then answers with that sentence.
 * `log` yields bytes as they come: records and fields each end with or are split by NUL, as `git log -z` writes them.
 */
export type Git = {
  readonly address: string
  readonly isShallow: boolean
  readonly branch: string
  /** The commit that the branch is at. */
  readonly tip: string
  /** Seconds since 1970. A copy that was not fetched just now is known to be complete only up to its newest commit. */
  readonly seenUntil?: number
  /** Only of a mirror of our own: nothing is written into a repository that is somebody else's. */
  readonly shelf?: Shelf
  log(request: LogRequest): AsyncIterable<Uint8Array>
  tree(commit: string): Promise<readonly TreeEntry[]>
  blob(id: string): Promise<Blob>
  /** Each `Name <address>`, latin1 as the log gave it, as the `.mailmap` of that commit has it, in the same order. */
  mailmap(commit: string, people: readonly string[]): Promise<readonly string[]>
  tags(): Promise<readonly Tag[]>
}
