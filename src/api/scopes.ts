// What an API key may do: `read`, `act`, or names such as `motions.vote` and `motions.*`.
import { problem, type Refusal, refuse } from '#acts/problem.ts'

export const scopeMissing = problem(
  'api/scope-missing',
  'barred',
  'This key may not be used for that',
  'Make a key with the scope named, on your account page.',
)

/** Whether a key reaches an act; `read` covers none. A person's own right to act is checked besides. */
export const allows = (scopes: readonly string[], name: string): boolean =>
  scopes.some(
    scope => scope === 'act' || scope === name || (scope.endsWith('.*') && name.startsWith(scope.slice(0, -1))),
  )

export const mayRead = (scopes: readonly string[], name: string): boolean =>
  scopes.includes('read') || allows(scopes, name)

export const outOfScope = (name: string, scopes: readonly string[]): Refusal =>
  refuse(scopeMissing, { detail: `It wants the scope ${name}; the key has ${scopes.join(', ') || 'none'}.` })
