import type { Language } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import { emptyCell, type Sheet } from '#platform/tables/workbook.ts'
import { countOr, expenditurePath, flagText, pageCell, textOr, words } from './cells.views.ts'
import type { DetailDocument, DetailKind } from './detail.ts'
import { amountFormula, rounded, sumOf } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { type CellsByKey, drawn, type SheetParts, type SheetPlan } from './sheet-plan.views.ts'
import { detailColumns, movementWords } from './workbook-details.ts'
import { allSpending } from './workbook-lines.ts'
import type { PlacedDetail } from './workbook-ties.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * The spending behind the summary, a document a line, with its trail. A reader who may not open the
 * documents gets the cells of the journal in the same columns: the sums are the same, and what a
 * cell does not tell is marked not applicable.
 */
const title = { fr: 'Dépenses', en: 'Expenditures' }
const intros: Readonly<Record<DetailKind, { readonly fr: string; readonly en: string }>> = {
  documents: {
    fr: 'Une ligne par dépense de l’intervalle, et par ce qui en a repris une. Le sommaire additionne ces lignes par les deux dernières colonnes.',
    en: 'A line per expenditure of the range, and per movement that took one back. The summary adds these lines up by the last two columns.',
  },
  cells: {
    fr: 'Une ligne par cellule du journal, sans les pièces, que tout lecteur de rapports peut avoir. Les sommes sont les mêmes.',
    en: 'A line per cell of the journal, without the documents, which every reader of reports may have. The sums are the same.',
  },
}

export const expendituresPlan = ({ sources, lines, language }: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.expenditures[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intros[sources.detailKind], language)],
  columns: detailColumns,
  rowCount: lines.details,
  hasTotal: true,
})

/** One a part. Each is drawn with the rows that it is given. */
export function expendituresSheets(
  draft: ReconciliationDraft,
  { expenditures }: ReconciliationPlaces,
): readonly Sheet[] {
  const rows = draft.details.map((detail, index) => expenditureCells(detail, index, draft))
  const blanks = detailColumns.map(({ key }) => [key, emptyCell])
  const total: CellsByKey = {
    ...Object.fromEntries(blanks),
    line: { text: 'Total' },
    amount: amountFormula(rounded(amountsOf(expenditures)), allSpending(draft.lines)),
  }
  return expenditures.parts.map((part) =>
    drawn(
      { ...part, rowCount: rows.length },
      draft.language,
      rows,
      part.hasTotal ? total : undefined,
    ),
  )
}

/** The total stands on the sheet that it adds up, where there is one only. */
const amountsOf = ({ parts, over }: SheetParts): string =>
  parts.length === 1
    ? sumOf(parts[0].at.range('amount'))
    : over((part) => sumOf(part.range('amount')))

export function expenditureCells(
  detail: PlacedDetail,
  index: number,
  { sources, language }: ReconciliationDraft,
): CellsByKey {
  const { recordedIn } = detail
  return {
    line: { count: index + 1 },
    organization: { text: detail.organization },
    measure: textOr(detail.measure),
    envelope: textOr(detail.envelope, detail.isOwnResources ? 'not-applicable' : 'absent'),
    axis: textOr(detail.axis),
    lead: textOr(detail.lead),
    fiscalYear: textOr(detail.fiscalYear),
    recordedIn: textOr(recordedIn === null ? null : periodKey(recordedIn)),
    amount: { amount: detail.amount },
    ownResources: { boolean: detail.isOwnResources },
    flags: { text: flagText(detail.flags, language) },
    rowKey: { text: detail.rowKey },
    memberKey: textOr(detail.memberKey, 'not-applicable'),
    ...(detail.document === null
      ? noDocument
      : documentCells(detail.document, language, sources.site)),
    movement:
      detail.document === null
        ? { missing: 'not-applicable' }
        : words(movementWords[detail.document.movement], language),
  }
}

const documentCells = (
  document: DetailDocument,
  language: Language,
  site: string | undefined,
): CellsByKey => ({
  number: { text: document.number },
  serviceDate: { date: document.serviceDate },
  documentNumber: { text: document.documentNumber },
  supplier: { text: document.supplier },
  description: { text: document.description },
  batch: textOr(
    document.origin?.batch ?? null,
    document.origin === null ? 'absent' : 'not-applicable',
  ),
  file: textOr(document.origin?.file ?? null),
  row: countOr(document.origin?.row ?? null),
  entry: textOr(document.entry),
  position: countOr(document.position),
  preparedBy: { text: document.preparedBy },
  approvedBy: textOr(document.approvedBy),
  href: pageCell(expenditurePath(`/${document.id}`, language), document.number, site),
})

const noDocument: CellsByKey = Object.fromEntries(
  [
    'number',
    'serviceDate',
    'documentNumber',
    'supplier',
    'description',
    'batch',
    'file',
    'row',
    'entry',
    'position',
    'preparedBy',
    'approvedBy',
    'href',
  ].map((key) => [key, { missing: 'not-applicable' }]),
)
