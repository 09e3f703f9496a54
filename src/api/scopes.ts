// What an API key may do: `read`, `act`, or names such as `motions.vote` and `motions.*`.
import { problem, type Refusal, refuse } from '#acts/problem.ts'

export const scopeMissing = problem(
  'api/scope-missing',
  'barred',
  'This key may not be used for that',
  'Make a key with the scope named, on your account page.',
)

/** `read` covers no act: look-ups ask for it by the caller. A person's own right to act is checked besides. */
export const allows = (scopes: readonly string[], name: string): boolean =>
  scopes.some(
    scope => scope === 'act' || scope === name || (scope.endsWith('.*') && name.startsWith(scope.slice(0, -1))),
  )

export const outOfScope = (name: string, scopes: readonly string[]): Refusal =>
  refuse(scopeMissing, { detail: `It wants the scope ${name}; the key has ${scopes.join(', ') || 'none'}.` })
