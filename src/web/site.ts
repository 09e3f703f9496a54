// The site: safe headers, limits, then the domains' pages, the forms of the acts, and the house's own pages.
import { Hono, type MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { assetsByPath, themeAssets } from '#html/assets.ts'
import { limitBody, refuseNul } from './body.ts'
import { isPublicRequest, type PageCache } from './cache.ts'
import { mountErrors, tooLarge, tooMany } from './errors.ts'
import { mountForms } from './forms.ts'
import { limiter } from './limits.ts'
import { mountPages } from './pages.ts'
import type { WebParts } from './parts.ts'
import { remoteOf } from './remote.ts'
import { scripts } from './scripts.ts'

export type SiteOptions = {
  readonly cache?: PageCache
  /** Believe X-Forwarded-For: only behind a proxy of one's own. */
  readonly trustsProxy?: boolean
  /** Adds what stands beside the pages: the API, sign-in, the record. */
  readonly mounts?: readonly ((site: Hono, parts: WebParts) => void)[]
}

const headers = (baseUrl: string): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: baseUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })

function slowDown(parts: WebParts, trustsProxy = false): MiddlewareHandler {
  const changes = limiter({ perMinute: 600, burst: 300 })
  const signIns = limiter({ perMinute: 20, burst: 20 })
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
    const isSignIn = /^\/(sign-in$|sign-in\/with\/|auth\/)/.test(context.req.path)
    const remote = remoteOf(context, trustsProxy)
    return (isSignIn ? signIns : changes)(remote) ? next() : tooMany(parts, context)
  }
}

/** Keeps what signed-out visitors were shown; the version is read before the page is made, so it is never too new. */
const keeping =
  (parts: WebParts, cache: PageCache): MiddlewareHandler =>
  async (context, next) => {
    const url = new URL(context.req.url)
    const address = `${url.pathname}${url.search}`
    const { headers: sent } = context.req.raw
    const isOpen = isPublicRequest(context.req.method, address, sent.has('cookie') || sent.has('authorization'))
    // Signed-in visitors too: it also takes up what another program on the same database put into force.
    const version = url.pathname.startsWith('/assets/') ? '' : await parts.version()
    await next()
    const { res } = context
    const isPage =
      res.status === 200 && /^text\/html|^application\/(atom|feed)/.test(res.headers.get('content-type') ?? '')
    // A page that looks again by itself shows work under way, which no entry tells of.
    const isFleeting = res.headers.has('set-cookie') || res.headers.has('refresh')
    if (isOpen && isPage && context.req.method === 'GET' && !isFleeting) await cache.keep(address, version, res.clone())
    if (!res.headers.has('cache-control')) res.headers.set('cache-control', isOpen ? 'no-cache' : 'private, no-store')
  }

function mountAssets(site: Hono, parts: WebParts): void {
  site.get('/assets/*', context => {
    const { css, icon } = themeAssets(parts.foundation().accent)
    const asset = assetsByPath([css, icon, ...scripts]).get(context.req.path)
    if (!asset) return context.notFound()
    return context.body(asset.body, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
  site.get('/favicon.ico', context => context.redirect(themeAssets(parts.foundation().accent).icon.path, 302))
}

export function createSite(parts: WebParts, options: SiteOptions = {}): Hono {
  const site = new Hono()
  site.use(requestId(), headers(parts.baseUrl))
  site.use(
    refuseNul,
    limitBody(context => tooLarge(parts, context)),
  )
  site.use(csrf({ origin: new URL(parts.baseUrl).origin }), slowDown(parts, options.trustsProxy))
  if (options.cache) site.use(keeping(parts, options.cache))
  mountAssets(site, parts)
  for (const mount of options.mounts ?? []) mount(site, parts)
  mountForms(site, parts)
  mountPages(
    site,
    parts,
    parts.engine.registry.domains.flatMap(domain => domain.pages ?? []),
  )
  mountErrors(site, parts)
  return site
}
