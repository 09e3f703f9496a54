// The two long forms of a review: a finding on each requirement, and a notice of what is missing.
import { badgeOf, type Outcome, type RequirementShown } from '#domains/assessments/index.ts'
import { hiddenFields } from '#html/hidden.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Review } from './words.ts'

export type FormMatter = {
  readonly review: Review
  readonly requirements: readonly RequirementShown[]
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly waived: ReadonlySet<string>
  readonly assessment: string | null
}

const choices = [
  ['left-open', 'Left open'],
  ['met', 'Met'],
  ['not-met', 'Not met'],
] as const

const says: Readonly<Record<Outcome, string>> = {
  pass: 'The repository shows that it is met. Say so only if you find otherwise.',
  fail: 'The repository shows that it is not met. If you find that it is, give the reason, or it is owed.',
  unknown: 'The repository does not tell. It is met only if you find that it is.',
  'needs-person': 'A person has to look. It is met only if you find that it is.',
}

const evidence = (assessment: string | null, id: string): Html =>
  assessment ? link({ label: 'Evidence', href: `/assessments/${assessment}#${id}` }) : html``

function tickRow({ id, title }: RequirementShown, index: number, matter: FormMatter): Html {
  const outcome = matter.outcomes[id] ?? 'unknown'
  const isWaived = matter.waived.has(id)
  return html`<fieldset class="field"><legend>${id} ${title} ${badgeOf(outcome)}</legend>
<p class="help">${isWaived ? 'It is waived for this project for now.' : says[outcome]} ${evidence(matter.assessment, id)}</p>
<input type="hidden" name="ticks.${index}.check" value="${id}">
<div class="field"><label for="tick-${index}">Your finding on ${id}</label><select id="tick-${index}" name="ticks.${index}.tick">${choices.map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select></div>
<div class="field"><label for="reason-${index}">Reason <span class="optional">where you find otherwise than the check</span></label><input type="text" id="reason-${index}" name="ticks.${index}.reason" maxlength="600"></div></fieldset>`
}

const textField = (id: string, help: string): Html =>
  html`<div class="field"><label for="${id}">Opinion</label><p class="help" id="${id}-help">${help} Everybody can read it. Markdown.</p>
<textarea id="${id}" name="text" rows="6" required aria-describedby="${id}-help"></textarea></div>`

const startOf = (act: string, { id }: Review): Html =>
  html`<form class="form" method="post" action="/acts/stewardship/${act}" novalidate>${hiddenFields({ review: id, _return: `/stewardship/reviews/${id}` })}`

/** Of the requirements that a check passes only the names stand here: whoever finds otherwise gives a notice. */
export function keepForm(matter: FormMatter): Html {
  const open = matter.requirements.filter(({ id }) => matter.outcomes[id] !== 'pass' && !matter.waived.has(id))
  const passed = matter.requirements.filter(({ id }) => !open.some(one => one.id === id))
  return html`${startOf('keep', matter.review)}
${textField('keep-text', 'What you looked at, and why the project keeps its requirements.')}
${passed.length > 0 && html`<p class="help">Shown by the repository, or waived: ${passed.map(({ id }) => id).join(', ')}.</p>`}
${open.map((requirement, index) => tickRow(requirement, index, matter))}
<div class="form-end"><button class="main">${matter.review.state === 'due' ? 'Find that it keeps its requirements' : 'Find that it is cured'}</button><p class="quiet">Your finding stands in the public record under your seat, and the review is over.</p></div></form>`
}

/** Beside those that the repository shows to fail, for what only a person finds. */
const furtherReasons = 3

const saysField = (index: number): Html =>
  html`<div class="field"><label for="says-${index}">What must be different for it to be met</label><input type="text" id="says-${index}" name="reasons.${index}.says" maxlength="4000"></div>`

const failingRow = ({ id, title }: RequirementShown, index: number, { assessment }: FormMatter): Html =>
  html`<fieldset class="field"><legend>${id} ${title} ${badgeOf('fail')}</legend>
<div class="field"><div class="pick"><input type="checkbox" id="missing-${index}" name="reasons.${index}.check" value="${id}"><label for="missing-${index}">Give notice of ${id}</label></div><p class="help">${evidence(assessment, id)}</p></div>
${saysField(index)}</fieldset>`

const furtherRow = (index: number, named: readonly RequirementShown[], { outcomes }: FormMatter): Html =>
  html`<fieldset class="field"><legend>Another requirement <span class="optional">if there is more</span></legend>
<div class="field"><label for="missing-${index}">Which one</label><select id="missing-${index}" name="reasons.${index}.check"><option value=""></option>${named.map(({ id, title }) => html`<option value="${id}">${id} ${title} (${outcomes[id] ?? 'unknown'})</option>`)}</select></div>
${saysField(index)}</fieldset>`

/** Every requirement that the newest assessment fails stands by itself; any other can be named. What is waived is no reason. */
function reasonRows(matter: FormMatter): Html {
  const named = matter.requirements.filter(({ id }) => !matter.waived.has(id))
  const failing = named.filter(({ id }) => matter.outcomes[id] === 'fail')
  const others = named.filter(({ id }) => matter.outcomes[id] !== 'fail')
  const further = Array.from({ length: Math.min(furtherReasons, others.length) }, (_, index) => failing.length + index)
  return html`${failing.length > 0 && html`<p class="help">The newest assessment shows that these fail: tick those that the notice is about.</p>`}
${failing.map((requirement, index) => failingRow(requirement, index, matter))}
${further.length > 0 && html`<details><summary>Something else is missing</summary><div class="form further">${further.map(index => furtherRow(index, others, matter))}</div></details>`}`
}

export const noticeForm = (matter: FormMatter): Html =>
  html`${startOf('give-notice', matter.review)}
${textField('notice-text', 'What you looked at, and what is missing: also what no requirement names.')}
${reasonRows(matter)}
<div class="form-end"><button class="grave">Give notice</button><p class="quiet">The maintainers get it by mail, and the time to cure begins.</p></div></form>`
