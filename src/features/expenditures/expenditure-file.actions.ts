import type { Language } from '#core/language.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { type CsvDialect, printCsv } from '#platform/tables/csv.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { readAllApprovals } from './approvals.actions.ts'
import { approvalsTable } from './approvals.table.ts'
import { listedMax, readAllExpenditures } from './expenditure-list.actions.ts'
import { filtersIn } from './expenditure-list.views.tsx'
import { listedTable } from './expenditure-listed.table.ts'
import type { ExpenditureFilter } from './filter.ts'
import { listWorkbook } from './list-workbook.views.ts'

interface CsvAsked {
  readonly language: Language
  readonly dialect: CsvDialect
}

/** The whole list of a question, with the rows and the total of its page. */
export async function drawListCsv(
  viewing: Viewing,
  filter: ExpenditureFilter,
  how: CsvAsked,
): Promise<string> {
  const listed = await readAllExpenditures(viewing, filter, listedMax)
  return printCsv(listedTable(listed.rows, listed), how)
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
