import { firstDay, lastDay } from '#core/fiscal-year.ts'
import type { RowHead } from './dimension.ts'
import type { Question } from './facts.ts'
import { hasOnlyOwnResources } from './figures.ts'

/**
 * Every total links to the documents that add up to it, with the same filters: what was spent, or
 * for self-funded measures what own resources paid. Planned money has no documents, so the row
 * that holds only planned money has no link.
 */
export function hrefOf(head: RowHead, question: Question): string | null {
  const filter = filterOf(head, question)
  if (filter === null) {
    return null
  }
  const range = {
    // What a period recorded may have been reversed in another one: its list shows both.
    ...(head.kind === 'period' ? {} : { state: 'posted' }),
    from: firstDay(question.from),
    to: lastDay(question.to),
  }
  return `/api/v1/expenditures?${new URLSearchParams({ ...filter, ...range })}`
}

function filterOf(head: RowHead, { jurisdiction }: Question): Record<string, string> | null {
  const { key } = head
  const fromEnvelopes = { jurisdiction, funding: 'own,shared' }
  switch (head.kind) {
    case 'measure':
      return { measure: key }
    case 'envelope':
      return { envelope: key }
    case 'axis':
      return { axis: key, funding: fundingBehind(head) }
    case 'lead':
      return { lead: key, funding: fundingBehind(head) }
    case 'organization':
      return { organization: key, ...fromEnvelopes }
    case 'fiscal-year':
      return { fiscalYear: key, ...fromEnvelopes }
    case 'period':
      return { period: key, ...fromEnvelopes }
    case 'programme':
      return fromEnvelopes
    case 'own-resources':
      return { jurisdiction, funding: 'self_funded' }
    case 'undistributed':
      return null
  }
}

const fundingBehind = (head: RowHead): string => (hasOnlyOwnResources(head) ? 'self_funded' : 'own')
