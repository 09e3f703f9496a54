// Plain answers for machines: whether the program is well, what robots may read, whom to tell of a weakness.
import type { Hono } from 'hono'
import { sql } from 'kysely'
import { addDays } from '#base/instants.ts'
import type { WebParts } from './parts.ts'

const patience = 2000

/** Whether the database answers within two seconds; why it does not is in the log already. */
async function isWell({ read }: WebParts): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, patience, false)
  })
  const asked = sql`select 1`.execute(read.on()).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

const notForRobots = ['/account', '/acts/', '/api/', '/auth/', '/desk', '/outbox', '/sign-in', '/welcome']

const robots = `User-agent: *\n${notForRobots.map(path => `Disallow: ${path}\n`).join('')}`

/** RFC 9116. It is made anew for every request, so it never expires while the program runs. */
const securityText = ({ baseUrl, now, foundation }: WebParts): string =>
  [
    `Contact: ${baseUrl}/security`,
    `Expires: ${addDays(now(), 90)}`,
    `Preferred-Languages: ${foundation().language.split('-')[0]}`,
    `Canonical: ${baseUrl}/.well-known/security.txt`,
    '',
  ].join('\n')

export function mountPlain(site: Hono, parts: WebParts): void {
  site.get('/healthz', async context => {
    const well = await isWell(parts)
    context.header('cache-control', 'no-store')
    return context.json({ status: well ? 'well' : 'the database does not answer' }, well ? 200 : 503)
  })
  site.get('/robots.txt', context => context.text(robots))
  site.get('/.well-known/security.txt', context => context.text(securityText(parts)))
}
