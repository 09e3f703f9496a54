// Acts and look-ups as commands: sent to a running program with a key, so that the same checks hold as everywhere.
import { z } from 'zod'
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import type { AnyQuery } from '#acts/query.ts'
import { gather, type Registry } from '#acts/registry.ts'
import type { JsonSchema } from '#html/fields.ts'
import { inputSchema } from '#web/offers.ts'
import type { ProblemBody } from '#web/status.ts'
import { nameDomains } from '../domains.ts'
import { noOutside } from '../outside.ts'
import { helpFor, parseArguments } from './arguments.ts'
import { type Answer, type Command, codes, done } from './command.ts'

export class CannotReach extends Error {
  override name = 'CannotReach'
}

const own = {
  json: { type: 'boolean' },
  as: { type: 'string' },
  mandate: { type: 'string' },
  key: { type: 'string' },
  rehearse: { type: 'boolean' },
} as const

const ownHelp = `  --json                             Answer as JSON
  --as <capacity, seat or body>      Where you hold several capacities
  --mandate <entry>                  The entry that authorises it, where the charter wants one
  --key <text>                       Idempotency key: the same key answers with the same entry
  --rehearse                         Say what would be recorded, or why not, and change nothing

Environment: GUILDHALL_URL (http://localhost:4000 unless set), GUILDHALL_KEY (an API key of your account)`

const base = (): string =>
  (process.env.GUILDHALL_URL ?? `http://localhost:${process.env.PORT ?? 4000}`).replace(/\/$/, '')

async function ask(path: string, request: RequestInit): Promise<{ status: number; body: unknown }> {
  const { GUILDHALL_KEY: key } = process.env
  const headers = { accept: 'application/json', ...(key && { authorization: `Bearer ${key}` }), ...request.headers }
  const answer = await fetch(`${base()}${path}`, { ...request, headers }).catch(fault => {
    const reason = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : 'no answer'
    throw new CannotReach(
      `${base()} cannot be reached (${reason}). Start it with: guildhall serve, or set GUILDHALL_URL.`,
    )
  })
  const text = await answer.text()
  try {
    return { status: answer.status, body: JSON.parse(text) as unknown }
  } catch {
    throw new CannotReach(`${base()} did not answer as a Guildhall does (status ${answer.status}).`)
  }
}

const exitCodes: Readonly<Record<number, number>> = {
  422: codes.unfit,
  401: codes.barred,
  403: codes.barred,
  404: codes.missing,
  409: codes.clash,
  429: codes.busy,
}

/** The same sentences as on the page. */
function refused(body: ProblemBody, status: number, isJson: boolean): Answer {
  const lines = [
    `${body.title.replace(/\.?$/, '.')}${body.detail ? ` ${body.detail}` : ''}`,
    ...(body.fields ?? []).map(({ path, message }) => `  ${path}: ${message}`),
    ...(body.clauses && body.clauses.length > 0 ? [`Clause ${body.clauses.join(', ')}.`] : []),
    ...(body.remedy ? [body.remedy] : []),
  ]
  return { text: isJson ? JSON.stringify(body, null, 2) : lines.join('\n'), code: exitCodes[status] ?? 1 }
}

type DoneBody = {
  readonly entry: { readonly id: string }
  readonly index: number
  readonly says: string
  readonly receipt: string
}

async function perform(act: AnyAct, args: readonly string[]): Promise<Answer> {
  const { input, own: given } = parseArguments(inputSchema(act), args, own)
  const query = new URLSearchParams()
  for (const name of ['as', 'mandate'] as const) if (typeof given[name] === 'string') query.set(name, given[name])
  if (given.rehearse) query.set('rehearse', '1')
  const { status, body } = await ask(`/api/${act.name.replace('.', '/')}?${query}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: {
      'content-type': 'application/json',
      ...(typeof given.key === 'string' && { 'idempotency-key': given.key }),
    },
  })
  if (status >= 400) return refused(body as ProblemBody, status, given.json === true) // as RFC 9457 describes
  if (given.json || given.rehearse) return done(JSON.stringify(body, null, 2))
  const { entry, index, says, receipt } = body as DoneBody // as /api/openapi.json describes
  return done(`You ${says}.\nEntry ${index} of the record: ${entry.id}\nReceipt: ${receipt}`)
}

async function lookUp(query: AnyQuery, schema: JsonSchema, args: readonly string[]): Promise<Answer> {
  const { input, own: given } = parseArguments(schema, args, { json: own.json })
  const search = new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]))
  const { status, body } = await ask(`/api/${query.name.replace('.', '/')}?${search}`, {})
  if (status >= 400) return refused(body as ProblemBody, status, given.json === true) // as RFC 9457 describes
  return done(JSON.stringify(body, null, 2))
}

const actCommand = (act: AnyAct): Command => ({
  words: act.name.replace('.', ' '),
  summary: act.title,
  usage: `guildhall ${act.name.replace('.', ' ')} [arguments]

${act.describes}
Who may: ${capacityWords(act.by)}.

${helpFor(inputSchema(act))}
${ownHelp}`,
  run: args => perform(act, args),
})

function queryCommand(query: AnyQuery): Command {
  const schema = z.toJSONSchema(query.takes, { io: 'input', unrepresentable: 'any' })
  return {
    words: query.name.replace('.', ' '),
    summary: query.title,
    usage: `guildhall ${query.name.replace('.', ' ')} [arguments]\n\n${query.describes}\n\n${helpFor(schema)}`,
    run: args => lookUp(query, schema, args),
  }
}

export const actCommands = async (): Promise<readonly Command[]> => commandsOf(gather(nameDomains(noOutside).domains))

/** A command for each act that a face may offer, and for each look-up. */
export function commandsOf({ acts, queries }: Pick<Registry, 'acts' | 'queries'>): readonly Command[] {
  const offered = [...acts.values()].filter(act => !act.isInternal)
  return [...offered.map(actCommand), ...[...queries.values()].map(queryCommand)].sort((a, b) =>
    a.words < b.words ? -1 : 1,
  )
}
