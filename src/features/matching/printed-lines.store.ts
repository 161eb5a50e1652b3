import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import type { PrintedLine } from './run.ts'

export async function listPrintedLines(
  handle: Handle,
  run: string,
): Promise<readonly PrintedLine[]> {
  const { rows } = await sql<PrintedLine>`
    select match_line.side, match_line.number,
      coalesce(expenditure.service_date, extract_row.date) as date,
      coalesce(expenditure.document_number, extract_row.document) as document,
      coalesce(expenditure.supplier, extract_row.supplier, '') as party,
      coalesce(expenditure.description, extract_row.description) as description
    from match_line
    left join extract_row on extract_row.extract = match_line.extract
      and extract_row.number = match_line.extract_row
    left join expenditure on expenditure.id = match_line.expenditure
    where match_line.run = ${run}::uuid
    order by match_line.side, match_line.number
  `.execute(handle)
  return rows
}
