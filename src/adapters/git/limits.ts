// How much of this machine one repository may take.

export type GitLimits = {
  /** Of making or updating the mirror, and again of reading it. */
  readonly seconds: number
  /** With less than a byte a second for so long, a transfer has stalled. */
  readonly stallSeconds: number
  readonly mirrorBytes: number
  /** A file's contents above this are never read. */
  readonly blobBytes: number
  /** Of one answer that is held whole, such as the list of a tree. */
  readonly outputBytes: number
}

export const usualLimits: GitLimits = {
  seconds: 600,
  stallSeconds: 30,
  mirrorBytes: 4 * 1024 ** 3,
  blobBytes: 1024 ** 2,
  outputBytes: 256 * 1024 ** 2,
}
