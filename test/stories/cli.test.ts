// The command as a process of its own against a running program: what it says, as data too, and how it ends, whatever the case.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyFor, officer } from '#test/kit/keys.ts'
import { dataFolder, freePort, type Ran, run, serveProgram } from '#test/kit/program.ts'

type Guildhall = (key: string, ...words: string[]) => Promise<Ran>

async function reads(guildhall: Guildhall): Promise<void> {
  const help = await guildhall('', 'help')
  assert.deepEqual([help.code, help.err], [0, ''])
  assert.match(help.out, /people add-organisation +Add an organisation/)
  assert.match((await guildhall('', '--version')).out, /^guildhall \d+\.\d+\.\d+, Node \d+\.\d+\.\d+\n$/)
  const about = await guildhall('', 'people', 'add-organisation', '--help')
  assert.match(about.out, /--name <string> .*\(required\)/)
  const bodies = await guildhall('', 'bodies', 'list')
  assert.deepEqual([bodies.code, bodies.err], [0, ''])
  assert.equal(JSON.parse(bodies.out).bodies[0].slug, 'board-of-trustees')
  const none = await guildhall('', 'motions', 'show', 'mot_0123456789abcdefghjk')
  assert.deepEqual([none.code, none.out === ''], [4, false])
}

async function acts(guildhall: Guildhall, key: string): Promise<void> {
  const rehearsed = await guildhall(key, 'people', 'add-organisation', 'Tallow and Sons', '--rehearse')
  assert.deepEqual([rehearsed.code, JSON.parse(rehearsed.out).facts.slug], [0, 'tallow-and-sons'])
  const done = await guildhall(key, 'people', 'add-organisation', 'Tallow and Sons')
  assert.deepEqual([done.code, done.err], [0, ''])
  assert.match(
    done.out,
    /^You added org_\w+ to the organisations\.\nEntry \d+ of the record: ent_\w+\nReceipt: http\S+\/receipt\n$/,
  )
  const twice = await guildhall(key, 'people', 'add-organisation', 'Tallow and Sons')
  assert.equal(twice.code, 9)
  assert.match(
    twice.out,
    /^An organisation of this name, or this short name, is already known\..*\nClause 2\.1, 4\.2\.\nUse the one that is there/,
  )
  const asData = await guildhall(key, 'people', 'add-organisation', '--name', 'Wick Works', '--key', 'once', '--json')
  const again = await guildhall(key, 'people', 'add-organisation', '--name', 'Wick Works', '--key', 'once', '--json')
  const { entry, index } = JSON.parse(asData.out)
  assert.deepEqual(
    [entry.act, entry.facts.name, Number.isInteger(index)],
    ['people.add-organisation', 'Wick Works', true],
  )
  assert.equal(JSON.parse(again.out).entry.id, entry.id)
}

async function isRefused(guildhall: Guildhall, keys: { act: string; rename: string }): Promise<void> {
  const unfit = await guildhall(keys.act, 'people', 'affiliate', '--organisation', 'wick-works', '--from', 'Tuesday')
  assert.equal(unfit.code, 22)
  assert.match(unfit.out, /\n {2}from: /)
  const barred = await guildhall(keys.act, 'motions', 'second', 'mot_0123456789abcdefghjk', '--json')
  const { type, status, clauses, remedy } = JSON.parse(barred.out)
  const told = [
    '/problems/acts/wrong-capacity',
    403,
    ['2.1', '4.3'],
    'Ask somebody who holds one of the capacities named.',
  ]
  assert.deepEqual([barred.code, type, status, clauses, remedy], [13, ...told])
  const narrow = await guildhall(keys.rename, 'people', 'add-organisation', 'Lamp Works')
  assert.equal(narrow.code, 13)
  assert.match(narrow.out, /It wants the scope people\.add-organisation; the key has people\.rename\./)
  const renamed = await guildhall(keys.rename, 'people', 'rename', 'Ada Officer')
  assert.equal(renamed.code, 0, renamed.out)
  const wrong = await guildhall('no-such-key-anywhere', 'people', 'rename', 'Bea Officer')
  assert.equal(wrong.code, 13)
  assert.match(wrong.out, /This key is unknown, revoked or expired\./)
  const nobody = await guildhall('', 'people', 'rename', 'Cal Officer')
  assert.deepEqual([nobody.code, nobody.out.split('\n')[0]], [13, 'You need to sign in to do this.'])
}

async function isMistaken(guildhall: Guildhall): Promise<void> {
  const verb = await guildhall('', 'people', 'juggle')
  assert.deepEqual(
    [verb.code, verb.out, verb.err],
    [2, '', 'There is no command “people juggle”. See: guildhall help\n'],
  )
  const option = await guildhall('', 'people', 'rename', '--loudly')
  assert.deepEqual([option.code, option.out, option.err.split('\n').length], [2, '', 2])
  const nowhere = await run(['bodies', 'list'], { GUILDHALL_URL: 'http://localhost:1' })
  assert.equal(nowhere.code, 1)
  assert.match(
    nowhere.err,
    /^http:\/\/localhost:1 cannot be reached \(.*\)\. Start it with: guildhall serve, or set GUILDHALL_URL\.\n$/,
  )
}

test('the command reads, acts, is refused and is mistaken, each with its own exit code', async t => {
  const program = await serveProgram(t, { DATA_DIR: await dataFolder(), PORT: await freePort() })
  const guildhall: Guildhall = (key, ...words) => run(words, { GUILDHALL_URL: program.url, GUILDHALL_KEY: key })
  const cookie = await officer(program)
  const keys = {
    act: await keyFor(program, cookie, ['act']),
    rename: await keyFor(program, cookie, ['people.rename']),
  }
  await reads(guildhall)
  await acts(guildhall, keys.act)
  await isRefused(guildhall, keys)
  await isMistaken(guildhall)
})
