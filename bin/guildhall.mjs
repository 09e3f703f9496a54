#!/usr/bin/env node
// The command: refuses an old Node in one line, then hands over to the TypeScript program.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `guildhall needs Node 24 or newer and this is ${process.version}: use "npm start" or "npm run guildhall --".`,
  )
  process.exit(1)
}
// The compile cache halves the start; a read-only home merely goes without it.
const { enableCompileCache } = await import('node:module')
enableCompileCache?.()
await import('../src/cli/main.ts')
