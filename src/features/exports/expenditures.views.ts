import type { Language } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import type { Row } from '#platform/tables/long-sheet.ts'
import { emptyCell, type Sheet, type SheetCell } from '#platform/tables/workbook.ts'
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

/** By the keys of the columns. */
const expenditureCells = (
  detail: PlacedDetail,
  index: number,
  draft: ReconciliationDraft,
): CellsByKey =>
  Object.fromEntries(cellsInOrder.map(({ key, cell }) => [key, cell(detail, index, draft)]))

/** In the order of the columns. */
export const expenditureRow = (
  detail: PlacedDetail,
  index: number,
  draft: ReconciliationDraft,
): Row => cellsInOrder.map(({ cell }) => cell(detail, index, draft))

type CellOf = (detail: PlacedDetail, index: number, draft: ReconciliationDraft) => SheetCell
type DocumentCellOf = (document: DetailDocument, draft: ReconciliationDraft) => SheetCell

const cellsOfDetail: Readonly<Record<string, CellOf>> = {
  line: (_, index) => ({ count: index + 1 }),
  organization: ({ organization }) => ({ text: organization }),
  measure: ({ measure }) => textOr(measure),
  envelope: ({ envelope, isOwnResources }) =>
    textOr(envelope, isOwnResources ? 'not-applicable' : 'absent'),
  axis: ({ axis }) => textOr(axis),
  lead: ({ lead }) => textOr(lead),
  fiscalYear: ({ fiscalYear }) => textOr(fiscalYear),
  recordedIn: ({ recordedIn }) => textOr(recordedIn === null ? null : periodKey(recordedIn)),
  amount: ({ amount }) => ({ amount }),
  ownResources: ({ isOwnResources }) => ({ boolean: isOwnResources }),
  flags: ({ flags }, _, { language }) => ({ text: flagText(flags, language) }),
  rowKey: ({ rowKey }) => ({ text: rowKey }),
  memberKey: ({ memberKey }) => textOr(memberKey, 'not-applicable'),
}

/** Not applicable to a cell of the journal. */
const cellsOfDocument: Readonly<Record<string, DocumentCellOf>> = {
  movement: ({ movement }, { language }) => movementCells[language][movement],
  number: ({ number }) => ({ text: number }),
  serviceDate: ({ serviceDate }) => ({ date: serviceDate }),
  documentNumber: ({ documentNumber }) => ({ text: documentNumber }),
  supplier: ({ supplier }) => ({ text: supplier }),
  description: ({ description }) => ({ text: description }),
  batch: ({ origin }) =>
    textOr(origin?.batch ?? null, origin === null ? 'absent' : 'not-applicable'),
  file: ({ origin }) => textOr(origin?.file ?? null),
  row: ({ origin }) => countOr(origin?.row ?? null),
  entry: ({ entry }) => textOr(entry),
  position: ({ position }) => countOr(position),
  preparedBy: ({ preparedBy }) => ({ text: preparedBy }),
  approvedBy: ({ approvedBy }) => textOr(approvedBy),
  href: ({ id, number }, { language, sources: { site } }) =>
    pageCell(expenditurePath(`/${id}`, language), number, site),
}

const movementsIn = (language: Language) => ({
  expenditure: words(movementWords.expenditure, language),
  reversal: words(movementWords.reversal, language),
  refund: words(movementWords.refund, language),
})

const movementCells = { fr: movementsIn('fr'), en: movementsIn('en') }

const notApplicable: SheetCell = { missing: 'not-applicable' }

/** @throws RangeError for a column without a cell: a bug of ours */
function cellOf(key: string): CellOf {
  const ofDetail = cellsOfDetail[key]
  const ofDocument = cellsOfDocument[key]
  if (ofDetail !== undefined) {
    return ofDetail
  }
  if (ofDocument === undefined) {
    throw new RangeError(`no cell for ${key}`)
  }
  return ({ document }, _, draft) =>
    document === null ? notApplicable : ofDocument(document, draft)
}

const cellsInOrder = detailColumns.map(({ key }) => ({ key, cell: cellOf(key) }))
