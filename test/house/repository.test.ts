// What a stranger finds in the repository: commands that exist, settings as the program reads them, links that lead somewhere, nothing of anybody's machine.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { settings } from '../../src/config.ts'
import { root } from './sources.ts'

const read = (path: string): string => readFileSync(root + path, 'utf8')
const manifest: { scripts: Record<string, string> } = JSON.parse(read('package.json'))

const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
const isCheckout = listed.status === 0
const files = listed.stdout?.split('\0').filter(path => path !== '' && existsSync(root + path)) ?? []
const notCheckout = 'This is no Git checkout, so there is no list of its files (or git is not installed)'
const documents = files.filter(path => path.endsWith('.md'))

test('the lock file holds hashes and no addresses to download from', () => {
  const lock = read('package-lock.json')
  assert.equal(/"resolved"/.test(lock), false)
  assert.ok(lock.includes('"integrity"'))
})

test('every package that the lock file names is locked, also for other platforms: npm ci refuses a lock with gaps', () => {
  type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>> }
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> } // npm's own format
  const gaps = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      name => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  )
  assert.deepEqual(gaps, [])
})

test('no file holds a path of somebody’s machine or the name of a package registry', {
  skip: isCheckout ? false : notCheckout,
}, () => {
  // Written apart, so that this file does not hold them itself.
  const private_ = new RegExp(
    ['/(?:ro' + 'ot|home/[a-z]+|Users/[A-Za-z]+|wo' + 'rk)/[a-z]', 'registry\\.np' + 'mjs', 'localhost:48' + '73'].join(
      '|',
    ),
  )
  assert.match(`/ro${'ot'}/x`, private_, 'the check itself can fail')
  const isText = (path: string) => !/\.(bin|png|jpe?g|ico|woff2?)$/.test(path)
  const found = files.filter(isText).flatMap(path => {
    const hit = private_.exec(read(path))
    return hit ? [`${path}: ${hit[0]}`] : []
  })
  assert.deepEqual(found, [])
})

test('every command that the documents name is a script', { skip: isCheckout ? false : notCheckout }, () => {
  const builtIn = new Set(['ci', 'install'])
  const named = documents.flatMap(path =>
    [...read(path).matchAll(/\bnpm (?:run )?([a-z]+)/g)].map(([, name = '']) => ({ path, name })),
  )
  assert.ok(named.length > 10, 'the documents name commands')
  assert.deepEqual(
    named.filter(({ name }) => !builtIn.has(name) && !manifest.scripts[name]),
    [],
  )
})

test('every script starts a file that is there', () => {
  const programs = Object.values(manifest.scripts).flatMap(line => /^node (?:--\S+ )*(\S+)/.exec(line)?.[1] ?? [])
  assert.deepEqual(
    programs.filter(path => !existsSync(root + path)),
    [],
  )
})

test('the README lists every setting as the program describes it, and no other', () => {
  const table = read('README.md').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const rows = [...table.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, name, says]) => ({ name, says }))
  assert.deepEqual(
    rows,
    settings().map(({ name, says }) => ({ name, says })),
  )
})

test('links between the documents lead to files that are there', { skip: isCheckout ? false : notCheckout }, () => {
  const broken = documents.flatMap(path =>
    [...read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, to = '']) => to)
      .filter(to => !/^(https?:|mailto:)/.test(to) && !existsSync(root + normalize(join(dirname(path), to))))
      .map(to => `${path} → ${to}`),
  )
  assert.deepEqual(broken, [])
})

test('decisions are numbered without a gap and say their status', { skip: isCheckout ? false : notCheckout }, () => {
  const decisions = files.filter(path => path.startsWith('docs/decisions/')).sort()
  assert.deepEqual(
    decisions.map(path => path.split('/').at(-1)?.slice(0, 4)),
    decisions.map((_, at) => String(at + 1).padStart(4, '0')),
  )
  const silent = decisions.filter(path => {
    const text = read(path)
    return !['\nStatus: ', '\n## Context', '\n## Decision', '\n## Consequences'].every(part => text.includes(part))
  })
  assert.deepEqual(silent, [])
})
