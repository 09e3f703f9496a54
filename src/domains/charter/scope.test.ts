// Which acts need no portrait: only those that every rule set in question allows to everybody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayDenyBy } from './scope.ts'

const grant = 'permit (principal is Person, action, resource is House);'
const forbid = (action: string) => `forbid (principal is Person, ${action}, resource is House) when { false };`

test('a rule is about the acts that its head names, and about every act where it names none', () => {
  const mayDeny = mayDenyBy([
    grant,
    forbid('action == Action::"toys.break"'),
    forbid('action in [Action::"toys.lend", Action::"toys.sell"]'),
    forbid('action in Action::"toys.burn"'),
  ])
  const acts = ['toys.break', 'toys.lend', 'toys.sell', 'toys.burn', 'toys.play']
  assert.deepEqual(acts.map(mayDeny), [true, true, true, true, false])
  assert.equal(mayDenyBy([grant, forbid('action')])('toys.play'), true)
})

test('what is not granted to everybody, everywhere, without a condition, may be denied', () => {
  const grants = [
    'permit (principal, action, resource);',
    'permit (principal is Person, action == Action::"toys.play", resource is House);',
    'permit (principal is Person, action, resource is House) when { principal.age > 6 };',
    'permit (principal is Person, action, resource is House) unless { principal.age < 6 };',
    'permit (principal == Person::"ann", action, resource is House);',
    'permit (principal is Person in Organisation::"org", action, resource is House);',
    'permit (principal is Person, action, resource == House::"house");',
    'permit (principal is Organisation, action, resource is House);',
    'permit (principal is Person, action == Action::"toys.lend", resource is House);',
  ]
  const may = grants.map(text => mayDenyBy([text])('toys.play'))
  assert.deepEqual(may, [false, false, true, true, true, true, true, true, true])
  assert.equal(mayDenyBy([])('toys.play'), true)
})

test('rules of which one cannot be read may deny everything', () => {
  assert.equal(mayDenyBy([grant, 'forbid (nonsense'])('toys.play'), true)
})
