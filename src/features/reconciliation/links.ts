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
  // What a period recorded may have been reversed in another one: its list shows both.
  return addressOf({ ...filter, ...(head.kind === 'period' ? {} : posted) }, question)
}

/** The documents behind the grand totals: what envelopes paid, and what own resources did. */
export const totalHrefs = (question: Question) => ({
  spent: addressOf({ ...fromEnvelopes(question), ...posted }, question),
  ownResources: addressOf({ ...fromOwnResources(question), ...posted }, question),
})

const posted = { state: 'posted' }
const fromEnvelopes = ({ jurisdiction }: Question) => ({ jurisdiction, funding: 'own,shared' })
const fromOwnResources = ({ jurisdiction }: Question) => ({ jurisdiction, funding: 'self_funded' })

function addressOf(filter: Record<string, string>, { from, to }: Question): string {
  const asked = { ...filter, from: firstDay(from), to: lastDay(to) }
  return `/api/v1/expenditures?${new URLSearchParams(asked)}`
}

function filterOf(head: RowHead, question: Question): Record<string, string> | null {
  const { key } = head
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
      return { organization: key, ...fromEnvelopes(question) }
    case 'fiscal-year':
      return { fiscalYear: key, ...fromEnvelopes(question) }
    case 'period':
      return { period: key, ...fromEnvelopes(question) }
    case 'programme':
      return fromEnvelopes(question)
    case 'own-resources':
      return fromOwnResources(question)
    case 'undistributed':
      return null
  }
}

const fundingBehind = (head: RowHead): string => (hasOnlyOwnResources(head) ? 'self_funded' : 'own')
