// Every "no" that Git's side of the house can give: a kind for programs, one sentence for people, nothing of the inside.

export type GitRefusal = { readonly kind: GitRefusalKind; readonly says: string }
export type GitRefusalKind = keyof typeof sentences

const sentences = {
  'unfit-address': 'Give the address of a repository as https://host/path, without a user name or password.',
  'private-network': 'This address leads into a private network, which is not allowed.',
  'local-not-allowed': 'Local repositories are read only from folders that the operator has allowed.',
  'unknown-host': 'No host of this name was found.',
  unreachable: 'The repository could not be reached. Try again later.',
  untrusted:
    'The certificate of this address is not valid: it ran out, is for another name, or nobody known issued it.',
  'not-found': 'No public repository was found at this address.',
  'too-many-redirects': 'The address redirects again and again. Give the address at which the repository is.',
  'not-a-repository': 'No Git repository was found there.',
  empty: 'The repository has no commits yet.',
  'too-large': 'The repository is larger than the limit for assessments.',
  'too-slow': 'The repository took longer than the time limit.',
  'no-space': 'There is no room left on the disk for this repository. The operator has to make some.',
  'no-git': 'Git was not found on this machine. The operator has to install it, or to put it on the PATH.',
  damaged: 'The repository, or this copy of it, is damaged or lacks objects.',
  stopped: 'The assessment was stopped.',
} as const

export const refusal = (kind: GitRefusalKind): GitRefusal => ({ kind, says: sentences[kind] })

/** Thrown inside the adapter and by a mirror's readers; its `refusal` is all that is ever shown. */
export class GitFailure extends Error {
  override name = 'GitFailure'
  readonly refusal: GitRefusal
  constructor(kind: GitRefusalKind) {
    super(sentences[kind])
    this.refusal = refusal(kind)
  }
}
