import { sql } from 'kysely'
import { type Money, money } from '#core/money.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type WaitingRow, waitingKinds } from './approvals.ts'
import type { Expenditure } from './expenditure.ts'
import { expenditureOf, selectExpenditures } from './expenditures.store.ts'
import type { PageAsked } from './filter.ts'

/** Whose decision is asked, and for which organizations. */
export interface Decider {
  readonly email: string
  readonly organizations: readonly string[]
}

const waitingFor = ({ email, organizations }: Decider) => sql`
  select 'expenditure' as kind, expenditure.id as expenditure, null::uuid as request,
    expenditure.submitted_at as since, expenditure.amount::numeric as amount
  from expenditure
  where expenditure.state = 'submitted'
    and expenditure.organization = any(${[...organizations]})
    and ${email} not in (
      expenditure.prepared_by, expenditure.changed_by, coalesce(expenditure.submitted_by, '')
    )
  union all
  select expenditure_request.kind, expenditure.id, expenditure_request.id,
    expenditure_request.asked_at,
    case expenditure_request.kind
      when 'refund' then -expenditure_request.amount
      when 'reclassify' then 0.00
      else expenditure.refunded - expenditure.amount
    end
  from expenditure_request
  inner join expenditure on expenditure.id = expenditure_request.expenditure
  where expenditure_request.state = 'asked'
    and expenditure.organization = any(${[...organizations]})
    and expenditure_request.asked_by <> ${email}`

interface Row {
  readonly kind: string
  readonly expenditure: string
  readonly request: string | null
  readonly since: string | null
  readonly amount: string
  readonly place: string
  readonly id: string
}

/** The oldest first, one more than asked. */
export async function listWaiting(
  handle: Handle,
  decider: Decider,
  { limit, after }: PageAsked,
): Promise<readonly WaitingRow[]> {
  const [place, id] = after ?? ['-1', '00000000-0000-0000-0000-000000000000']
  const { rows } = await sql<Row>`
    select placed.* from (
      select waiting.kind, waiting.expenditure, waiting.request, waiting.since,
        waiting.amount, coalesce(extract(epoch from waiting.since) * 1000000, 0)::bigint as place,
        coalesce(waiting.request, waiting.expenditure) as id
      from (${waitingFor(decider)}) as waiting
    ) as placed
    where (placed.place, placed.id) > (${place}::bigint, ${id}::uuid)
    order by placed.place, placed.id
    limit ${limit + 1}
  `.execute(handle)
  return rows.map((row) => ({
    kind: waitingKinds.find((kind) => kind === row.kind) ?? 'expenditure',
    expenditure: row.expenditure,
    request: row.request,
    since: row.since === null ? null : new Date(row.since).toISOString(),
    effect: money(row.amount),
    cursor: [row.place, row.id],
  }))
}

export async function countWaiting(
  handle: Handle,
  decider: Decider,
): Promise<{ count: number; total: Money }> {
  const { rows } = await sql<{ count: string; total: string }>`
    select count(*) as count, coalesce(sum(waiting.amount), 0.00) as total
    from (${waitingFor(decider)}) as waiting
  `.execute(handle)
  return { count: Number(rows[0]?.count ?? 0), total: money(rows[0]?.total ?? '0.00') }
}

export async function listByIds(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Expenditure>> {
  if (ids.length === 0) {
    return new Map()
  }
  const rows = await selectExpenditures(handle).where('expenditure.id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, expenditureOf(row)]))
}
