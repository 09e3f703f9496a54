// Organisations as concentration counts them: companies under one control are one group, on each day anew; names of registers are folded to them.

import type { Day } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { controllersAbove, controlsAbout, type Organisation, organisationsAll } from '#domains/people/index.ts'
import { foldedCompany } from './companies.ts'

export type Groups = {
  readonly groupOn: (organisation: string, day: Day) => string
  /** The registered organisation that is written so, else a key of its own for companies that only a register names. */
  readonly ofCompany: (name: string) => string
  readonly called: (group: string) => { readonly label: string; readonly href?: string }
}

const unregistered = '~'

/** Of several organisations that fold to one name none is meant: better unknown apart than one of them by chance. */
function byFoldedName(all: readonly Organisation[]): ReadonlyMap<string, string> {
  const named = Map.groupBy(all, ({ name }) => foldedCompany(name))
  return new Map([...named].flatMap(([name, [one, ...others]]) => (one && others.length === 0 ? [[name, one.id]] : [])))
}

export async function loadGroups(read: Read): Promise<Groups> {
  const [all, controls] = [await organisationsAll(read), await controlsAbout(read)]
  const [known, byName] = [new Map(all.map(one => [one.id, one])), byFoldedName(all)]
  const controlled = new Set(controls.map(({ child }) => child))
  const tops = new Map<string, string>()
  const written = new Map<string, string>()
  const topOf = (organisation: string, day: Day): string => {
    const above = controllersAbove(controls, [organisation], day)
    return above.find(one => controllersAbove(controls, [one], day).length === 0) ?? organisation
  }
  return {
    groupOn(organisation, day) {
      if (!controlled.has(organisation)) return organisation
      const key = `${organisation} ${day}`
      const top = tops.get(key) ?? topOf(organisation, day)
      tops.set(key, top)
      return top
    },
    ofCompany(name) {
      const folded = foldedCompany(name)
      const key = byName.get(folded) ?? `${unregistered}${folded}`
      if (!written.has(key)) written.set(key, name)
      return key
    },
    called(group) {
      const one = known.get(group)
      if (one) return { label: one.name, href: `/organisations/${one.slug}` }
      return { label: written.get(group) ?? group }
    },
  }
}
