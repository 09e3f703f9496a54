#!/usr/bin/env node
// The command: refuses an old Node in one line, then hands over to the TypeScript program.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `guildhall needs Node 24 or newer and this is ${process.version}: use "npm start" or "npm run guildhall --".`,
  )
  process.exit(1)
}
// Types are stripped by a part of Node that still calls itself experimental; saying so helps nobody who runs this.
const { emitWarning } = process
process.emitWarning = (warning, ...more) =>
  [more[0], more[0]?.type].includes('ExperimentalWarning') ? undefined : emitWarning.call(process, warning, ...more)
// The compile cache halves the start; a read-only home merely goes without it.
const { enableCompileCache } = await import('node:module')
enableCompileCache?.()
await import('../src/cli/main.ts')
