// Mirrors of real repositories over HTTP, and every way in which one can be refused.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { kindOf, rules } from '#test/kit/mirrors.ts'
import { git, makeRepository, scratch, serveRepositories } from '#test/kit/repositories.ts'
import { isRefusal, type Mirror, openLocal, openMirror } from './mirror.ts'
import type { GitRefusal } from './refusal.ts'

const opened = (answer: Mirror | GitRefusal): Mirror => {
  if (isRefusal(answer)) throw new Error(answer.says)
  return answer
}
const ids = async (mirror: Mirror): Promise<string[]> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of mirror.log({ from: mirror.branch, format: '%H' })) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\0').filter(Boolean)
}

test('a mirror is made, brought up to date, and follows a renamed default branch', async context => {
  const folder = scratch(context)
  const source = makeRepository(join(folder, 'sample.git'), [{ at: 1_700_000_000, files: { README: 'one' } }])
  const { address } = await serveRepositories(context, folder)
  const request = { address: `${address}/sample.git`, folder: join(folder, 'mirror'), rules }
  const first = opened(await openMirror(request))
  assert.deepEqual([first.branch, first.isShallow, (await ids(first)).length], ['refs/heads/main', false, 1])
  first.close()
  git(source, [
    'update-ref',
    'refs/heads/trunk',
    git(source, ['commit-tree', '-p', 'main', '-m', 'two', 'main^{tree}']).trim(),
  ])
  git(source, ['symbolic-ref', 'HEAD', 'refs/heads/trunk'])
  git(source, ['update-ref', '-d', 'refs/heads/main'])
  git(source, ['tag', 'v1', 'trunk'])
  const second = opened(await openMirror(request))
  assert.deepEqual([second.branch, (await ids(second)).length], ['refs/heads/trunk', 2])
  assert.deepEqual(
    (await second.tags()).map(({ name }) => name),
    ['v1'],
  )
  second.close()
  assert.equal(git(request.folder, ['for-each-ref', '--format=%(refname)', 'refs/heads']), 'refs/heads/trunk\n')
  assert.ok(existsSync(join(request.folder, 'objects/info/commit-graph')))
  assert.equal(existsSync(join(request.folder, 'hooks')), false)
  assert.doesNotMatch(readFileSync(join(request.folder, 'config'), 'utf8'), /127\.0\.0\.1/)
})

test('folders may be named from where the program runs: Git reads and writes the same ones', async context => {
  const folder = scratch(context)
  const before = process.cwd()
  context.after(() => process.chdir(before))
  process.chdir(folder)
  makeRepository(join(folder, 'sample.git'), [{ at: 1_700_000_000, files: { README: 'one' } }])
  const { address } = await serveRepositories(context, folder)
  const mirror = opened(await openMirror({ address: `${address}/sample.git`, folder: 'mirror', rules }))
  assert.equal((await ids(mirror)).length, 1)
  mirror.close()
  assert.ok(existsSync(join(folder, 'mirror', 'HEAD')))
  const local = opened(await openLocal('sample.git'))
  assert.equal((await ids(local)).length, 1)
  local.close()
})

test('a large file is left on the server, and reads as absent rather than being fetched', async context => {
  const folder = scratch(context)
  const text = 'x'.repeat(5000)
  makeRepository(join(folder, 'big.git'), [{ at: 1_700_000_000, files: { big: text, small: 'small' } }])
  const { address, requests } = await serveRepositories(context, folder)
  const limits = { blobBytes: 1000 }
  const mirror = opened(await openMirror({ address: `${address}/big.git`, folder: join(folder, 'm'), rules, limits }))
  const asked = requests.length
  const [big, small] = await mirror.tree((await ids(mirror))[0] ?? '')
  assert.deepEqual(await mirror.blob(big?.id ?? ''), { state: 'absent' })
  assert.deepEqual(await mirror.blob(small?.id ?? ''), { state: 'read', bytes: Buffer.from('small') })
  assert.equal(requests.length, asked)
  mirror.close()
  const whole = opened(
    await openMirror({ address: `${address}/big.git`, folder: join(folder, 'w'), rules, limits, isPartial: false }),
  )
  assert.deepEqual(await whole.blob(big?.id ?? ''), { state: 'too-large', size: 5000 })
  whole.close()
})

test('a file of two gigabytes is measured, not read', async context => {
  const folder = join(scratch(context), 'huge.git')
  makeRepository(folder, [{ at: 1_700_000_000 }])
  const id = 'ab'.repeat(20)
  mkdirSync(join(folder, 'objects', id.slice(0, 2)))
  writeFileSync(
    join(folder, 'objects', id.slice(0, 2), id.slice(2)),
    deflateSync(`blob ${2 ** 31}\0the first bytes of it`),
  )
  const local = opened(await openLocal(folder))
  assert.deepEqual(await local.blob(id), { state: 'too-large', size: 2 ** 31 })
  local.close()
})

test('local repositories: only in allowed folders, also by way of links', async context => {
  const folder = scratch(context)
  const inside = join(folder, 'allowed')
  mkdirSync(inside)
  makeRepository(join(inside, 'in.git'), [{ at: 1_700_000_000 }])
  makeRepository(join(folder, 'out.git'), [{ at: 1_700_000_000 }])
  symlinkSync(join(folder, 'out.git'), join(inside, 'link.git'))
  mkdirSync(join(folder, 'allowed-not'))
  const at = (address: string, allowLocal: string[] = [inside]) =>
    kindOf({ address, folder: join(folder, 'm'), allowLocal })
  assert.equal(await at(join(inside, 'in.git')), 'opened')
  assert.equal(await at(join(inside, 'in.git'), []), 'local-not-allowed')
  assert.equal(await at(join(folder, 'out.git')), 'local-not-allowed')
  assert.equal(await at(join(inside, 'link.git')), 'local-not-allowed')
  assert.equal(await at(join(inside, '../out.git')), 'local-not-allowed')
  assert.equal(await at(join(inside, 'none.git')), 'local-not-allowed')
  assert.equal(await at(inside), 'not-a-repository')
  assert.equal(await at(`file://${join(inside, 'in.git')}`), 'unfit-address')
})

test('a hostile repository on this disk runs nothing', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'hostile.git'), [{ at: 1_700_000_000, files: { README: 'x' } }])
  const mark = join(folder, 'ran')
  const script = join(folder, 'script')
  writeFileSync(script, `#!/bin/sh\ntouch ${mark}\nexit 0\n`, { mode: 0o755 })
  mkdirSync(join(path, 'hooks'), { recursive: true })
  for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc', 'post-index-change'])
    writeFileSync(join(path, 'hooks', hook), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 })
  const config = {
    'core.fsmonitor': script,
    'core.pager': script,
    'core.sshCommand': script,
    'core.alternateRefsCommand': script,
    'core.hooksPath': join(path, 'hooks'),
    'gpg.program': script,
    'log.showSignature': 'true',
    'diff.external': script,
    'uploadpack.packObjectsHook': script,
    'extensions.partialClone': 'origin',
    'remote.origin.url': `ext::${script}`,
    'remote.origin.promisor': 'true',
    'protocol.allow': 'always',
    'mailmap.file': '/etc/passwd',
  }
  for (const [key, value] of Object.entries(config)) git(path, ['config', key, value])
  git(path, ['config', 'core.repositoryFormatVersion', '1'])
  const signed = `tree ${git(path, ['rev-parse', 'main^{tree}']).trim()}\nparent ${git(path, ['rev-parse', 'main']).trim()}\nauthor A <a@sample.example> 1700000001 +0000\ncommitter A <a@sample.example> 1700000001 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abcd\n -----END PGP SIGNATURE-----\n\nsigned\n`
  git(path, [
    'update-ref',
    'refs/heads/main',
    git(path, ['hash-object', '-t', 'commit', '-w', '--stdin'], signed).trim(),
  ])
  git(path, ['log', '-1', '--format=%H', 'main'])
  assert.equal(existsSync(mark), true, 'the trap works when git is run carelessly')
  rmSync(mark)
  const local = opened(await openLocal(path))
  const [tip = ''] = await ids(local)
  assert.equal((await local.tree(tip)).length, 1)
  assert.deepEqual(await local.blob('1'.repeat(40)), { state: 'absent' })
  assert.deepEqual(await local.tags(), [])
  local.close()
  assert.equal(existsSync(mark), false)
})

test('replacement objects and grafts are not believed', async context => {
  const path = makeRepository(join(scratch(context), 'r.git'), [
    { at: 1_700_000_000 },
    { at: 1_700_000_100 },
    { at: 1_700_000_200 },
  ])
  const [tip = '', middle = '', root = ''] = git(path, ['rev-list', 'main']).trim().split('\n')
  git(path, ['replace', '--graft', tip, root])
  writeFileSync(join(path, 'info/grafts'), `${tip}\n`)
  const local = opened(await openLocal(path))
  assert.deepEqual(await ids(local), [tip, middle, root])
  local.close()
})

test('the branch is found although HEAD is also a branch and a tag', async context => {
  const path = makeRepository(join(scratch(context), 'h.git'), [{ at: 1_700_000_000 }, { at: 1_700_000_100 }])
  const [tip, first = ''] = git(path, ['rev-list', 'main']).trim().split('\n')
  git(path, ['update-ref', 'refs/heads/HEAD', first])
  git(path, ['update-ref', 'refs/tags/HEAD', first])
  git(path, ['update-ref', 'refs/tags/main', first])
  const local = opened(await openLocal(path))
  assert.equal(local.branch, 'refs/heads/main')
  assert.equal((await ids(local))[0], tip)
  local.close()
})

test('paths with line breaks, tabs, quotes and bytes that are not UTF-8 come through whole', async context => {
  const files = { 'a\nb': '1', 'tab\there': '2', '"quoted"': '3', ü: '4' }
  const path = makeRepository(join(scratch(context), 'p.git'), [{ at: 1_700_000_000, files }])
  const local = opened(await openLocal(path))
  const tree = await local.tree((await ids(local))[0] ?? '')
  assert.deepEqual(tree.map(entry => entry.path).sort(), Object.keys(files).sort())
  local.close()
})

test('SHA-256 repositories are mirrored too', async context => {
  const folder = scratch(context)
  makeRepository(join(folder, 'new.git'), [{ at: 1_700_000_000, files: { LICENSE: 'x' } }], { format: 'sha256' })
  const { address } = await serveRepositories(context, folder)
  const mirror = opened(await openMirror({ address: `${address}/new.git`, folder: join(folder, 'm'), rules }))
  const [id = ''] = await ids(mirror)
  assert.equal(id.length, 64)
  assert.equal((await mirror.tree(id)).length, 1)
  mirror.close()
})

test('a killed fetch leaves nothing that stops the next one', async context => {
  const folder = scratch(context)
  makeRepository(join(folder, 'sample.git'), [{ at: 1_700_000_000, files: { a: 'b' } }])
  const { address } = await serveRepositories(context, folder)
  const request = { address: `${address}/sample.git`, folder: join(folder, 'm'), rules, limits: { seconds: 5 } }
  opened(await openMirror(request)).close()
  for (const name of ['packed-refs.lock', 'HEAD.lock', 'config.lock', 'objects/pack/tmp_pack_x']) {
    writeFileSync(join(request.folder, name), '')
    await utimes(join(request.folder, name), 1, 1)
  }
  opened(await openMirror(request)).close()
  assert.deepEqual(
    readdirSync(join(request.folder, 'objects/pack')).filter(name => name.startsWith('tmp_')),
    [],
  )
})
