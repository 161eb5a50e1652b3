import { type ExpressionBuilder, sql } from 'kysely'
import { money } from '#core/money.ts'
import type { Database } from '#platform/db/schema.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Commitment } from './commitment.ts'
import { commitmentOf, selectCommitments } from './commitments.store.ts'
import type { CommitmentFilter, CommitmentTotals, PageAsked } from './filter.ts'

/**
 * One page in the order of numbers, one row more than asked to tell whether another follows.
 * @param organizations those the reader may see; `*` for all
 */
export async function listCommitments(
  handle: Handle,
  organizations: readonly string[],
  filter: CommitmentFilter,
  { limit, after }: PageAsked,
): Promise<readonly Commitment[]> {
  const rows = await selectCommitments(handle)
    .where(matches(organizations, filter))
    .$if(after !== null, (query) => query.where(place, '>', placeOf(after ?? '')))
    .orderBy(place)
    .limit(limit + 1)
    .execute()
  return rows.map(commitmentOf)
}

/** The seventh digit of a number comes after its six: E-…-1000000 follows E-…-999999. */
const place = sql<string>`(commitment.fiscal_year, length(commitment.number), commitment.number)`
const placeOf = (number: string) =>
  sql<string>`(substr(${number}::text, 3, 9), length(${number}::text), ${number}::text)`

/** Of the whole list: how many, what they were asked for, what became of it, and what remains. */
export async function countCommitments(
  handle: Handle,
  organizations: readonly string[],
  filter: CommitmentFilter,
): Promise<CommitmentTotals & { readonly count: number }> {
  const { count, total, consumed, released, remaining } = await handle
    .selectFrom('commitment')
    .where(matches(organizations, filter))
    .select([
      sql<string>`count(*)`.as('count'),
      sql<string>`coalesce(sum(commitment.amount), 0.00)`.as('total'),
      sql<string>`coalesce(sum(commitment.consumed), 0.00)`.as('consumed'),
      sql<string>`coalesce(sum(commitment.released), 0.00)`.as('released'),
      sql<string>`coalesce(
        sum(commitment.amount - commitment.consumed - commitment.released)
          filter (where commitment.state = 'approved'),
        0.00
      )`.as('remaining'),
    ])
    .executeTakeFirstOrThrow()
  return {
    count: Number(count),
    total: money(total),
    consumed: money(consumed),
    released: money(released),
    remaining: money(remaining),
  }
}

type Build = ExpressionBuilder<Database, 'commitment'>

const matches = (organizations: readonly string[], filter: CommitmentFilter) => (eb: Build) => {
  const { organization, measure, envelope, fiscalYear, state, supplier } = filter
  const pattern = `%${(supplier ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return eb.and([
    ...(organizations.includes('*')
      ? []
      : [eb('commitment.organization', 'in', organizations.length === 0 ? [''] : organizations)]),
    ...(organization === undefined ? [] : [eb('commitment.organization', '=', organization)]),
    ...(measure === undefined ? [] : [eb('commitment.measure', '=', measure)]),
    ...(envelope === undefined ? [] : [eb('commitment.envelope', '=', envelope)]),
    ...(fiscalYear === undefined ? [] : [eb('commitment.fiscal_year', '=', fiscalYear)]),
    ...(state === undefined ? [] : [eb('commitment.state', '=', state)]),
    ...(supplier === undefined ? [] : [eb('commitment.supplier', 'ilike', pattern)]),
  ])
}
