// Documents that a project keeps elsewhere: its README or guide may link to one, which a person follows.
import { lineOf } from '../files.ts'
import type { Facts, Finding } from '../words.ts'
import { readAll, spot } from './check.ts'

/** A Markdown, reStructuredText or plain link whose text or address holds the words, or a heading that does. */
const linkWith = (words: string): RegExp =>
  new RegExp(
    `\\[[^\\]\\n]*${words}[^\\]\\n]*\\](?:\\(|\\[|:)|\\]\\([^)\\s]*${words}[^)\\s]*\\)|\`[^\`\\n]*${words}[^\`\\n]*<[^>\\n]+>\`|https?://[^\\s)>"']*${words}|^#{1,6}[ \\t][^\\n]*${words}|^[^\\n]*${words}[^\\n]*\\n(?:={3,}|-{3,})[ \\t]*$|<(?:h[1-6]|summary)>[^\\n]*${words}`,
    'im',
  )

/** `none` is the finding when nothing is linked either. */
export async function linkedFinding(facts: Facts, { words, none }: { words: string; none: Finding }): Promise<Finding> {
  if (none.outcome !== 'fail') return none
  const { texts } = await readAll(facts, [
    ...facts.found.readme,
    ...facts.found.contributing,
    ...facts.found.maintainers,
  ])
  const pattern = linkWith(words)
  const file = texts.find(({ text }) => pattern.test(text))
  if (!file) return none
  return {
    outcome: 'needs-person',
    says: `${none.says.replace(/\.$/, '')}, but ${file.path} leads to one, which a person follows.`,
    evidence: [spot(facts, file.path, { line: lineOf(file.text, pattern.exec(file.text)?.index ?? 0) })],
  }
}
