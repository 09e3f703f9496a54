// What an operator may set, from the environment. Everything has a default that works on one's own machine.
import { z } from 'zod'

const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== ''),
)

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).meta({ description: 'Port of the site' }),
  HOST: z.string().default('127.0.0.1').meta({ description: 'Address to listen on; 0.0.0.0 for every network' }),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'Address under which people reach the site; http://localhost:PORT unless set' }),
  DATA_DIR: z
    .string()
    .default('data')
    .meta({ description: 'Folder of the embedded database, the log key and the mirrors' }),
  DATABASE_URL: z
    .string()
    .optional()
    .meta({ description: 'A PostgreSQL of your own, 15 or newer, instead of the embedded one' }),
  DATABASE_OWNER_URL: z
    .string()
    .optional()
    .meta({ description: 'A second role that owns the tables and runs migrations' }),
  CHARTER: z
    .string()
    .optional()
    .meta({ description: 'Folder of the charter to open with; charters/pytorch unless set' }),
  OFFICER_EMAIL: z
    .email()
    .optional()
    .meta({ description: 'Mail address of the first officer; officer@localhost.example unless set' }),
  LOG_KEY: z
    .string()
    .optional()
    .meta({ description: 'PEM of the log key, where several machines serve one foundation' }),
  SECRET: z.string().min(32).optional().meta({
    description: 'Secret of the sessions, 32 characters or more, where several machines serve one foundation',
  }),
  NEW_SECRET: z.stringbool().default(false).meta({
    description: 'true once, where the secret of the sessions was lost or is changed: everybody signs in again',
  }),
  SMTP_URL: z
    .string()
    .optional()
    .meta({ description: 'smtp://user:password@host:587; without it mails land at /outbox on this machine' }),
  MAIL_FROM: z.string().optional().meta({ description: 'Sender of the mails' }),
  OIDC: z.string().optional().meta({
    description: 'JSON list of sign-in providers: [{ "id", "name", "discoveryUrl", "clientId", "clientSecret" }]',
  }),
  GITHUB_CLIENT_ID: z.string().optional().meta({ description: 'Sign-in with GitHub' }),
  GITHUB_CLIENT_SECRET: z.string().optional().meta({ description: 'Sign-in with GitHub' }),
  GITHUB_TOKEN: z.string().optional().meta({
    description: 'Token that may read public repositories: GitHub’s own word on them is noted beside each assessment',
  }),
  LOCAL_REPOSITORIES: list
    .optional()
    .meta({ description: 'Folders, separated by commas, in which repositories may be assessed by path' }),
  WATCH: z
    .stringbool()
    .default(true)
    .meta({ description: 'false: repositories are assessed only when somebody asks, never on schedule' }),
  TRUST_PROXY: z
    .stringbool()
    .default(false)
    .meta({ description: 'true behind a proxy of your own that sets X-Forwarded-For' }),
})

const Provider = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  discoveryUrl: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
})
export type Provider = z.infer<typeof Provider>

export type Config = Omit<z.infer<typeof Environment>, 'OIDC' | 'BASE_URL'> & {
  readonly BASE_URL: string
  readonly providers: readonly Provider[]
}

export class UnfitConfig extends Error {
  override name = 'UnfitConfig'
}

function providersOf(text: string | undefined): readonly Provider[] {
  if (!text) return []
  try {
    return z.array(Provider).parse(JSON.parse(text))
  } catch {
    throw new UnfitConfig('OIDC must be a JSON list of { id, name, discoveryUrl, clientId, clientSecret }')
  }
}

/** Throws `UnfitConfig`, naming each unfit setting and never its value: some are secrets. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success)
    throw new UnfitConfig(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  const { OIDC, BASE_URL, ...rest } = parsed.data
  return {
    ...rest,
    BASE_URL: (BASE_URL ?? `http://localhost:${rest.PORT}`).replace(/\/$/, ''),
    providers: providersOf(OIDC),
  }
}

/** Every setting with its default, for the command's help. */
export const settings = (): readonly { name: string; says: string }[] =>
  Object.entries(Environment.shape).map(([name, schema]) => ({ name, says: schema.meta()?.description ?? '' }))
