import { equals, type Money } from '#core/money.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { totalHrefs } from '#features/reconciliation/links.ts'
import { type Finding, type Reconciliation, reconcile } from '#features/reconciliation/reconcile.ts'

/**
 * Where the documents behind each figure are, for one reader. A link promises a list that adds up to
 * the figure, so a figure is open only when the reader reaches all that is in it: computed from the
 * entries of their organizations alone it is the same. Figures themselves never depend on who reads.
 */
export interface DocumentLink {
  readonly href: string
  readonly isOpen: boolean
}

/** By `linkKey`; a figure that no documents add up to is not in it. */
export type DocumentLinks = ReadonlyMap<string, DocumentLink>

/** Of a row, or of `total`, and of a column. */
export const linkKey = (row: string, column: string): string => `${row} ${column}`

/** @param organizations whose documents the reader opens */
export function documentLinks(
  facts: Facts,
  full: Reconciliation,
  organizations: readonly string[],
): DocumentLinks {
  const reached = reachedBy(facts, full, organizations)
  const known = new Map(reached.findings.map((finding) => [finding.head.key, finding]))
  const isAnybody = organizations.length > 0
  const isOpen = (all: Money | null, theirs: Money | null | undefined): boolean =>
    isAnybody && all !== null && theirs != null && equals(all, theirs)
  const ofRows = full.findings.flatMap((finding) => {
    const { head, href } = finding
    const column = spentColumn(finding)
    const link = { isOpen: isOpen(finding[column], known.get(head.key)?.[column]) }
    return href === null ? [] : [[linkKey(head.key, column), { href, ...link }] as const]
  })
  const totals = totalHrefs(full.question)
  const ofTotals = (['spent', 'ownResources'] as const).map((column) => {
    const link = { isOpen: isOpen(full.totals[column], reached.totals[column]) }
    return [linkKey('total', column), { href: totals[column], ...link }] as const
  })
  return new Map([...ofRows, ...ofTotals])
}

/**
 * The commitments behind what each envelope and measure holds committed, of a question about every
 * year: they are listed by the year they were asked on, which a year-end may have carried on.
 */
export function commitmentLinks(
  facts: Facts,
  full: Reconciliation,
  organizations: readonly string[],
): DocumentLinks {
  const reached = reachedBy(facts, full, organizations)
  const known = new Map(reached.findings.map(({ head, committed }) => [head.key, committed]))
  return new Map(
    full.findings.flatMap(({ head: { kind, key }, committed }) => {
      const theirs = known.get(key)
      const isOpen =
        organizations.length > 0 &&
        committed !== null &&
        theirs != null &&
        equals(committed, theirs)
      const query = new URLSearchParams({ [kind]: key, state: 'approved' })
      return committed !== null && (kind === 'envelope' || kind === 'measure')
        ? [[linkKey(key, 'committed'), { href: `/api/v1/commitments?${query}`, isOpen }] as const]
        : []
    }),
  )
}

const reachedBy = (
  facts: Facts,
  full: Reconciliation,
  organizations: readonly string[],
): Reconciliation =>
  organizations.includes(everyOrganization)
    ? full
    : reconcile(ofOrganizations(facts, organizations), full.question)

/** What documents paid: where no envelope may, what own resources did. */
const spentColumn = ({ spent }: Finding) => (spent === null ? 'ownResources' : 'spent')

const ofOrganizations = (facts: Facts, organizations: readonly string[]): Facts => ({
  ...facts,
  balances: facts.balances.filter(({ organization }) => organizations.includes(organization)),
})
