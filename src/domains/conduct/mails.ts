// A letter to everybody who accepted an earlier text, when a new one comes into force.
import type { Mail } from '#acts/domain.ts'
import { behind, currentHash } from './tables.ts'

const newText: Mail = {
  about: ['conduct.publish', 'conduct.accept'],
  title: 'The code of conduct has a new text',
  async letters({ act, facts }, read) {
    const hash = await currentHash(read)
    const isNews = hash === facts.hash && (act === 'conduct.publish' || facts.published !== undefined)
    if (!isNews || hash === undefined) return []
    return (await behind(read, hash)).map(person => ({
      to: { person },
      subject: 'The code of conduct has a new text',
      text: 'The code of conduct that you accepted has changed. Before your next act you will be asked to accept the new text.\n\nRead and accept it at /conduct.',
    }))
  },
}

export const mails = [newText]
