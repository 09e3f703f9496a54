// Names of companies, folded: the same company is written in many ways.

/** Legal forms at the end of a name. A name that is nothing else stays as it is. */
const legalForms = new Set(
  'ab ag as asa bv co company corp corporation gmbh inc incorporated kg kk limited llc llp ltd nv oy oyj plc pte pty pvt sa sarl sas se spa srl sro'.split(
    ' ',
  ),
)

const words = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
    .replace(/['’`]/g, '')
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter(Boolean)

/** `First Corp.`, `FIRST, Inc.` and `The first` are one; so are `A.B. Ltd` and `AB`. */
export function foldedCompany(name: string): string {
  const all = words(name)
  const from = all.length > 1 && all[0] === 'the' ? 1 : 0
  let until = all.length
  while (until - from > 1 && legalForms.has(all[until - 1] ?? '')) until -= 1
  return all.slice(from, until).join(' ')
}

/** How registers say that somebody works for nobody, and that they do not know. */
export const isIndependent = (name: string): boolean => /^(?:independent|self|none)$/i.test(name.trim())
export const isUnknown = (name: string): boolean => /^(?:\(?unknown\)?|notfound|\?|-)$/i.test(name.trim())
