// `guildhall init`: founds the foundation without serving it.
import { type App, openApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { found, seatFirstOfficer } from '../founding.ts'
import { UnfitArguments } from './arguments.ts'
import { type Answer, codes, done, type HouseCommand } from './command.ts'
import { officerAddress } from './officer.ts'

async function foundHere(app: App, config: Config): Promise<Answer> {
  const { name } = app.charters.current().foundation
  if (app.charters.standing().is !== 'none')
    return { text: `The ${name} is founded here already. Serve it: guildhall serve`, code: codes.clash }
  const email = officerAddress(config)
  await found(app)
  await seatFirstOfficer(app, email)
  return done(
    [
      `The ${name} is founded. Serve it: guildhall serve`,
      `Sign in as first officer, within 15 minutes: ${await app.signIn.showLink(email)}`,
      'Each start on your own machine prints a new link.',
    ].join('\n'),
  )
}

export const initCommand: HouseCommand = {
  summary: 'Found the foundation without serving it',
  usage: `guildhall init

Makes the database, adopts the charter (CHARTER), sets up what its folder says, seats the first officer
(OFFICER_EMAIL) and prints a link that signs them in once the program serves. Nothing is changed where a
foundation stands already.`,
  async run(args) {
    if (args.length > 0) throw new UnfitArguments('init takes no arguments; its settings come from the environment')
    const config = readConfig(process.env)
    const app = await openApp(config, { log: () => undefined })
    try {
      return await foundHere(app, config)
    } finally {
      await app.close()
    }
  },
}
