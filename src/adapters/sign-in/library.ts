// The sign-in library with our settings. Importing it costs most of a second and 80 MB, so it is loaded on first use.
import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { magicLink } from 'better-auth/plugins/magic-link'
import { hashOfToken } from './links.ts'
import { names } from './tables.ts'
import { authPath, cookiePrefix, linkMinutes, type SignInOptions, signInPath } from './words.ts'

export type Library = ReturnType<typeof openLibrary>
export type Load = () => Promise<Library>

const mailedElsewhere = (): never => {
  throw new Error('Links are made and mailed by links.ts')
}

// What the providers tell beyond the address is not ours to keep: no name, no picture, no tokens, no addresses of machines.
const keepLittle = {
  user: { create: { before: async (user: object) => ({ data: { ...user, name: '', image: null } }) } },
  session: { create: { before: async (session: object) => ({ data: { ...session, userAgent: '', ipAddress: '' } }) } },
  account: {
    create: {
      before: async (account: object) => ({
        data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
      }),
    },
  },
}

const plugins = ({ baseUrl, foundation, providers }: SignInOptions) => [
  magicLink({
    expiresIn: linkMinutes * 60,
    storeToken: { type: 'custom-hasher', hash: async token => hashOfToken(token) },
    sendMagicLink: mailedElsewhere,
  }),
  passkey({
    rpID: new URL(baseUrl).hostname,
    rpName: foundation().name,
    origin: baseUrl,
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    schema: { passkey: { modelName: names.passkey } },
  }),
  apiKey({
    rateLimit: { enabled: false },
    enableSessionForAPIKeys: false,
    schema: { apikey: { modelName: names.apikey } },
  }),
  genericOAuth({
    config: providers.map(({ id, ...rest }) => ({
      providerId: id,
      ...rest,
      scopes: ['openid', 'email'],
      pkce: true,
    })),
  }),
]

export function openLibrary(options: SignInOptions) {
  const { baseUrl, secret, database, github } = options
  return betterAuth({
    baseURL: baseUrl,
    basePath: authPath,
    secret,
    database: database.pool,
    trustedOrigins: [baseUrl],
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: `${baseUrl}${signInPath}` },
    user: { modelName: names.user },
    session: { modelName: names.session, expiresIn: 30 * 86_400, updateAge: 86_400 },
    account: { modelName: names.account, accountLinking: { enabled: true }, updateAccountOnSignIn: false },
    verification: { modelName: names.verification },
    databaseHooks: keepLittle,
    advanced: {
      cookiePrefix,
      useSecureCookies: baseUrl.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
    },
    ...(github && { socialProviders: { github } }),
    plugins: plugins(options),
  })
}
