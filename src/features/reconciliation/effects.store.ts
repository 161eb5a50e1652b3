import { sql } from 'kysely'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { causes } from '#features/journal/cause.ts'
import { accounts, entryKinds } from '#features/journal/entry.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Effect } from './bridge.ts'

interface StoredEffect {
  readonly cause: string
  readonly account: string
  readonly kind: string
  readonly envelope: string | null
  readonly measure: string | null
  readonly organization: string
  readonly fiscal_year: string | null
  readonly amount: string
}

/** What was recorded after a position, up to another, by cause and cell; in the order of cells. */
export async function readEffects(
  handle: Handle,
  since: number,
  asOf: number,
): Promise<readonly Effect[]> {
  const { rows } = await sql<StoredEffect>`
    select moved.*
    from effects_between(${String(since)}::bigint, ${String(asOf)}::bigint) as moved
    order by moved.cause, moved.envelope, moved.fiscal_year, moved.account, moved.kind,
      moved.measure, moved.organization
  `.execute(handle)
  return rows.map((row) => ({
    cause: known(causes, row.cause),
    account: known(accounts, row.account),
    kind: known(entryKinds, row.kind),
    envelope: row.envelope,
    measure: row.measure,
    organization: row.organization,
    fiscalYear: row.fiscal_year === null ? null : fiscalYear(row.fiscal_year),
    recordedIn: null,
    amount: money(row.amount),
  }))
}

/** @throws RangeError: the database knows a cause or a kind that this version does not. */
function known<T extends string>(list: readonly T[], text: string): T {
  const found = list.find((item) => item === text)
  if (found === undefined) {
    throw new RangeError(`unknown journal word ${text}`)
  }
  return found
}
