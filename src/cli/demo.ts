// `guildhall demo`: an invented foundation with a year of life, to look around in.
import { readConfig } from '../config.ts'
import { demoConfig, demoOutside, prepareDemo } from '../demo/demo.ts'
import { type Command, done } from './command.ts'
import { serve } from './serve.ts'

export const demoCommand: Command = {
  words: 'demo',
  summary: 'Serve an invented foundation with a year of life behind it',
  usage: `guildhall demo

Founds the example foundation in ./demo-data, lives a year of it through acts alone, and serves it. Everybody and
everything in it is invented. It never touches other data; remove ./demo-data to begin anew.`,
  async run() {
    const config = demoConfig(readConfig(process.env))
    await prepareDemo(config, line => process.stdout.write(`  ${line}\n`))
    await serve(config, demoOutside(config))
    return done('')
  },
}
