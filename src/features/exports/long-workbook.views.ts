import type { Language } from '#core/language.ts'
import { type Money, money } from '#core/money.ts'
import type { FlowSize } from '#features/expenditures/spending-flow.ts'
import type { Row } from '#platform/tables/long-sheet.ts'
import type { Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { textOr } from './cells.views.ts'
import { exceptionCells, flagCells, noFigures } from './exceptions.views.ts'
import { expenditureRow } from './expenditures.views.ts'
import { amountFormula } from './formulas.views.ts'
import {
  type ReconciliationDraft,
  type ReconciliationPlaces,
  untiedDraft,
} from './reconciliation-draft.views.ts'
import { reconciliationBook } from './reconciliation-workbook.views.ts'
import { type CellsByKey, inOrder, type PlacedSheet, type SheetParts } from './sheet-plan.views.ts'
import { placesOf, workbookOf } from './workbook.views.ts'
import { exceptionsOf } from './workbook-exceptions.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import type { PlacedDetail } from './workbook-ties.ts'

/**
 * A reconciliation with more lines than are held at once: the same sheets, of which two are written
 * as their rows are read, and go on on further sheets where one is full. Two things are told
 * otherwise there. An exception refers to the cell of its line instead of looking it up, which over
 * hundreds of thousands of lines no spreadsheet program would finish; and a page is named, not linked.
 */
export interface LongReconciliation {
  readonly draft: ReconciliationDraft
  readonly places: ReconciliationPlaces
  /** With the first rows of its long sheets, which tell the widths of their columns. */
  readonly workbook: Workbook
}

export interface LongMeasure extends FlowSize {
  readonly sheetRows: number
}

/** @param sources whose details are the first ones */
export function longReconciliation(
  sources: ReconciliationSources,
  { documents, corrections, flags, sheetRows }: LongMeasure,
  language: Language,
): LongReconciliation {
  const { reconciliation } = sources
  const first = untiedDraft(sources, language)
  const draft = {
    ...first,
    sheetRows,
    lines: {
      details: documents + corrections,
      exceptions: exceptionsOf(reconciliation, []).length + flags,
      spent: reconciliation.totals.spent,
      ownResources: reconciliation.totals.ownResources,
    },
  }
  const book = reconciliationBook(draft)
  const places = placesOf(book)
  const names = new Set(longParts(places).map(({ name }) => name))
  const { sheets, ...workbook } = workbookOf(book, places)
  return {
    draft,
    places,
    workbook: {
      ...workbook,
      sheets: sheets.map((sheet) => (names.has(sheet.name) ? unlinked(sheet) : sheet)),
    },
  }
}

export const longParts = ({ expenditures, exceptions }: ReconciliationPlaces) => [
  ...expenditures.parts,
  ...exceptions.parts,
]

const unlinked = (sheet: Sheet): Sheet => ({ ...sheet, rows: sheet.rows.map(withoutLinks) })

const withoutLinks = (row: Row): Row =>
  row.map((cell): SheetCell => ('link' in cell ? { text: cell.link.text } : cell))

const rowOn = ({ parts }: SheetParts, cells: CellsByKey): Row =>
  withoutLinks(inOrder(parts[0], cells))

/** Only where pages are reached is there a link to take away. */
export function unlinkedRow(
  detail: PlacedDetail,
  index: number,
  { draft }: LongReconciliation,
): Row {
  const row = expenditureRow(detail, index, draft)
  return draft.sources.site === undefined ? row : withoutLinks(row)
}

/** Those of the summary's rows and of what the range leaves out, which come before those of lines. */
export const leadingExceptionRows = ({ draft, places }: LongReconciliation): readonly Row[] =>
  exceptionsOf(draft.sources.reconciliation, []).map((exception, index) =>
    rowOn(places.exceptions, exceptionCells(exception, index, draft, places)),
  )

/** An exception of a line, as it is put aside until the lines are written. */
export interface NotedException {
  /** From 0. */
  readonly line: number
  readonly key: string
  readonly flag: string
  readonly supplier: string | null
  readonly amount: string
}

export const notedExceptions = (
  details: readonly PlacedDetail[],
  first: number,
): readonly NotedException[] =>
  details.flatMap(({ flags, document, amount }, at) =>
    flags.map((flag) => ({
      line: first + at,
      key: document?.number ?? '',
      flag,
      supplier: document?.supplier ?? null,
      amount: amount.toString(),
    })),
  )

export function notedExceptionRow(
  { line, key, flag, supplier, amount }: NotedException,
  index: number,
  { draft, places }: LongReconciliation,
): Row {
  const { part, index: place } = places.expenditures.at(line)
  return rowOn(places.exceptions, {
    number: { count: index + 1 },
    where: { text: addressOf(part, place) },
    key: { text: key },
    label: textOr(supplier, 'not-applicable'),
    ...flagCells(flag, draft),
    ...noFigures,
    line: { count: line + 1 },
    amount: amountAt(part, place, money(amount)),
  })
}

const addressOf = ({ name, at, columns }: PlacedSheet, place: number): string =>
  `${name} ${at.cell(columns[0]?.key ?? '', place)}`

const amountAt = (part: PlacedSheet, place: number, amount: Money): SheetCell =>
  amountFormula(part.cell('amount', place), amount)
