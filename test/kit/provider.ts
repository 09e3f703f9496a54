// An OpenID provider on loopback, as far as signing in needs one: discovery, authorisation with PKCE, tokens, keys.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { OidcProvider } from '#adapters/sign-in/sign-in.ts'

export type Person = {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
}

export type Provider = {
  readonly settings: OidcProvider
  /** Who is at the provider's own door. */
  person: Person
  /** What the token endpoint refused, so that a test can say why. */
  readonly refused: string[]
  /** False: answers nothing, as when it is down. */
  isUp: boolean
}

type Grant = {
  readonly challenge: string
  readonly nonce: string | null
  readonly redirect: string
  readonly person: Person
}

const base64 = (value: object | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += chunk
  return new URLSearchParams(text)
}

const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

function tokens() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }
  const idToken = (claims: object): string => {
    const signed = `${base64({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${base64(claims)}`
    return `${signed}.${base64(createSign('RSA-SHA256').update(signed).sign(privateKey))}`
  }
  return { keys: { keys: [jwk] }, idToken }
}

const clientId = 'guildhall-of-the-tests'
const clientSecret = 'known to both'

/** Answers the token endpoint: the code, once, for whoever knows the verifier of its challenge. */
function tokenAnswer(grants: Map<string, Grant>, form: URLSearchParams): Grant | string {
  const grant = grants.get(form.get('code') ?? '')
  grants.delete(form.get('code') ?? '')
  if (!grant) return 'unknown code'
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (challenge !== grant.challenge) return 'wrong code_verifier'
  return form.get('redirect_uri') === grant.redirect ? grant : 'wrong redirect_uri'
}

export async function testProvider(t: TestContext): Promise<Provider> {
  const { keys, idToken } = tokens()
  const grants = new Map<string, Grant>()

  function authorise(asked: URLSearchParams, response: ServerResponse): void {
    const redirect = asked.get('redirect_uri') ?? ''
    if (asked.get('code_challenge_method') !== 'S256') {
      json(response, 400, { error: 'PKCE with S256 is wanted' })
      return
    }
    const code = randomBytes(8).toString('hex')
    const challenge = asked.get('code_challenge') ?? ''
    grants.set(code, { challenge, redirect, nonce: asked.get('nonce'), person: provider.person })
    response.writeHead(302, { location: `${redirect}?code=${code}&state=${asked.get('state')}` }).end()
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const grant = tokenAnswer(grants, await formOf(request))
    if (typeof grant === 'string') {
      provider.refused.push(grant)
      return json(response, 400, { error: 'invalid_grant' })
    }
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce: grant.nonce, ...grant.person }
    return json(response, 200, {
      access_token: 'opens-nothing',
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken(claims),
    })
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer)
    if (!provider.isUp) return void response.destroy()
    if (pathname === '/.well-known/openid-configuration') return json(response, 200, discovery())
    if (pathname === '/keys') return json(response, 200, keys)
    if (pathname === '/authorise') return authorise(searchParams, response)
    if (pathname === '/token') return void exchange(request, response)
    json(response, 404, {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // listening on TCP
  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorise`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  })
  const provider: Provider = {
    settings: {
      id: 'lamp',
      name: 'Lamp Id',
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      clientId,
      clientSecret,
    },
    person: { sub: 'lamp-1', email: 'ada@example.org', email_verified: true, name: 'Ada From Elsewhere' },
    refused: [],
    isUp: true,
  }
  return provider
}
