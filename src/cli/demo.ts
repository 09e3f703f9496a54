// `guildhall demo`: an invented foundation with a year of life, to look around in.

import { checkFree } from '#web/listen.ts'
import { readConfig } from '../config.ts'
import { aloneInDemo, demoConfig, demoOutside, prepareDemo, unheededIn } from '../demo/demo.ts'
import { done, type HouseCommand } from './command.ts'
import { serve } from './serve.ts'

export const demoCommand: HouseCommand = {
  summary: 'Serve an invented foundation with a year of life behind it',
  usage: `guildhall demo

Founds the example foundation in ./demo-data, lives a year of it through acts alone, and serves it. Everybody and
everything in it is invented. It never touches other data, whatever DATA_DIR and DATABASE_URL say; remove ./demo-data to
begin anew.`,
  async run() {
    const config = demoConfig(readConfig(process.env))
    const say = (line: string) => process.stdout.write(`  ${line}\n`)
    const names = unheededIn(process.env)
    if (names.length > 0) say(`The demo does not heed ${names.join(', ')}: it lives in ${config.DATA_DIR} alone.`)
    return aloneInDemo(config, async () => {
      // Asked first, so that nobody waits for a year to be told only to hear it.
      await checkFree({ host: config.HOST, port: config.PORT })
      await prepareDemo(config, say)
      await serve(config, demoOutside(config))
      return done('')
    })
  },
}
