// A browser without scripts at a program that serves elsewhere: requests over the network with a cookie jar.
import assert from 'node:assert/strict'

export type Remote = {
  readonly url: string
  /** The cookies so far, as a request carries them: two programs may be asked with the same. */
  readonly jar: Map<string, string>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Said>
  readonly form: (path: string, fields: Record<string, string>) => Promise<Said>
  /** Does an act by the API, as the session that the cookies name. */
  readonly act: (name: string, input: object, headers?: Record<string, string>) => Promise<Acted>
  /** Does an act and expects that it is done. */
  readonly done: (name: string, input: object) => Promise<Acted['body'] & { readonly index: number }>
  /** Clicks a link that signs in. */
  readonly take: (link: string) => Promise<void>
}

export type Said = { readonly status: number; readonly text: string; readonly headers: Headers }

export type Acted = {
  readonly status: number
  readonly body: {
    readonly entry?: { readonly id: string; readonly facts: Readonly<Record<string, unknown>> }
    readonly index?: number
    readonly size?: number
    readonly title?: string
    readonly remedy?: string
  }
}

/** `origin`: the address that the program believes it has, when that is not where it listens. */
export function remote(url: string, { origin = url, jar = new Map<string, string>() } = {}): Remote {
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const said = async (answer: Response) => ({
    status: answer.status,
    text: await answer.text(),
    headers: answer.headers,
  })
  const form: Remote['form'] = async (path, fields) =>
    said(await ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin } }))
  const act: Remote['act'] = async (name, input, headers = {}) => {
    const answer = await ask(`/api/${name.replace('.', '/')}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: answer.status, body: (await answer.json()) as Acted['body'] } // as /api/openapi.json describes
  }
  return {
    url,
    jar,
    get: async (path, headers = {}) => said(await ask(path, { headers })),
    form,
    act,
    async done(name, input) {
      const { status, body } = await act(name, input)
      assert.equal(status, 201, `${name}: ${JSON.stringify(body)}`)
      return { ...body, index: body.index ?? -1 }
    },
    async take(link) {
      const { searchParams, pathname } = new URL(link, url)
      const fields = { token: searchParams.get('token') ?? '', return: searchParams.get('return') ?? '/desk' }
      assert.equal((await form(pathname, fields)).status, 303)
    },
  }
}
