import { firstDay, lastDay } from '#core/fiscal-year.ts'
import type { Language } from '#core/language.ts'
import { listBehindSpending } from '#features/expenditures/expenditures.public.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import {
  listAnnouncements,
  listNotes,
  listSourceDocuments,
} from '#features/programmes/programmes.public.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import type { Report } from '#features/reports/report.ts'
import { drawComparison, drawReconciliation, drawReport } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { comparisonWorkbook } from './comparison-workbook.views.ts'
import { type DetailKind, type DetailRow, detailsOfCells, detailsOfDocuments } from './detail.ts'
import { listWorkbook } from './list-workbook.views.ts'
import { reconciliationWorkbook } from './reconciliation-workbook.views.ts'

/** Beyond this a workbook is written by cell: its sheet would no longer be read by anybody. */
const documentsMax = 10_000

/** A report as a workbook; whatever is added up in it can be computed again from its lines. */
export async function drawWorkbook(
  viewing: Viewing,
  request: ReportRequest,
  language: Language,
): Promise<Uint8Array> {
  const beside = {
    documents: await listSourceDocuments(viewing.handle),
    announcements: await listAnnouncements(viewing.handle),
    notes: await listNotes(viewing.handle),
  }
  switch (request.name) {
    case 'reconciliation': {
      const drawn = await drawReconciliation(viewing, request)
      const details = await readDetails(viewing, drawn)
      const command = commandOf(drawn.report, language)
      const sources = { ...drawn, ...beside, ...details, command }
      return writeWorkbook(reconciliationWorkbook(sources, language))
    }
    case 'comparison': {
      const drawn = await drawComparison(viewing, request)
      const sources = { ...drawn, ...beside, command: commandOf(drawn.report, language) }
      return writeWorkbook(comparisonWorkbook(sources, language))
    }
    case 'announcements': {
      const { report } = await drawReport(viewing, request)
      return writeWorkbook(listWorkbook(report, language))
    }
  }
}

/**
 * The documents, for whoever may open those of every organization; the journal's cells for others,
 * which add up to the same figures and disclose no document.
 */
async function readDetails(
  { actor, handle }: Viewing,
  { facts, reconciliation }: { facts: Facts; reconciliation: Reconciliation },
): Promise<{ details: readonly DetailRow[]; detailKind: DetailKind }> {
  const { question } = reconciliation
  const mayOpenAll = reach(actor, 'expenditure.read').includes(everyOrganization)
  const filter = {
    jurisdiction: question.jurisdiction,
    from: firstDay(question.from),
    to: lastDay(question.to),
  }
  const behind = mayOpenAll ? await listBehindSpending(handle, filter, documentsMax) : null
  if (behind === null) {
    return { details: detailsOfCells(facts, question), detailKind: 'cells' }
  }
  const { expenditures, corrections } = behind
  const details = detailsOfDocuments(expenditures, facts, question, corrections)
  return { details, detailKind: 'documents' }
}

/** What a person types to make the file again, on a record at the same position. */
function commandOf({ name, parameters }: Report, language: Language): string {
  const options = Object.entries(parameters).map(([key, value]) => `--${key} ${value}`)
  return ['vigie report', name, ...options, `--lang ${language} --format xlsx`].join(' ')
}
