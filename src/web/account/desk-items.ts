// What the domains put on a person's desk, the most urgent first.
import type { DeskItem } from '#acts/domain.ts'
import type { PageRequest } from '#acts/page.ts'
import type { WebParts } from '../parts.ts'

const later = '9999'

export async function deskItems(parts: WebParts, request: PageRequest): Promise<readonly DeskItem[]> {
  const { domains } = parts.engine.registry
  const lists = await Promise.all(domains.map(async ({ desk }) => (desk ? desk(request) : [])))
  return lists.flat().sort((a, b) => (a.due ?? later).localeCompare(b.due ?? later))
}

export const isAsked = ({ kind = 'asked' }: DeskItem): boolean => kind === 'asked'
