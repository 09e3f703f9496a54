// The stewardship table of a landscape of 1,000 projects, made anew for every request, beside reading the same rows bare.
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { mintId, systemFresh } from '#base/ids.ts'
import { printFigure } from './figures.ts'
import { type Served, serveCharter } from './house.ts'

const count = Number(process.argv[2] ?? 1000)
const rounds = Number(process.argv[3] ?? 30)
const requirements = Array.from({ length: 19 }, (_, index) => `E${index + 1}`)
const outcomes = ['pass', 'fail', 'unknown', 'needs-person'] as const

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

/** Rows as entering and filing leave them; a bench of reading need not write 1,000 repositories first. */
async function fill({ app }: Served): Promise<void> {
  const paper = JSON.stringify({
    checks: requirements.map(id => ({ id, title: `Requirement ${id}`, clause: '2.a', outcome: 'pass' })),
  })
  await app.database.transact(async tx => {
    await sql`insert into assessment_papers (hash, text) values ('bench', ${paper})`.execute(tx.on())
    for (let index = 0; index < count; index++) {
      const [id, assessment] = [mintId('prj', systemFresh), mintId('ass', systemFresh)]
      const found = Object.fromEntries(requirements.map((check, at) => [check, outcomes[(index + at) % 4]]))
      const now = new Date(Date.now() - (index % 300) * 86_400_000)
      await sql`insert into projects (id, slug, name, stage, is_archived, repository, summary, entered, stage_since)
        values (${id}, ${`bench-${index}`}, ${`Bench project ${index}`}, 'ecosystem', false, ${`https://code.example/${index}`},
          ${'A project that is here to be counted, with a summary of the usual length of one sentence.'}, ${now}, ${now})`.execute(
        tx.on(),
      )
      await sql`insert into assessment_standings (subject, last, last_as_of, last_stage, assessment, criteria, as_of, commit, paper,
          outcomes, passes, fails, unknowns, persons, newcomers)
        values (${id}, ${assessment}, ${now}, 'filed', ${assessment}, 'ecosystem', ${now}, 'c', 'bench',
          ${JSON.stringify(found)}, 5, 5, 5, 4, 3)`.execute(tx.on())
    }
  })
}

async function bare({ app }: Served): Promise<void> {
  const on = app.database.read.on()
  await sql`select * from projects order by name, id`.execute(on)
  await sql`select * from assessment_standings`.execute(on)
}

const get = (url: string) => async () => {
  const answer = await fetch(url)
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  return answer.text()
}

const served = await serveCharter('pytorch', { keepsPages: false })
try {
  await fill(served)
  const floor = await timed(() => bare(served))
  const figure = async (what: string, path: string) => {
    const ours = await timed(get(`${served.url}${path}`))
    printFigure({
      what: `stewardship: ${what}, ${count} projects by ${requirements.length} requirements, median of ${rounds}`,
      ours,
      floor,
      unit: 'ms',
      says: { ours: `${path}, made anew`, floor: 'reading the same rows bare' },
      target: 'ours at most 50 ms',
    })
  }
  await figure('the first page of the table', '/stewardship')
  await figure('sorted by a requirement, one outcome', '/stewardship?sort=E7&check=E3&outcome=fail')
  await figure('everything as JSON', '/api/stewardship/landscape')
} finally {
  await served.close()
}
