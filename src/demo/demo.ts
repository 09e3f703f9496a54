// The demo: the example foundation with a year of life behind it, in a data folder of its own that never holds anything real.
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { CannotOpen, codeOf } from '#database/errors.ts'
import { acquireLock } from '#database/lock.ts'
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

/** What belongs to a real foundation: its data, its keys, its people and whoever vouches for them. */
const unheeded = {
  DATABASE_URL: undefined,
  DATABASE_OWNER_URL: undefined,
  SMTP_URL: undefined,
  LOG_KEY: undefined,
  SECRET: undefined,
  GITHUB_CLIENT_ID: undefined,
  GITHUB_CLIENT_SECRET: undefined,
  GITHUB_TOKEN: undefined,
} as const

/** The settings of the demo: its own folder and charter, whatever the environment says of the real ones. */
export const demoConfig = (config: Config): Config => ({
  ...config,
  ...unheeded,
  NEW_SECRET: false,
  providers: [],
  DATA_DIR: resolve('demo-data'),
  CHARTER: charter,
  OFFICER_EMAIL: addressOf(secretary),
})

/** Settings that are there and that the demo does not heed. */
export const unheededIn = (environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  ['DATA_DIR', 'CHARTER', 'OFFICER_EMAIL', 'OIDC', ...Object.keys(unheeded)].filter(name => environment[name])

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

type Marker = 'year-is-begun' | 'year-is-told'

const marker = ({ DATA_DIR }: Config, name: Marker): string => join(DATA_DIR, name)

const isMarked = (config: Config, name: Marker): Promise<boolean> =>
  access(marker(config, name)).then(
    () => true,
    () => false,
  )

/** What lies in the folder; nothing where there is none. */
const contentsOf = ({ DATA_DIR }: Config): Promise<readonly string[]> =>
  readdir(DATA_DIR).catch(fault => {
    if (codeOf(fault) === 'ENOENT') return []
    throw new CannotOpen(`The demo cannot live in ${DATA_DIR} (${codeOf(fault)}): start it in another folder.`)
  })

/** An empty folder, marked as the demo's. What a demo did not make is never removed. */
async function clearFolder(config: Config): Promise<void> {
  if ((await contentsOf(config)).length > 0 && !(await isMarked(config, 'year-is-begun')))
    throw new CannotOpen(
      `${config.DATA_DIR} holds something that no demo made, and is left as it is: move it away, or start the demo in another folder.`,
    )
  await rm(config.DATA_DIR, { recursive: true, force: true })
  await mkdir(config.DATA_DIR, { recursive: true })
  await writeFile(marker(config, 'year-is-begun'), '')
}

/** Runs `work` while no other demo has the folder. */
export async function aloneInDemo<Answer>({ DATA_DIR }: Config, work: () => Promise<Answer>): Promise<Answer> {
  const lock = acquireLock(`${DATA_DIR}.lock`)
  if ('pid' in lock)
    throw new CannotOpen(
      `Another demo (process ${lock.pid}) has ${DATA_DIR} open: look at that one, stop it first, or start this one in another folder.`,
    )
  return work().finally(lock.release)
}

/** Tells the year unless it is told already; one that was interrupted is begun anew. */
export async function prepareDemo(config: Config, say: (line: string) => void): Promise<void> {
  if (await isMarked(config, 'year-is-told')) return
  await clearFolder(config)
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
  await writeFile(marker(config, 'year-is-told'), `${new Date().toISOString()}\n`)
}

async function newest({ app }: Stage): Promise<string> {
  const [latest] = await entriesPage(app.database.read, { limit: 1 })
  if (!latest) throw new Error('The year was told and left no entry')
  return latest.id
}
