import type { Language } from '#core/language.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { type CsvDialect, csvHeader, csvRows, printCsv } from '#platform/tables/csv.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { readAllApprovals } from './approvals.actions.ts'
import { approvalsTable } from './approvals.table.ts'
import type { Expenditure } from './expenditure.ts'
import {
  everyExpenditure,
  listedMax,
  readAllExpenditures,
  readListTotals,
} from './expenditure-list.actions.ts'
import { filtersIn } from './expenditure-list.views.tsx'
import { type ListTotals, listedTable } from './expenditure-listed.table.ts'
import type { ExpenditureFilter } from './filter.ts'
import { listWorkbook } from './list-workbook.views.ts'

interface CsvAsked {
  readonly language: Language
  readonly dialect: CsvDialect
}

/** The whole list of a question, with the total of its page: however long, it is never held. */
export async function drawListCsv(
  viewing: Viewing,
  filter: ExpenditureFilter,
  how: CsvAsked,
): Promise<AsyncGenerator<Uint8Array>> {
  const totals = await readListTotals(viewing, filter)
  return listText(everyExpenditure(viewing, filter), totals, how)
}

async function* listText(
  lots: AsyncIterable<readonly Expenditure[]>,
  totals: ListTotals,
  how: CsvAsked,
): AsyncGenerator<Uint8Array> {
  const { columns, rows: lastRows } = listedTable([], totals)
  yield Buffer.from(csvHeader(columns, how))
  for await (const lot of lots) {
    yield Buffer.from(csvRows(listedTable(lot, null).rows, columns, how))
  }
  yield Buffer.from(csvRows(lastRows, columns, how))
}

/** @param asked the question as the address says it, for the cover */
export async function drawListWorkbook(
  viewing: Viewing,
  filter: ExpenditureFilter,
  asked: Readonly<Record<string, string>>,
  language: Language,
): Promise<Uint8Array> {
  const listed = await readAllExpenditures(viewing, filter, listedMax)
  const file = {
    table: listedTable(listed.rows, listed),
    filters: filtersIn(asked),
    // What a period recorded is not the sum of its documents: others may have been corrected in it.
    isSum: filter.period === undefined,
    standing: await readStanding(viewing.handle, null),
  }
  return writeWorkbook(listWorkbook(file, language))
}

export async function drawApprovalsCsv(viewing: Viewing, how: CsvAsked): Promise<string> {
  return printCsv(approvalsTable(await readAllApprovals(viewing)), how)
}

export async function drawApprovalsWorkbook(
  viewing: Viewing,
  language: Language,
): Promise<Uint8Array> {
  const file = {
    table: approvalsTable(await readAllApprovals(viewing)),
    filters: [],
    isSum: true,
    standing: await readStanding(viewing.handle, null),
  }
  return writeWorkbook(listWorkbook(file, language))
}
