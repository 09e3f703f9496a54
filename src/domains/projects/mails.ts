// Letters about applications: to the applicant and to the contacts named, when it is filed, assessed and decided.
import { z } from 'zod'
import type { Letter, Mail } from '#acts/domain.ts'
import type { Read } from '#database/handles.ts'
import { saysCounts } from '#domains/assessments/index.ts'
import { personBy } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { applicationBy, contactsOf } from './finds.ts'
import type { Application } from './words.ts'

const About = z.object({ application: z.string() })

/** Contacts that were erased get none, and neither does an applicant who has left. */
async function lettersTo(read: Read, application: Application, letter: Omit<Letter, 'to'>): Promise<Letter[]> {
  const applicant = await personBy(read, application.applicant)
  const contacts = await contactsOf(read, application.id)
  return [
    ...(applicant && !applicant.erased ? [{ to: { person: applicant.id }, ...letter }] : []),
    ...contacts.map(({ email }) => ({ to: { email }, ...letter })),
  ]
}

const pageOf = ({ id }: Application): string => `/applications/${id}`
const text = (...parts: readonly string[]): string => parts.join('\n\n')

const filed: Mail = {
  about: ['projects.apply'],
  title: 'To the applicant and the contacts when an application is filed',
  async letters({ facts }, read) {
    const application = await applicationBy(read, About.parse(facts).application)
    if (!application) return []
    return lettersTo(read, application, {
      subject: `Filed: the application of ${application.name}`,
      text: text(
        `An application for ${application.name} has been filed, and you are named as somebody who answers for it.`,
        'The repository is being read against the published criteria. Then a seat of the body that decides writes a review and moves to admit it.',
        'Everything but your name and address is public here:',
        pageOf(application),
      ),
    })
  },
}

const Assessed = z.object({
  assessment: z.string(),
  subject: z.string(),
  counts: z.object({ pass: z.int(), fail: z.int(), unknown: z.int(), needsPerson: z.int() }),
})

const assessed: Mail = {
  about: ['assessments.file'],
  title: 'To the applicant and the contacts when the repository was assessed',
  async letters({ facts }, read) {
    const { subject, counts, assessment } = Assessed.parse(facts)
    const application = await applicationBy(read, subject)
    if (!application) return []
    return lettersTo(read, application, {
      subject: `Assessed: ${application.name}`,
      text: text(
        `The repository of ${application.name} was assessed: ${saysCounts(counts)}.`,
        'Unknown is not a failure: a reviewer looks at it. You may mend what fails and ask for another assessment.',
        'Every check with its evidence:',
        `/assessments/${assessment}`,
      ),
    })
  },
}

const Failed = z.object({ subject: z.string(), reason: z.string() })

const unread: Mail = {
  about: ['assessments.fail'],
  title: 'To the applicant and the contacts when the repository could not be read',
  async letters({ facts }, read) {
    const { subject, reason } = Failed.parse(facts)
    const application = await applicationBy(read, subject)
    if (!application) return []
    return lettersTo(read, application, {
      subject: `The repository of ${application.name} could not be read`,
      text: text(
        reason,
        'Nothing is concluded from that. Mend it, and ask for another assessment here:',
        pageOf(application),
      ),
    })
  },
}

const outcomes: Partial<Record<Application['stage'], string>> = {
  admitted: 'The project now stands in the landscape.',
  declined: 'It was not admitted.',
  withdrawn: 'The application was taken back by whoever filed it.',
}

const decided: Mail = {
  about: ['projects.admit', 'projects.decline', 'projects.withdraw'],
  title: 'To the applicant and the contacts when an application is decided',
  async letters({ facts }, read) {
    const application = await applicationBy(read, About.parse(facts).application)
    if (!application) return []
    const { stage, name, reasons, reapplyFrom } = application
    return lettersTo(read, application, {
      subject: `${stage.charAt(0).toUpperCase()}${stage.slice(1)}: ${name}`,
      text: text(
        outcomes[stage] ?? 'It was decided.',
        ...(reasons ? [`The reasons: ${reasons}`] : []),
        ...(reapplyFrom ? [`It may be tried again from ${sayDay(reapplyFrom)} on.`] : []),
        'The application with its reviews and the vote:',
        pageOf(application),
      ),
    })
  },
}

export const mails: readonly Mail[] = [filed, assessed, unread, decided]
