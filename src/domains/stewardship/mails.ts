// Letters of stewardship: to those who review, and to those who keep the project. Where nobody keeps it here, the staff hears instead.
import { z } from 'zod'
import type { Letter, Mail } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { bodiesAll, holdersOf } from '#domains/bodies/index.ts'
import { contactsOf, maintainersOf, type Project, projectBy } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { reviewBy, waiverBy } from './finds.ts'
import type { Review } from './words.ts'

type Matter = { readonly subject: string; readonly text: readonly string[] }

const letter = ({ subject, text }: Matter): Omit<Letter, 'to'> => ({ subject, text: text.join('\n\n') })

const toPersons = (persons: readonly string[], matter: Matter): Letter[] =>
  [...new Set(persons)].map(person => ({ to: { person }, ...letter(matter) }))

async function holdersNow(read: Read, body: string, at: Instant): Promise<readonly string[]> {
  return (await holdersOf(read, body, at)).filter(({ as }) => as === 'principal').map(({ person }) => person)
}

async function staffNow(read: Read, at: Instant): Promise<readonly string[]> {
  const offices = (await bodiesAll(read)).filter(({ kind }) => kind === 'staff')
  return (await Promise.all(offices.map(({ slug }) => holdersNow(read, slug, at)))).flat()
}

/** The maintainers, and the contacts who answered for its application; the staff where there are neither. */
async function toKeepers(
  read: Read,
  { project, at, matter }: { project: Project; at: Instant; matter: Matter },
): Promise<Letter[]> {
  const maintainers = await maintainersOf(read, project.id)
  const contacts = project.application ? await contactsOf(read, project.application) : []
  if (maintainers.length + contacts.length > 0)
    return [...toPersons(maintainers, matter), ...contacts.map(({ email }) => ({ to: { email }, ...letter(matter) }))]
  const nobody = `Nobody is named as keeping ${project.name}, so this comes to you. Please reach them where the project lives.`
  return toPersons(await staffNow(read, at), { subject: matter.subject, text: [nobody, ...matter.text] })
}

const About = z.object({ review: z.string(), project: z.string() })

async function matterOf(read: Read, facts: unknown): Promise<{ review: Review; project: Project } | undefined> {
  const { review: id, project: ref } = About.parse(facts)
  const [review, project] = [await reviewBy(read, id), await projectBy(read, ref)]
  return review && project ? { review, project } : undefined
}

const pageOf = ({ id }: Review): string => `/stewardship/reviews/${id}`

/** The body that the charter named when the review opened. */
const reviewers = (read: Read, { body }: Review, at: Instant): Promise<readonly string[]> => holdersNow(read, body, at)

const opened: Mail = {
  about: ['stewardship.open-review'],
  title: 'To those who review and those who keep the project when a review opens',
  async letters({ facts, at }, read) {
    const found = await matterOf(read, facts)
    if (!found) return []
    const { review, project } = found
    const toReview: Matter = {
      subject: `Review by ${sayDay(review.lookBy)}: ${project.name}`,
      text: [
        `A review of ${project.name} has opened${review.callReason ? `: ${review.callReason}` : ', as the charter wants it from time to time.'}`,
        'Its repository is being assessed. Say what you find on what the assessment leaves open, and whether it keeps its requirements.',
        pageOf(review),
      ],
    }
    const toKeep: Matter = {
      subject: `A review has opened: ${project.name}`,
      text: [
        `${project.name} is being looked at again by the requirements under which it was taken in. You need not do anything now.`,
        'If something is missing you are told what it is, and have time to mend it. How it stands:',
        pageOf(review),
      ],
    }
    return [
      ...toPersons(await reviewers(read, review, at), toReview),
      ...(await toKeepers(read, { project, at, matter: toKeep })),
    ]
  },
}

const reminded: Mail = {
  about: ['stewardship.remind'],
  title: 'To those who review when a project waits for them too long',
  async letters({ facts, at }, read) {
    const found = await matterOf(read, facts)
    if (!found) return []
    return toPersons(await reviewers(read, found.review, at), {
      subject: `Still waiting for a reviewer: ${found.project.name}`,
      text: [
        `${found.project.name} has waited for a reviewer longer than the charter wants, and this is shown in public.`,
        pageOf(found.review),
      ],
    })
  },
}

const noticed: Mail = {
  about: ['stewardship.give-notice'],
  title: 'To those who keep the project when it is under notice',
  async letters({ facts, at }, read) {
    const found = await matterOf(read, facts)
    const notice = found?.review.notice
    if (!found || !notice) return []
    const { project, review } = found
    const text = [
      `In a review of ${project.name} something was found missing.`,
      notice.text,
      ...notice.reasons.map(({ check, says }) => `${check}: ${says}`),
      `Cure it by ${sayDay(notice.cureBy)} and say so, and it is looked at again. Otherwise the project is retired on that day: it leaves the landscape, and its right to show the foundation’s logo ends.`,
      `What cannot be met may be waived for a time, if you ask. Everything stands here: ${pageOf(review)}`,
    ]
    return toKeepers(read, {
      project,
      at,
      matter: { subject: `Notice to ${project.name}: cure by ${sayDay(notice.cureBy)}`, text },
    })
  },
}

const answered: Mail = {
  about: ['stewardship.answer-notice'],
  title: 'To those who review when a project has answered a notice',
  async letters({ facts, at }, read) {
    const found = await matterOf(read, facts)
    const answer = found?.review.answer
    if (!found || !answer) return []
    return toPersons(await reviewers(read, found.review, at), {
      subject: `Answered: the notice to ${found.project.name}`,
      text: [
        answer.text,
        `Please look again by ${sayDay(answer.lookBy)}. The repository is being assessed anew.`,
        pageOf(found.review),
      ],
    })
  },
}

const Ended = About.extend({ reapplyFrom: z.string().nullish() })

const ended: Mail = {
  about: ['stewardship.keep', 'stewardship.settle', 'stewardship.drop-review'],
  title: 'To those who keep the project when a review ends',
  async letters({ facts, at }, read) {
    const found = await matterOf(read, facts)
    if (!found) return []
    const { review, project } = found
    const { reapplyFrom } = Ended.parse(facts)
    const words: Partial<Record<Review['state'], string>> = {
      kept: `${project.name} keeps its requirements.`,
      cured: `${project.name} has cured what was missing.`,
      retired: `${project.name} has been retired. It has left the landscape, and its right to show the foundation’s logo has ended.`,
      dropped: `The review of ${project.name} ended without a finding.`,
    }
    const text = [
      words[review.state] ?? 'The review has ended.',
      ...(review.text ? [review.text] : []),
      ...(reapplyFrom ? [`It may apply again from ${sayDay(reapplyFrom)} on.`] : []),
      pageOf(review),
    ]
    const subject = `${review.state.charAt(0).toUpperCase()}${review.state.slice(1)}: ${project.name}`
    return toKeepers(read, { project, at, matter: { subject, text } })
  },
}

const Owing = z.object({
  project: z.string(),
  disagreements: z.array(
    z.object({ id: z.string(), check: z.string(), reason: z.string().nullable(), owedBy: z.string() }),
  ),
})

const owed: Mail = {
  about: ['stewardship.keep'],
  title: 'To a reviewer who owes the reason for a finding',
  async letters({ facts, actor }, read) {
    const { project: ref, disagreements } = Owing.parse(facts)
    const open = disagreements.filter(({ reason }) => reason === null)
    const [first] = open
    const project = await projectBy(read, ref)
    if (!first || !project || !actor.person) return []
    return toPersons([actor.person], {
      subject: `Your reason is owed by ${sayDay(first.owedBy)}: ${project.name}`,
      text: [
        `You found that ${project.name} meets ${open.map(({ check }) => check).join(', ')}, where the check fails. That is shown in public, and a reason is owed.`,
        'Without one the finding lapses on that day, and the review that rested on it is due again.',
        '/stewardship/disagreements',
      ],
    })
  },
}

const Waived = z.object({ waiver: z.string(), project: z.string() })

async function waiverIn(read: Read, facts: unknown) {
  const { waiver: id, project: ref } = Waived.parse(facts)
  const [waiver, project] = [await waiverBy(read, id), await projectBy(read, ref)]
  return waiver && project ? { waiver, project } : undefined
}

const waiverTold: Mail = {
  about: ['stewardship.decide-waiver', 'stewardship.end-waiver'],
  title: 'To whoever asked for a waiver and those who keep the project, when it is decided or ends',
  async letters({ facts, at }, read) {
    const found = await waiverIn(read, facts)
    if (!found) return []
    const { waiver, project } = found
    const matter: Matter = {
      subject: `Waiver of ${waiver.check} for ${project.name}: ${waiver.state}`,
      text: [
        `The waiver of ${waiver.check} for ${project.name} is now ${waiver.state}${waiver.state === 'granted' ? ` until ${sayDay(waiver.until)}` : ''}.`,
        ...(waiver.decision ? [waiver.decision] : []),
        `/stewardship/waivers#${waiver.id}`,
      ],
    }
    const keepers = await maintainersOf(read, project.id)
    if (keepers.includes(waiver.requester)) return toKeepers(read, { project, at, matter })
    return [...toPersons([waiver.requester], matter), ...(await toKeepers(read, { project, at, matter }))]
  },
}

const Requested = Waived.extend({ check: z.string(), reason: z.string(), body: z.string() })

const waiverAsked: Mail = {
  about: ['stewardship.request-waiver'],
  title: 'To those who decide when a waiver is asked for',
  async letters({ facts, at }, read) {
    const { waiver, project: ref, check, reason, body } = Requested.parse(facts)
    const project = await projectBy(read, ref)
    if (!project) return []
    const asker = (await waiverBy(read, waiver))?.requester
    const deciders = (await holdersNow(read, body, at)).filter(person => person !== asker)
    return toPersons(deciders, {
      subject: `Asked for: a waiver of ${check} for ${project.name}`,
      text: [reason, 'Somebody other than whoever asks decides, with a reason:', `/stewardship/waivers#${waiver}`],
    })
  },
}

export const mails: readonly Mail[] = [opened, reminded, noticed, answered, ended, owed, waiverAsked, waiverTold]
