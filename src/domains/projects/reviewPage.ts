// The form for a review: an opinion, and one row for each requirement with what the repository shows beside it.
import { type PageRequest, page } from '#acts/page.ts'
import { badgeOf, type CheckResult, latestFiled, paperBy } from '#domains/assessments/index.ts'
import { empty } from '#html/empty.ts'
import { hiddenFields } from '#html/hidden.ts'
import { type Html, html, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import { applicationBy, contactsOf } from './finds.ts'
import { holds } from './offers.ts'

async function loads(request: PageRequest) {
  const { read, params } = request
  const application = await applicationBy(read, params.application ?? '')
  if (!application) return undefined
  const newest = (await latestFiled(read, [application.id])).get(application.id)
  const paper = newest && (await paperBy(read, newest.findings.paper))
  const sample = { application: application.id, text: 'An opinion of some length.' }
  const checks: readonly CheckResult[] = paper?.checks ?? []
  return { application, newest, checks, offer: await request.offer('projects.review', sample) }
}
type Loaded = NonNullable<Awaited<ReturnType<typeof loads>>>

const choices = [
  ['left-open', 'Left open'],
  ['met', 'Met'],
  ['not-met', 'Not met'],
] as const

const checkRow = ({ id, title, outcome, says }: CheckResult, index: number, assessment: string): Html =>
  html`<fieldset class="field"><legend>${id} ${title} ${badgeOf(outcome)}</legend>
<p class="help">${says} ${link({ label: 'Evidence', href: `/assessments/${assessment}#${id}` })}</p>
<input type="hidden" name="ticks.${index}.check" value="${id}">
<div class="field"><label for="tick-${index}">Your finding on ${id}</label><select id="tick-${index}" name="ticks.${index}.tick">${choices.map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select></div>
<div class="field"><label for="reason-${index}">Reason <span class="optional">needed where you find otherwise</span></label><input type="text" id="reason-${index}" name="ticks.${index}.reason" maxlength="600"></div></fieldset>`

const reviewForm = ({ application, newest, checks }: Loaded): Html =>
  html`<form class="form" method="post" action="/acts/projects/review" novalidate>${hiddenFields({ application: application.id, _return: `/applications/${application.id}` })}
<div class="field"><label for="text">Opinion</label><p class="help" id="text-help">What speaks for and against taking the project in. Everybody can read it. Markdown.</p>
<textarea id="text" name="text" rows="10" required aria-describedby="text-help"></textarea></div>
${newest ? checks.map((check, index) => checkRow(check, index, newest.id)) : html`<p class="quiet">The repository has not been assessed, so there are no requirements to tick.</p>`}
<div class="form-end"><button class="main">Give this review</button><p class="quiet">It becomes an entry in the public record, under your seat.</p></div></form>`

export const reviewPage = page({
  path: '/applications/:application/review',
  needsSignIn: true,
  loads,
  shows(loaded: Loaded, view) {
    const { application, offer } = loaded
    return {
      crumbs: [
        { label: 'Applications', href: '/applications' },
        { label: application.name, href: `/applications/${application.id}` },
      ],
      kicker: 'Review',
      title: `Review ${application.name}`,
      summary:
        'Your opinion, with a finding for each requirement that you looked at. What you leave open says nothing.',
      ...(offer.refusal && { next: [view.action(offer)] }),
      sections: offer.refusal ? [] : [{ title: 'Your review', id: 'review', body: reviewForm(loaded) }],
    }
  },
})

async function loadsContacts(request: PageRequest) {
  const application = await applicationBy(request.read, request.params.application ?? '')
  // To everybody else the page does not exist.
  if (!application || !(holds(request, ['maintainer'], application.id) || holds(request, ['staff']))) return undefined
  return { application, contacts: await contactsOf(request.read, application.id) }
}

export const contactsPage = page({
  path: '/applications/:application/contacts',
  needsSignIn: true,
  loads: loadsContacts,
  shows: ({ application, contacts }: NonNullable<Awaited<ReturnType<typeof loadsContacts>>>) => ({
    crumbs: [
      { label: 'Applications', href: '/applications' },
      { label: application.name, href: `/applications/${application.id}` },
    ],
    kicker: 'Private',
    title: `Contacts for ${application.name}`,
    summary: 'Only the applicant and the staff see this page. The record holds a seal of it, not the matter.',
    sections: [
      {
        title: 'Contacts',
        id: 'contacts',
        body:
          contacts.length === 0
            ? empty('The contacts have been erased.')
            : table({
                caption: 'Contacts',
                isCaptionHidden: true,
                columns: [
                  { key: 'name', label: 'Name' },
                  { key: 'email', label: 'Mail address' },
                ],
                rows: contacts.map(({ name, email }) => ({
                  name,
                  email: link({ label: email, href: `mailto:${email}` }),
                })),
                empty: '',
              }),
      },
    ],
  }),
})
