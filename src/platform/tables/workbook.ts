import type { CalendarDate } from '#core/calendar-date.ts'
import type { Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { Missing } from '#core/table.ts'

/**
 * A workbook as a value, before any library sees it: `writeWorkbook` turns it into bytes. A cell has
 * one of these shapes and no other, so that nothing read from JSON can become a live formula. Every
 * formula carries the result it must show: without one, Excel's Protected View shows a blank.
 * Addresses for formulas come from `layoutOf(sheet)`, which needs the columns and the number of rows
 * only, so formulas can be composed before the rows are.
 */
export type CellScalar =
  | { readonly text: string }
  | { readonly amount: Money }
  /** Decimal text with two decimals on the scale 0–100: '4.34'. */
  | { readonly percent: string }
  | { readonly date: CalendarDate }
  | { readonly boolean: boolean }
  /** A whole number that is never money. */
  | { readonly count: number }

export interface FormulaCell {
  /** Without its `=`; function names in English, arguments separated by commas. */
  readonly formula: string
  /** What the formula gives on the values written beside it. */
  readonly result: CellScalar
  /** How a number would show, where the present result is text: `IF(C5=0,"",…)` that gives ''. */
  readonly as?: NumberShape
}

export interface LinkCell {
  readonly link: {
    /** `#'Sheet'!A1`, made by `linkTarget`, or an address: https, or relative. */
    readonly target: string
    readonly text: string
  }
}

/** A value that its reader is asked to correct; what is wrong is said in words beside it. */
export interface MarkedCell {
  readonly marked: CellScalar
}

/** A value that its reader may type over, on a sheet that is protected otherwise. */
export interface InputCell {
  readonly input: CellScalar
}

export type SheetCell =
  | CellScalar
  | MarkedCell
  | InputCell
  | FormulaCell
  | LinkCell
  | { readonly missing: Missing }
  | { readonly empty: true }

export const numberShapes = ['amount', 'percent', 'count', 'date'] as const
export type NumberShape = (typeof numberShapes)[number]

export const emptyCell: SheetCell = { empty: true }

export interface SheetColumn {
  /** The name by which formulas find the column; not printed. */
  readonly key: string
  /** One line, unique in its sheet. */
  readonly header: string
  /** In characters; from the content unless told. */
  readonly width?: number
  /** All that the column's input cells take. */
  readonly choices?: Choices
}

export interface Choices {
  /** Without commas; digits alone are numbers. */
  readonly values: readonly string[]
  /** What is said beside the cell, and when something else is typed. */
  readonly prompt: string
}

export const chartKinds = ['columns', 'bars', 'lines'] as const
export type ChartKind = (typeof chartKinds)[number]

/** Bound to cells of its own sheet, whose rows and names it shows; it has no figure of its own. */
export interface SheetChart {
  readonly kind: ChartKind
  readonly title: string
  /** What it shows, for whoever does not see it. */
  readonly alt: string
  /** Keys of columns. */
  readonly categories: string
  readonly series: readonly string[]
  /** Rows on top that it leaves out. */
  readonly rowsSkipped?: number
  /** Of the first of the others only. */
  readonly rowsMax?: number
}

/**
 * What a column of a form takes, in the words of whoever fills it in. `list` holds what a range of
 * another sheet does (`sheetReference`), and may be overruled; the others are refused outright.
 */
export type EntryRule = (
  | { readonly takes: 'list'; readonly range: string }
  | { readonly takes: 'only'; readonly word: string }
  | { readonly takes: 'date'; readonly first: CalendarDate; readonly last: CalendarDate }
  | { readonly takes: 'amount' }
  | { readonly takes: 'text'; readonly charactersMax: number }
) & {
  /** At most 32 characters; the two texts at most 255. */
  readonly title: string
  readonly prompt: string
  readonly refusal: string
}

export const sheetKinds = ['table', 'facts', 'form'] as const
export type SheetKind = (typeof sheetKinds)[number]

/** Always landscape letter, one page wide, protected without a password. */
export interface Sheet {
  /** At most 31 characters, none of []:*?/\' */
  readonly name: string
  /**
   * `table`: an Excel table with filters. `facts`: a few rows to read, the first column in bold.
   * `form`: to be filled in under its rows, by the rules of `entry`.
   */
  readonly kind: SheetKind
  /** In A1. */
  readonly title: string
  /** A line of text each, under the title. */
  readonly intro?: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly SheetCell[])[]
  /** Under the rows and outside the table, so that sorting and filtering leave it alone. */
  readonly totalRow?: readonly SheetCell[]
  /** One below the other, under everything else. */
  readonly charts?: readonly SheetChart[]
  /** Keeps everything down to the headers in sight; true for a table unless told. */
  readonly freeze?: boolean
  /** For a sheet that is sent back corrected; others are protected. */
  readonly isEditable?: boolean
  /** Of a form, by column key. */
  readonly entry?: Readonly<Record<string, EntryRule>>
}

export interface Workbook {
  readonly language: Language
  readonly title: string
  readonly creator: 'Vigie'
  /** The ISO instant the file says it was made at; the clock is never read. */
  readonly instant: string
  /** Where it comes from, among the file's properties: a second copy, away from the cells. */
  readonly madeWith?: string
  readonly sheets: readonly Sheet[]
}
