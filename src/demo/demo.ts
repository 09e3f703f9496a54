// The demo: the example foundation with a year of life behind it, in a data folder of its own that never holds anything real.
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { entriesPage } from '#record/queries.ts'
import { openApp } from '../app.ts'
import type { Config } from '../config.ts'
import { found, seatFirstOfficer } from '../founding.ts'
import { assessOpened, criteriaIn, type Outside } from '../outside.ts'
import { landscape, projects, repositoryOf, secretary } from './cast.ts'
import { storyClock } from './clock.ts'
import { storyQueues } from './queues.ts'
import { makeRepository } from './repositories.ts'
import { addressOf, type Stage } from './stage.ts'
import { chapters } from './year.ts'

const charter = join(import.meta.dirname, '..', '..', 'charters', 'example')
const day = 86_400_000
const yearDays = 366

/** The settings of the demo: its own folder and charter, whatever the environment says of the real ones. */
export const demoConfig = (config: Config): Config => ({
  ...config,
  DATA_DIR: resolve('demo-data'),
  DATABASE_URL: undefined,
  DATABASE_OWNER_URL: undefined,
  SMTP_URL: undefined,
  CHARTER: charter,
  OFFICER_EMAIL: addressOf(secretary),
})

/** The invented addresses lead nowhere: the repositories behind them lie in the demo's folder. */
export function demoOutside({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Outside {
  return {
    watches: true,
    async assess({ repository, criteria: name, asOf, signal }) {
      const project = [...projects, ...landscape].find(({ slug }) => repositoryOf(slug) === repository)
      if (!project) return { unreachable: 'The demo reads only the repositories of its own invented projects.' }
      const file = join(charter, 'criteria', `${name}.yml`)
      const git = await openLocal(join(DATA_DIR, 'repositories', `${project.slug}.git`), { signal })
      if (isRefusal(git)) return { unreachable: git.says }
      try {
        const criteria = criteriaIn(await readFile(file, 'utf8'), file)
        return await assessOpened({ ...git, address: repository }, { criteria, asOf, forRegister: true })
      } finally {
        git.close()
      }
    },
  }
}

const marker = ({ DATA_DIR }: Config): string => join(DATA_DIR, 'year-is-told')

const isTold = (config: Config): Promise<boolean> =>
  access(marker(config)).then(
    () => true,
    () => false,
  )

/** Tells the year unless it is told already; one that was interrupted is begun anew. */
export async function prepareDemo(config: Config, say: (line: string) => void): Promise<void> {
  if (await isTold(config)) return
  await rm(config.DATA_DIR, { recursive: true, force: true })
  await mkdir(config.DATA_DIR, { recursive: true })
  const clock = storyClock(yearDays)
  const queues = storyQueues()
  const [folder, until] = [join(config.DATA_DIR, 'repositories'), Date.now() - 2 * day]
  for (const project of projects) await makeRepository(folder, project, { until })
  for (const project of landscape) await makeRepository(folder, project, { until, isOld: true })
  const app = await openApp(config, {
    log: () => undefined,
    outside: demoOutside(config),
    fresh: clock,
    openQueues: queues.open,
  })
  try {
    await found(app)
    await seatFirstOfficer(app, addressOf(secretary), secretary.name)
    const officer = await app.web.personOf((await app.signIn.accountFor(addressOf(secretary))).id)
    const stage: Stage = {
      app,
      clock,
      drain: queues.drain,
      persons: new Map(officer ? [[secretary.key, officer]] : []),
    }
    for (const { title, tell } of chapters) {
      say(title)
      await tell(stage)
    }
    await app.sequencer.integrated(await newest(stage))
  } finally {
    await app.close()
  }
  await writeFile(marker(config), `${new Date().toISOString()}\n`)
}

async function newest({ app }: Stage): Promise<string> {
  const [latest] = await entriesPage(app.database.read, { limit: 1 })
  if (!latest) throw new Error('The year was told and left no entry')
  return latest.id
}
