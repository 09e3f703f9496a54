// Sign-in and API keys at a program that runs as a process of its own, as a person gets them.
import type { Program } from './program.ts'

/** Signs the first officer in by the link that the start printed; the session's cookie. */
export async function officer({ url, link }: Program): Promise<string> {
  const { searchParams } = new URL(link, url)
  const token = searchParams.get('token') ?? ''
  const taken = await fetch(`${url}/sign-in/link`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { origin: url },
    redirect: 'manual',
  })
  return taken.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
}

/** A key as the account page makes it, with these scopes. */
export async function keyFor({ url }: Program, cookie: string, scopes: readonly string[]): Promise<string> {
  const isWide = (scope: string): boolean => scope === 'read' || scope === 'act'
  const ticks = scopes.map(scope => [isWide(scope) ? 'scopes' : 'acts', scope])
  const body = new URLSearchParams([['name', scopes.join(' ')], ['days', '9'], ...ticks])
  const made = await fetch(`${url}/account/keys`, { method: 'POST', body, headers: { origin: url, cookie } })
  const key = /Bearer (\S+?)&#39;/.exec(await made.text())?.[1]
  if (!key) throw new Error('No key was made')
  return key
}
