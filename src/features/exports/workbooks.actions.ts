import { firstDay, lastDay } from '#core/fiscal-year.ts'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { listBehindSpending } from '#features/expenditures/expenditures.public.ts'
import { sizeOfPosted } from '#features/expenditures/spending-flow.public.ts'
import { everyOrganization } from '#features/identity/actor.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import { readOrigins } from '#features/imports/origins.public.ts'
import {
  listAnnouncements,
  listNotes,
  listSourceDocuments,
} from '#features/programmes/programmes.public.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import { digestOf, drawComparison, drawReconciliation } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { rowsMax } from '#platform/tables/sheet-layout.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { loadWriter, writeWorkbook } from '#platform/tables/xlsx.ts'
import { comparisonWorkbook } from './comparison-workbook.views.ts'
import { type DetailKind, type DetailRow, detailsOfCells, detailsOfDocuments } from './detail.ts'
import { drawLongReconciliation, type LongAsked, type Told } from './long-workbook.actions.ts'
import { describeOther } from './other-workbooks.actions.ts'
import { reconciliationWorkbook } from './reconciliation-workbook.views.ts'
import { type AskedWorkbook, commandOf } from './report-command.ts'
import { siteOf } from './report-input.ts'

/**
 * Documents that a workbook is made of at once: beyond them it is written as they are read, or by
 * cell where a file is wanted now. Rows of a sheet: Excel's own number.
 */
export interface WorkbookLimits {
  readonly documentsMax: number
  readonly sheetRows: number
}

export const workbookLimits: WorkbookLimits = { documentsMax: 10_000, sheetRows: rowsMax }

/** A report as a workbook; whatever is added up in it can be computed again from its lines. */
export async function drawWorkbook(
  viewing: Viewing,
  request: ReportRequest,
  language: Language,
  detail?: DetailKind,
): Promise<Uint8Array> {
  return writeWorkbook(await describeWorkbook(viewing, { request, language, detail }))
}

/** The workbook before it is written. */
export async function describeWorkbook(
  viewing: Viewing,
  { request, language, detail }: AskedWorkbook,
): Promise<Workbook> {
  switch (request.name) {
    case 'reconciliation': {
      const drawn = await drawReconciliation(viewing, request)
      const details = await readDetails(viewing, drawn, detail)
      const beside = await readBeside(viewing, drawn.facts)
      const site = siteOf(viewing, request)
      const command = commandOf(drawn.report, language, details.detailKind, site)
      const dataDigest = digestOf(drawn.report)
      const sources = { ...drawn, ...beside, ...details, dataDigest, command, site }
      return reconciliationWorkbook(sources, language)
    }
    case 'comparison': {
      const drawn = await drawComparison(viewing, request)
      const beside = await readBeside(viewing, drawn.facts)
      const command = commandOf(drawn.report, language)
      const dataDigest = digestOf(drawn.report)
      return comparisonWorkbook({ ...drawn, ...beside, dataDigest, command }, language)
    }
    default:
      return describeOther(viewing, {
        ...{ language, detail },
        request: { ...request, name: request.name },
      })
  }
}

/**
 * The same, a piece at a time: for whoever may open the documents, a reconciliation shows them
 * however many there are.
 */
export async function* streamWorkbook(
  viewing: Viewing,
  asked: StreamAsked,
  told: Told = () => undefined,
): AsyncGenerator<Uint8Array, void> {
  const long = await longAsked(viewing, asked)
  if (long === null) {
    const { request, language, detail } = asked
    yield await drawWorkbook(viewing, request, language, detail)
  } else {
    yield* drawLongReconciliation(viewing, long, told)
  }
}

/** What a workbook is drawn from whose documents are too many to be held; null for any other. */
export async function longAsked(
  viewing: Viewing,
  { request, language, detail, limits = workbookLimits }: StreamAsked,
): Promise<LongAsked | null> {
  if (request.name !== 'reconciliation' || !showsDocuments(viewing, detail)) {
    return null
  }
  const drawn = await drawReconciliation(viewing, request)
  const filter = behind(drawn)
  const [size] = await Promise.all([
    sizeOfPosted(viewing.handle, [everyOrganization], filter),
    loadWriter(),
  ])
  const { documentsMax, sheetRows } = limits
  if (size.documents <= documentsMax) {
    return null
  }
  const beside = await readBeside(viewing, drawn.facts)
  const site = siteOf(viewing, request)
  const command = commandOf(drawn.report, language, 'documents', site)
  const dataDigest = digestOf(drawn.report)
  const sources = { ...drawn, ...beside, dataDigest, command, site }
  return { sources, filter, size: { ...size, sheetRows }, language }
}

export interface StreamAsked extends Omit<AskedWorkbook, 'detail'> {
  readonly detail?: DetailKind | undefined
  readonly limits?: WorkbookLimits
}

/** What the plan cites, as it was at the report's position. */
const readBeside = async ({ handle }: Viewing, { position }: Facts) => ({
  documents: await listSourceDocuments(handle, position),
  announcements: await listAnnouncements(handle, position),
  notes: await listNotes(handle),
})

/**
 * The documents, for whoever may open those of every organization; the journal's cells for others,
 * which add up to the same figures and disclose no document.
 * @throws Problem `identity/forbidden` where documents are asked for that may not be opened
 */
async function readDetails(
  viewing: Viewing,
  drawn: Drawn,
  asked?: DetailKind,
): Promise<{ details: readonly DetailRow[]; detailKind: DetailKind }> {
  const { facts, reconciliation } = drawn
  const { question } = reconciliation
  const found = await readDocuments(viewing, drawn, asked)
  if (found === null) {
    return { details: detailsOfCells(facts, question), detailKind: 'cells' }
  }
  const { expenditures } = found
  const ids = expenditures.flatMap(({ id, reclassifiedFrom }) => [id, reclassifiedFrom ?? id])
  const documents = { ...found, origins: await readOrigins(viewing.handle, ids) }
  return { details: detailsOfDocuments(documents, facts, question), detailKind: 'documents' }
}

/**
 * Null where the journal's cells are to be shown instead.
 * @throws Problem `exports/too-long` where documents are asked for that are too many to be held
 */
async function readDocuments(viewing: Viewing, drawn: Drawn, asked: DetailKind | undefined) {
  if (!showsDocuments(viewing, asked)) {
    return null
  }
  const { documentsMax } = workbookLimits
  const found = await listBehindSpending(viewing.handle, behind(drawn), documentsMax)
  if (found === null && asked === 'documents') {
    throw new Problem('refused', 'exports/too-long', {
      fr: `Ce classeur compterait plus de ${documentsMax} dépenses : demandez-le comme exportation, faites-le au terminal, par « vigie report », ou demandez les cellules du journal (detail=cells).`,
      en: `This workbook would have more than ${documentsMax} expenditures: ask for it as an export, make it at the terminal, with “vigie report”, or ask for the cells of the journal (detail=cells).`,
    })
  }
  return found
}

/** @throws Problem `identity/forbidden` where documents are asked for that may not be opened */
export function showsDocuments(viewing: Viewing, asked: DetailKind | undefined): boolean {
  if (asked === 'documents') {
    authorize(viewing, 'expenditure.read', everyOrganization)
  }
  const mayOpenAll = reach(viewing.actor, 'expenditure.read').includes(everyOrganization)
  return mayOpenAll && asked !== 'cells'
}

interface Drawn {
  readonly facts: Facts
  readonly reconciliation: Reconciliation
}

const behind = ({ facts, reconciliation: { question } }: Drawn) => ({
  jurisdiction: question.jurisdiction,
  from: firstDay(question.from),
  to: lastDay(question.to),
  postedBy: facts.position,
})
