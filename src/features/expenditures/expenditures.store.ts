import { sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import {
  type Expenditure,
  type ExpenditureStatement,
  expenditureStates,
  type PublicSource,
} from './expenditure.ts'
import { readRequests, requestsOf } from './expenditure-requests.store.ts'

export const selectExpenditures = (handle: Handle) =>
  selectDocuments(handle).select(
    sql<string | null>`event_position(journal_entry.event)`.as('position'),
  )

/** Without where their entries stand, for who reads the events themselves. */
export const selectDocuments = (handle: Handle) =>
  handle
    .selectFrom('expenditure')
    .leftJoin('journal_entry', 'journal_entry.id', 'expenditure.entry')
    .selectAll('expenditure')
    .select(
      sql<string | null>`(
        select successor.id from expenditure as successor
        where successor.reclassified_from = expenditure.id
      )`.as('reclassified_to'),
    )
    .select(requestsOf.as('requests'))

export type Row = Awaited<
  ReturnType<ReturnType<typeof selectExpenditures>['executeTakeFirstOrThrow']>
>

/** What the document's own row says. */
type Stored = Omit<Expenditure, 'position' | 'requests' | 'reclassifiedTo'>

export function expenditureOf(row: Row): Expenditure {
  const position = row.position === null ? null : Number(row.position)
  const requests = readRequests(row.requests)
  return { ...storedOf(row), position, requests, reclassifiedTo: row.reclassified_to }
}

function storedOf(row: Omit<Row, 'position' | 'requests' | 'reclassified_to'>): Stored {
  return {
    id: row.id,
    number: row.number,
    state: expenditureStates.find((state) => state === row.state) ?? 'draft',
    version: row.version,
    organization: row.organization,
    measure: row.measure,
    envelope: row.envelope,
    serviceDate: calendarDate(row.service_date),
    fiscalYear: fiscalYear(row.fiscal_year),
    documentDate: row.document_date === null ? null : calendarDate(row.document_date),
    documentNumber: row.document_number,
    supplier: row.supplier,
    description: row.description,
    amount: money(row.amount),
    commitment: row.commitment,
    justification: row.justification,
    flags: row.flags,
    source:
      row.source_document === null || row.source_row === null
        ? null
        : { document: row.source_document, row: row.source_row, url: row.source_url },
    preparedBy: row.prepared_by,
    changedBy: row.changed_by,
    submittedBy: row.submitted_by,
    approvedBy: row.approved_by,
    entry: row.entry,
    recordedIn:
      row.recorded_fiscal_year === null
        ? null
        : {
            fiscalYear: fiscalYear(row.recorded_fiscal_year),
            number: periodNumbers.find((number) => number === row.recorded_period) ?? 13,
          },
    reversedBy: row.reversal_entry,
    refunded: money(row.refunded),
    reclassifiedFrom: row.reclassified_from,
  }
}

export async function findExpenditure(handle: Handle, id: string): Promise<Expenditure | null> {
  const row = await selectExpenditures(handle).where('expenditure.id', '=', id).executeTakeFirst()
  return row === undefined ? null : expenditureOf(row)
}

/**
 * Locks the document's row, so that of ten who approve at once one sees a draft to approve. Reads it
 * only then: a statement that waited for the row would join to it the requests of before the wait.
 */
export async function lockExpenditure(work: Work, id: string): Promise<Expenditure | null> {
  await work
    .selectFrom('expenditure')
    .select('expenditure.id')
    .where('expenditure.id', '=', id)
    .forUpdate()
    .execute()
  return findExpenditure(work, id)
}

export interface NewExpenditure extends ExpenditureStatement {
  readonly number: string
  readonly fiscalYear: FiscalYear
  readonly flags: readonly string[]
  readonly source: PublicSource | null
  readonly preparedBy: string
  readonly reclassifiedFrom?: string
}

export async function insertExpenditure(work: Work, draft: NewExpenditure): Promise<string> {
  const { id } = await work
    .insertInto('expenditure')
    .values({
      ...statementColumns(draft),
      number: draft.number,
      flags: [...draft.flags],
      source_document: draft.source?.document ?? null,
      source_row: draft.source?.row ?? null,
      source_url: draft.source?.url ?? null,
      prepared_by: draft.preparedBy,
      changed_by: draft.preparedBy,
      reclassified_from: draft.reclassifiedFrom ?? null,
    })
    .returning('expenditure.id')
    .executeTakeFirstOrThrow()
  return id
}

export const statementColumns = (
  stated: ExpenditureStatement & { readonly fiscalYear: FiscalYear },
) => ({
  organization: stated.organization,
  measure: stated.measure,
  envelope: stated.envelope,
  service_date: stated.serviceDate,
  fiscal_year: stated.fiscalYear,
  document_date: stated.documentDate,
  document_number: stated.documentNumber,
  supplier: stated.supplier,
  description: stated.description,
  amount: stated.amount.toString(),
  commitment: stated.commitment,
  justification: stated.justification,
})

/** Whether another one, not reversed, says the same of the same document. */
export async function isRepeated(
  handle: Handle,
  stated: ExpenditureStatement,
  except: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from expenditure
      where expenditure.document_number = ${stated.documentNumber}
        and expenditure.supplier = ${stated.supplier}
        and expenditure.organization = ${stated.organization}
        and expenditure.service_date = ${stated.serviceDate}
        and expenditure.amount = ${stated.amount.toString()}
        and expenditure.measure is not distinct from ${stated.measure}
        and expenditure.envelope is not distinct from ${stated.envelope}
        and expenditure.state <> 'reversed'
        and expenditure.id is distinct from ${except}::uuid
    ) as found
  `.execute(handle)
  return rows[0]?.found === true
}

export async function updateExpenditure(
  work: Work,
  id: string,
  change: Partial<{
    state: string
    flags: string[]
    justification: string | null
    changed_by: string
    submitted_by: string | null
    /** `now`: as PostgreSQL reads it, the start of the transaction. */
    submitted_at: 'now'
    approved_by: string | null
    entry: string
    recorded_fiscal_year: string
    recorded_period: number
    reversal_entry: string
    refunded: string
  }> &
    Partial<ReturnType<typeof statementColumns>>,
): Promise<Stored> {
  const row = await work
    .updateTable('expenditure')
    .set(change)
    .set(({ eb }) => ({ version: eb('expenditure.version', '+', 1) }))
    .where('expenditure.id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return storedOf(row)
}

export async function deleteExpenditure(work: Work, id: string): Promise<void> {
  await work.deleteFrom('expenditure').where('expenditure.id', '=', id).execute()
}

/** `document:row` of each published figure that is recorded already. */
export async function listRecordedSources(handle: Handle): Promise<ReadonlySet<string>> {
  const rows = await handle
    .selectFrom('expenditure')
    .select(['expenditure.source_document', 'expenditure.source_row'])
    .where('expenditure.source_document', 'is not', null)
    .execute()
  return new Set(rows.map((row) => `${row.source_document}:${row.source_row}`))
}

export async function findByNumber(handle: Handle, number: string): Promise<string | null> {
  const row = await handle
    .selectFrom('expenditure')
    .select('expenditure.id')
    .where('expenditure.number', '=', number)
    .executeTakeFirst()
  return row?.id ?? null
}
