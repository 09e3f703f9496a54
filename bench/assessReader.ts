// A process of its own for the figures of assess: loads the engine, then nothing, a whole history, a mirror with its table, or that table alone.
import { usualLimits } from '#adapters/git/limits.ts'
import { openRepository } from '#adapters/git/repository.ts'
import { activityOf } from '#domains/assessments/engine/activity.ts'
import { botRuleWith } from '#domains/assessments/engine/bots.ts'
import { historyOf } from '#domains/assessments/engine/history.ts'
import { branchTable } from '#domains/assessments/engine/readTable.ts'

const [what = '', folder = '', until = ''] = process.argv.slice(2)
const rule = botRuleWith({ names: [], addresses: [] })

async function count(isOwn: boolean): Promise<number> {
  const git = await openRepository({ address: folder, folder, limits: usualLimits, isOwn })
  const table = await branchTable(git)
  if (what === 'table') {
    git.close()
    return table.ids.size()
  }
  const history = await historyOf(git, table, { commit: git.tip, rule })
  const { all } = activityOf(history, Number(until), { botRule: rule.version })
  git.close()
  return all.commits
}

const commits = what === 'start' ? 0 : await count(what !== 'whole')
console.log(JSON.stringify({ commits, megabytes: process.resourceUsage().maxRSS / 1024 }))
