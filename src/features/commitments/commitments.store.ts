import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type Commitment, type CommitmentStatement, commitmentStates } from './commitment.ts'

export const selectCommitments = (handle: Handle) =>
  handle
    .selectFrom('commitment')
    .leftJoin('journal_entry', 'journal_entry.id', 'commitment.entry')
    .selectAll('commitment')
    .select(['journal_entry.recorded_fiscal_year', 'journal_entry.recorded_period'])
    .select(sql<string | null>`event_position(journal_entry.event)`.as('position'))

type Row = Awaited<ReturnType<ReturnType<typeof selectCommitments>['executeTakeFirstOrThrow']>>

export const commitmentOf = (row: Row): Commitment => ({
  id: row.id,
  number: row.number,
  state: commitmentStates.find((state) => state === row.state) ?? 'draft',
  version: row.version,
  organization: row.organization,
  measure: row.measure,
  envelope: row.envelope,
  fiscalYear: fiscalYear(row.fiscal_year),
  heldIn: fiscalYear(row.held_fiscal_year),
  supplier: row.supplier,
  reference: row.reference,
  description: row.description,
  amount: money(row.amount),
  consumed: money(row.consumed),
  released: money(row.released),
  flags: row.flags,
  preparedBy: row.prepared_by,
  changedBy: row.changed_by,
  submittedBy: row.submitted_by,
  approvedBy: row.approved_by,
  releasedBy: row.released_by,
  entry: row.entry,
  recordedIn:
    row.recorded_fiscal_year === null
      ? null
      : {
          fiscalYear: fiscalYear(row.recorded_fiscal_year),
          number: periodNumbers.find((number) => number === row.recorded_period) ?? 13,
        },
  position: row.position === null ? null : Number(row.position),
})

export async function findCommitment(handle: Handle, id: string): Promise<Commitment | null> {
  const row = await selectCommitments(handle).where('commitment.id', '=', id).executeTakeFirst()
  return row === undefined ? null : commitmentOf(row)
}

/** By the id or the number that names each, in capitals; those that may be seen. */
export async function listCommitmentsNamed(
  handle: Handle,
  names: readonly string[],
): Promise<ReadonlyMap<string, Commitment>> {
  if (names.length === 0) {
    return new Map()
  }
  const rows = await selectCommitments(handle)
    .where(
      sql<boolean>`commitment.number = any(${[...names]}::text[])
        or upper(commitment.id::text) = any(${[...names]}::text[])`,
    )
    .execute()
  const found = rows.map(commitmentOf)
  return new Map(
    found.flatMap((each): [string, Commitment][] => [
      [each.number, each],
      [each.id.toUpperCase(), each],
    ]),
  )
}

/** Those with something left, in the order of their numbers. */
export async function listOpenCommitments(
  handle: Handle,
  organization: string,
): Promise<readonly Commitment[]> {
  const rows = await selectCommitments(handle)
    .where('commitment.organization', '=', organization)
    .where('commitment.state', '=', 'approved')
    .orderBy('commitment.number')
    .execute()
  return rows.map(commitmentOf)
}

export async function findByNumber(handle: Handle, number: string): Promise<string | null> {
  const row = await handle
    .selectFrom('commitment')
    .select('commitment.id')
    .where('commitment.number', '=', number)
    .executeTakeFirst()
  return row?.id ?? null
}

/**
 * Locks in the order of ids, and reads only then. Who enters an expenditure that names one does not
 * wait: the key stays what it is.
 */
export async function lockCommitments(
  work: Work,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Commitment>> {
  if (ids.length === 0) {
    return new Map()
  }
  await work
    .selectFrom('commitment')
    .select('commitment.id')
    .where('commitment.id', 'in', [...ids])
    .orderBy('commitment.id')
    .forNoKeyUpdate()
    .execute()
  const rows = await selectCommitments(work)
    .where('commitment.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, commitmentOf(row)]))
}

/** A statement that stands on an envelope. */
export interface PlacedStatement extends CommitmentStatement {
  readonly envelope: string
}

export interface NewCommitment extends PlacedStatement {
  readonly number: string
  readonly flags: readonly string[]
  readonly preparedBy: string
}

export async function insertCommitment(work: Work, draft: NewCommitment): Promise<string> {
  const { id } = await work
    .insertInto('commitment')
    .values({
      ...statementColumns(draft),
      number: draft.number,
      flags: [...draft.flags],
      prepared_by: draft.preparedBy,
      changed_by: draft.preparedBy,
    })
    .returning('commitment.id')
    .executeTakeFirstOrThrow()
  return id
}

export const statementColumns = (stated: PlacedStatement) => ({
  organization: stated.organization,
  measure: stated.measure,
  envelope: stated.envelope,
  fiscal_year: stated.fiscalYear,
  held_fiscal_year: stated.fiscalYear,
  supplier: stated.supplier,
  reference: stated.reference,
  description: stated.description,
  amount: stated.amount.toString(),
})

export async function updateCommitment(
  work: Work,
  id: string,
  change: Partial<{
    state: string
    flags: string[]
    consumed: string
    released: string
    held_fiscal_year: FiscalYear
    changed_by: string
    submitted_by: string | null
    approved_by: string
    released_by: string
    entry: string
  }> &
    Partial<ReturnType<typeof statementColumns>>,
): Promise<void> {
  await work
    .updateTable('commitment')
    .set(change)
    .set(({ eb }) => ({ version: eb('commitment.version', '+', 1) }))
    .where('commitment.id', '=', id)
    .execute()
}

export async function deleteCommitment(work: Work, id: string): Promise<void> {
  await work.deleteFrom('commitment').where('commitment.id', '=', id).execute()
}
