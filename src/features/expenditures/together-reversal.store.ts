import { sql } from 'kysely'
import type { Work } from '#platform/db/transaction.ts'

/** What is asked about many posted documents, and decided. */
export async function insertReversalRequests(
  work: Work,
  ids: readonly string[],
  { askedBy, reason }: { readonly askedBy: string; readonly reason: string },
): Promise<void> {
  await sql`
    insert into expenditure_request (expenditure, kind, reason, asked_by)
    select listed.id, 'reverse', ${reason}::text, ${askedBy}::text
    from unnest(${[...ids]}::uuid[]) with ordinality as listed (id, place)
    order by listed.place
  `.execute(work)
  await touch(work, ids)
}

export async function refuseReversalRows(
  work: Work,
  ids: readonly string[],
  { decidedBy, reason }: { readonly decidedBy: string; readonly reason: string },
): Promise<void> {
  await sql`
    update expenditure_request
    set state = 'refused', decided_by = ${decidedBy}::text, decision_reason = ${reason}::text
    where expenditure_request.expenditure = any(${[...ids]}::uuid[])
      and expenditure_request.state = 'asked' and expenditure_request.kind = 'reverse'
  `.execute(work)
  await touch(work, ids)
}

async function touch(work: Work, ids: readonly string[]): Promise<void> {
  await sql`
    update expenditure set version = expenditure.version + 1
    where expenditure.id = any(${[...ids]}::uuid[])
  `.execute(work)
}

/** @param mirrors the entry that mirrors each document */
export async function approveReversalRows(
  work: Work,
  decidedBy: string,
  mirrors: readonly { readonly id: string; readonly entry: string }[],
): Promise<void> {
  const ids = mirrors.map(({ id }) => id)
  const entries = mirrors.map(({ entry }) => entry)
  await sql`
    update expenditure_request
    set state = 'approved', decided_by = ${decidedBy}::text, entry = listed.entry
    from unnest(${ids}::uuid[], ${entries}::bigint[]) as listed (id, entry)
    where expenditure_request.expenditure = listed.id
      and expenditure_request.state = 'asked' and expenditure_request.kind = 'reverse'
  `.execute(work)
  await sql`
    update expenditure
    set state = 'reversed', version = expenditure.version + 1, reversal_entry = listed.entry
    from unnest(${ids}::uuid[], ${entries}::bigint[]) as listed (id, entry)
    where expenditure.id = listed.id
  `.execute(work)
}
