// Which mail domains are an organisation's own: stated one by one, or taken from the homepages of the organisations registered.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Day } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import {
  OrganisationId,
  OrganisationRef,
  organisationNamed,
  organisationsAll,
  PlausibleDay,
} from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { isHost, saysNothing } from './addresses.ts'
import { domainsStated } from './finds.ts'
import {
  domainTaken,
  endsBeforeStart,
  noSuchDomain,
  noSuchOrganisation,
  nothingNew,
  saysNothingOfEmployers,
} from './problems.ts'
import type { Tables } from './tables.ts'
import { register } from './terms.ts'

const MailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .refine(isHost, 'Expected a domain such as example.org')
  .meta({ title: 'Mail domain', description: 'Without the @. It covers everything below it.' })

type Stated = {
  readonly domain: string
  readonly organisation: string
  readonly from: Day | null
  readonly until: Day | null
}

const keep = (tx: Write, stated: readonly Stated[], entry: string) =>
  tx
    .on<Tables>()
    .insertInto('mail_domains')
    .values(stated.map(({ from, until, ...one }) => ({ ...one, from_day: from, until_day: until, entry })))
    .execute()

type Open = { readonly from: Day | null; readonly until: Day | null }

const overlap = (a: Open, b: Open): boolean =>
  (a.from === null || b.until === null || a.from < b.until) && (b.from === null || a.until === null || b.from < a.until)

export const stateDomain = act({
  name: 'contributors.state-domain',
  title: 'State an organisation’s mail domain',
  describes:
    'Counts commits under this domain, and below it, for the organisation, unless something stronger is stated.',
  under: register,
  by: ['staff', 'operator'],
  takes: z.object({
    domain: MailDomain,
    organisation: OrganisationRef,
    from: PlausibleDay.optional().meta({ title: 'From', description: 'Empty: as long as there are commits.' }),
    until: PlausibleDay.optional().meta({ title: 'Until', description: 'The first day on which it no longer held.' }),
  }),
  records: z.object({ domain: z.string(), organisation: OrganisationId, from: Day.nullable(), until: Day.nullable() }),
  refuses: [saysNothingOfEmployers, noSuchOrganisation, endsBeforeStart, domainTaken],
  finds: async ({ organisation }, read) => ({
    organisation: await organisationNamed(read, organisation),
    stated: await domainsStated(read),
  }),
  decides({ input: { domain, from = null, until = null }, found: { organisation, stated } }) {
    if (saysNothing(domain)) return refuse(saysNothingOfEmployers)
    if (!organisation) return refuse(noSuchOrganisation)
    if (from !== null && until !== null && until <= from) return refuse(endsBeforeStart)
    const own = stated.filter(one => one.domain === domain)
    if (own.some(one => overlap({ from: one.from_day, until: one.until_day }, { from, until })))
      return refuse(domainTaken)
    return { domain, organisation: organisation.id, from, until }
  },
  writes: (tx, facts, { id }) => keep(tx, [facts], id),
  says: ({ domain, organisation }) => `stated that ${domain} is a mail domain of ${organisation}`,
})

export const endDomain = act({
  name: 'contributors.end-domain',
  title: 'Say when a mail domain was no longer the organisation’s',
  describes: 'Commits from that day on are not counted for it any more.',
  under: register,
  by: ['staff', 'operator'],
  takes: z.object({
    domain: MailDomain,
    until: PlausibleDay.meta({ title: 'Until', description: 'The day after the last one.' }),
  }),
  records: z.object({ domain: z.string(), entry: z.string(), until: Day }),
  refuses: [noSuchDomain, endsBeforeStart],
  finds: (_, read) => domainsStated(read),
  decides({ input: { domain, until }, found }) {
    const open = found.find(one => one.domain === domain && one.until_day === null)
    if (!open) return refuse(noSuchDomain)
    if (open.from_day !== null && until <= open.from_day) return refuse(endsBeforeStart)
    return { domain, entry: open.entry, until }
  },
  writes: (tx, { domain, entry, until }) =>
    tx
      .on<Tables>()
      .updateTable('mail_domains')
      .set({ until_day: until })
      .where('entry', '=', entry)
      .where('domain', '=', domain)
      .execute(),
  says: ({ domain, until }) => `stated that ${domain} was the organisation’s until ${sayDay(until)}`,
})

/** Hosts on which many have their pages: whoever lies there does not own the domain. */
const hosting =
  /(?:^|\.)(?:github\.(?:io|com)|gitlab\.(?:io|com)|readthedocs\.(?:io|org)|linkedin\.com|netlify\.app|vercel\.app|pages\.dev|notion\.site|medium\.com|wordpress\.com|google\.com|facebook\.com|x\.com|twitter\.com|huggingface\.co|wikipedia\.org)$/

function hostIn(homepage: string | null): string | undefined {
  if (homepage === null || !URL.canParse(homepage)) return undefined
  const host = new URL(homepage).hostname.toLowerCase().replace(/^www\d?\./, '')
  return isHost(host) && !saysNothing(host) && !hosting.test(host) ? host : undefined
}

/** A record's leaf has room for so many. */
const atOnce = 400

async function homepagesNew(read: Read) {
  const stated = new Set((await domainsStated(read)).map(({ domain }) => domain))
  const hosts = (await organisationsAll(read)).flatMap(one => {
    const domain = hostIn(one.homepage)
    return domain && !stated.has(domain) ? [{ domain, organisation: one.id }] : []
  })
  // A host that two organisations name belongs to one of them at most.
  return [...Map.groupBy(hosts, ({ domain }) => domain).values()].flatMap(same => (same.length === 1 ? same : []))
}

export const takeHomepages = act({
  name: 'contributors.take-homepages',
  title: 'Take mail domains from homepages',
  describes:
    'States the domain of each registered organisation’s homepage as its mail domain, 400 at a time; never those of mail providers, forges and hosts.',
  under: register,
  by: ['staff', 'operator'],
  takes: z.object({}),
  records: z.object({ domains: z.array(z.object({ domain: z.string(), organisation: OrganisationId })) }),
  refuses: [nothingNew],
  finds: (_, read) => homepagesNew(read),
  decides: ({ found }) => (found.length === 0 ? refuse(nothingNew) : { domains: found.slice(0, atOnce) }),
  writes: (tx, { domains }, { id }) =>
    keep(
      tx,
      domains.map(one => ({ ...one, from: null, until: null })),
      id,
    ),
  says: ({ domains }) => `took ${domains.length} mail ${domains.length === 1 ? 'domain' : 'domains'} from homepages`,
})
