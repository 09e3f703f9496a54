// What no act can take, whatever its schema says: text that no database keeps, and nesting without end.
import type { Order } from './parts.ts'
import { type Refusal, refuse, type Unfit } from './problem.ts'
import { unfitInput } from './problems.ts'

const deepest = 32
const longestKey = 255

/** NUL, and halves of characters: PostgreSQL refuses the one, and UTF-8 would silently change the other. */
export const isWritable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

type Path = Unfit['path']

function unfitIn(value: unknown, path: Path): readonly Unfit[] {
  if (typeof value === 'string')
    return isWritable(value) ? [] : [{ path, message: 'Holds a character that cannot be written' }]
  if (typeof value !== 'object' || value === null) return []
  if (path.length >= deepest) return [{ path: path.slice(0, 3), message: `Is nested deeper than ${deepest} levels` }]
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([name, member]) => [
    ...(isWritable(name) ? [] : [{ path, message: 'Has a member whose name cannot be written' }]),
    ...unfitIn(member, [...path, isList ? Number(name) : name]),
  ])
}

const unfitWords = ({ idempotencyKey, mandate, lastSeen }: Order): readonly Unfit[] =>
  Object.entries({ idempotencyKey, mandate, lastSeen }).flatMap(([name, text]) =>
    text === undefined || (text.length <= longestKey && isWritable(text))
      ? []
      : [{ path: [name], message: `Must be at most ${longestKey} characters that can be written` }],
  )

/** All of it at once; undefined where the order may be looked at. */
export function unfitOrder(order: Order): Refusal | undefined {
  const fields = [...unfitIn(order.input, []), ...unfitWords(order)]
  return fields.length > 0 ? refuse(unfitInput, { fields }) : undefined
}
