import type { Viewing } from '#features/identity/context.public.ts'
import { listSourceDocuments } from '#features/programmes/programmes.public.ts'
import {
  type Made,
  makeAnnouncements,
  makeBridge,
  makeExceptions,
  makeForecast,
  makeTieOut,
  makeYearEnd,
  readClosedCells,
  readLinesOf,
} from '#features/reports/parts.public.ts'
import type { Report } from '#features/reports/report.ts'
import { drawn } from '#features/reports/reports.public.ts'
import type { ReportName, ReportRequest } from '#features/reports/request.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { announcementsBook } from './announcements-book.views.ts'
import { bridgeBook } from './bridge-book.views.ts'
import { exceptionsBook } from './exceptions-book.views.ts'
import { forecastBook } from './forecast-book.views.ts'
import { forecastCells } from './forecast-cells.ts'
import { type AskedWorkbook, commandOf } from './report-command.ts'
import { siteOf } from './report-input.ts'
import { tieOutBook } from './tie-out-book.views.ts'
import { tieOutLines } from './tie-out-lines.ts'
import { yearEndBook } from './year-end-book.views.ts'

type OtherName = Exclude<ReportName, 'reconciliation' | 'comparison'>

interface AskedOther extends AskedWorkbook {
  readonly request: ReportRequest & { readonly name: OtherName }
}

/** Reports that are one table, and what it was made from. */
export async function describeOther(viewing: Viewing, asked: AskedOther): Promise<Workbook> {
  const { request, language } = asked
  const beside = ({ report }: Made) => ({ command: commandOf(report, language) })
  switch (request.name) {
    case 'bridge': {
      const found = await drawn(viewing, request, makeBridge)
      return bridgeBook({ ...found, ...beside(found) }, language)
    }
    case 'forecast': {
      const found = await drawn(viewing, request, makeForecast)
      const cells = forecastCells(found.facts, found.forecast)
      return forecastBook({ ...found, ...beside(found), cells }, language)
    }
    case 'tie-out':
      return (await describeTieOut(viewing, asked)).workbook
    case 'year-end': {
      const found = await drawn(viewing, request, makeYearEnd)
      const cells = await readClosedCells(viewing, found.closed)
      return yearEndBook({ ...found, ...beside(found), cells }, language)
    }
    case 'announcements': {
      const found = await drawn(viewing, request, makeAnnouncements)
      const documents = await listSourceDocuments(viewing.handle, found.facts.position)
      return announcementsBook({ ...found, ...beside(found), documents }, language)
    }
    case 'exceptions': {
      const found = await drawn(viewing, request, makeExceptions)
      return exceptionsBook({ ...found, ...beside(found) }, language)
    }
  }
}

/** Where a workbook stands in the record. */
export type Standing = Pick<Report, 'position' | 'positionAt' | 'seal'>

/** @param standing of a tie-out, which is drawn only as it is now, as one of an earlier position */
export async function describeTieOut(
  viewing: Viewing,
  { request, language, detail }: AskedWorkbook,
  standing?: Standing,
): Promise<{ readonly workbook: Workbook; readonly run: string }> {
  const found = await drawn(viewing, request, makeTieOut)
  const report = { ...found.report, ...standing }
  const lines = tieOutLines(await readLinesOf(viewing, found.run), detail)
  const site = siteOf(viewing, request)
  const command = commandOf(report, language, lines.detailKind, site)
  const sources = { ...found, report, lines, command, site }
  return { workbook: tieOutBook(sources, language), run: found.run.id }
}
