import { sql } from 'kysely'
import { money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { saidLine } from './lines.store.ts'
import type { ExtractLine, JournalLine } from './run.ts'
import { periodOfRow } from './runs.store.ts'

/** The rows of an extract, as lines that nothing has matched yet. */
export async function listRowsOf(
  handle: Handle,
  extract: string,
  period: Period,
): Promise<readonly ExtractLine[]> {
  const rows = await handle
    .selectFrom('extract_row')
    .selectAll()
    .where('extract_row.extract', '=', extract)
    .orderBy('extract_row.number')
    .execute()
  return rows.map((row) => ({
    ...{ number: row.number, extract, row: row.number, splitOf: null, since: period },
    ...{ amount: money(row.amount), match: null, explanation: null },
    said: saidLine({
      ...{ id: String(row.number), document: row.document, amount: row.amount, date: row.date },
      ...{ party: row.supplier ?? row.description, documentDate: null },
      rest: [row.account, row.description],
    }),
  }))
}

interface SpendingRow {
  readonly expenditure: string
  readonly amount: string
  readonly since_fiscal_year: string
  readonly since_period: number
  readonly document_number: string
  readonly supplier: string
  readonly service_date: string
  readonly document_date: string | null
  readonly description: string
  readonly measure: string | null
}

/** What expenditures moved in the period, with what was carried of them. */
export async function listSpending(
  handle: Handle,
  organization: string,
  { fiscalYear: year, number }: Period,
  carriedFrom: string | null,
): Promise<readonly JournalLine[]> {
  const { rows } = await sql<SpendingRow>`
    select journal_side.*, expenditure.document_number, expenditure.supplier,
      expenditure.service_date, expenditure.document_date, expenditure.description,
      expenditure.measure
    from journal_side(${organization}, ${year}, ${number}::smallint, ${carriedFrom}::uuid)
    inner join expenditure on expenditure.id = journal_side.expenditure
    order by expenditure.number
  `.execute(handle)
  return rows.map((row, place) => ({
    number: place + 1,
    expenditure: row.expenditure,
    amount: money(row.amount),
    since: periodOfRow(row.since_fiscal_year, row.since_period),
    ...{ match: null, explanation: null },
    said: saidLine({
      ...{ id: row.expenditure, document: row.document_number, party: row.supplier },
      ...{ amount: row.amount, date: row.service_date, documentDate: row.document_date },
      rest: [row.description, row.measure],
    }),
  }))
}
