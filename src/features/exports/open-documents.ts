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

/** By column, then by row or `total`; a figure that no documents add up to is not in it. */
export type DocumentLinks = ReadonlyMap<string, ReadonlyMap<string, DocumentLink>>

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
  const hrefs = totalHrefs(full.question)
  return new Map(
    (['spent', 'ownResources'] as const).map((column) => {
      const links = new Map<string, DocumentLink>()
      for (const finding of full.findings) {
        const { head, href } = finding
        if (href !== null && spentColumn(finding) === column) {
          const theirs = known.get(head.key)?.[column]
          links.set(head.key, { href, isOpen: isOpen(finding[column], theirs) })
        }
      }
      const isWhole = isOpen(full.totals[column], reached.totals[column])
      return [column, links.set('total', { href: hrefs[column], isOpen: isWhole })]
    }),
  )
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
  const links = new Map(
    full.findings.flatMap(({ head: { kind, key }, committed }) => {
      const theirs = known.get(key)
      const isOpen =
        organizations.length > 0 &&
        committed !== null &&
        theirs != null &&
        equals(committed, theirs)
      const query = new URLSearchParams({ [kind]: key, state: 'approved' })
      return committed !== null && (kind === 'envelope' || kind === 'measure')
        ? [[key, { href: `/api/v1/commitments?${query}`, isOpen }] as const]
        : []
    }),
  )
  return new Map([['committed', links]])
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
