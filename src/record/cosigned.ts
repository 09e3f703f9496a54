// What an Ed25519 cosignature signs (C2SP tlog-cosignature): the checkpoint with the time at which it was seen.
export const timestampBytes = 8

/** `time` in whole seconds since 1970. */
export const cosignedText = (checkpointText: string, time: bigint): string =>
  `cosignature/v1\ntime ${time}\n${checkpointText}`
