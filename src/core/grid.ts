import type { Bilingual } from './language.ts'

/**
 * What a file that somebody brings becomes, whatever its format: sheets of rows of cells, each cell
 * at the place where its author sees it (row 7, column B), as exact text and a kind. Nothing says
 * what a cell means. A cell that cannot be read exactly is there too: its kind is the code of the
 * reason (cell-refusals.ts), its text what stands in the file. Empty cells are left out.
 * Example: 1 234,50 typed in B7 of a workbook is { column: 1, kind: 'number', text: '1234.5' }.
 */
export const cellKinds = [
  /** As stored: space around it and leading zeros included. Every cell of a CSV file. */
  'text',
  /** Plain decimal digits with a point, no exponent: '-1234.5'. */
  'number',
  /** '2025-04-01', or '2025-04-01 13:45:00' where the cell holds a time of day. */
  'date',
  /** A time of day or a length of time: '36:30:00'. */
  'time',
  /** 'true' or 'false'. */
  'boolean',
  'files/cell-error',
  'files/formula-without-value',
  'files/number-inexact',
  'files/number-malformed',
  'files/date-outside',
  'files/date-false-leap-day',
  'files/date-malformed',
  'files/format-unclear',
  'files/value-covered',
  'files/text-unstorable',
] as const
export type CellKind = (typeof cellKinds)[number]
export type CellRefusal = Extract<CellKind, `files/${string}`>

export interface Cell {
  /** 0 is column A. */
  readonly column: number
  readonly kind: CellKind
  readonly text: string
  /** What a formula came to when the file was last saved. */
  readonly isFormula: boolean
}

export interface Row {
  /** The number that a spreadsheet shows beside it: 1 is the first. */
  readonly row: number
  readonly isHidden: boolean
  /** By column, those that are not empty. */
  readonly cells: readonly Cell[]
}

export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  /** By number, those with at least one cell. May be gone through more than once. */
  readonly rows: Iterable<Row>
  /** The number of the last row with a cell; 0 where there is none. */
  readonly lastRow: number
  readonly cellsCount: number
  readonly formulasCount: number
  readonly hiddenRowsCount: number
  /** 0 is column A. */
  readonly hiddenColumns: readonly number[]
  /** 'A1:C1': the value is in the first cell. */
  readonly merged: readonly string[]
}

/** Something that was understood of a file, and what that rests on: 'asked', or found in it. */
export interface Understanding<T> {
  readonly value: T
  readonly isAsked: boolean
  readonly because: Bilingual
}

export const fileFormats = ['csv', 'xlsx'] as const
export const fileEncodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const
export const fileDelimiters = [';', ',', '\t'] as const
export type FileFormat = (typeof fileFormats)[number]
export type FileEncoding = (typeof fileEncodings)[number]
export type FileDelimiter = (typeof fileDelimiters)[number]

export interface Understood {
  readonly format: FileFormat
  /** CSV only. */
  readonly encoding?: Understanding<FileEncoding>
  /** CSV only. */
  readonly delimiter?: Understanding<FileDelimiter>
  /** XLSX only: what day 0 of its dates is. */
  readonly dateSystem?: Understanding<'1900' | '1904'>
}

export interface Grid {
  /** The file's name as it was brought. */
  readonly name: string
  readonly bytes: number
  /** Of the bytes as they were brought, in hexadecimal. */
  readonly sha256: string
  readonly sheets: readonly Sheet[]
  readonly understood: Understood
}

/** Where a cell stands, for a sentence. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

export const columnsMax = 16_384
export const rowsMax = 1_048_576

/** 0 → 'A', 25 → 'Z', 26 → 'AA'. */
export function columnName(column: number): string {
  const before = Math.floor(column / 26)
  const letter = String.fromCharCode(65 + (column % 26))
  return before === 0 ? letter : columnName(before - 1) + letter
}

/** 'B7'. */
export const cellAddress = ({ row, column }: CellPlace): string => `${columnName(column)}${row}`

/** Null for what names no cell of a sheet: 'A0', 'XFE1', '$A$1'. Called for every cell of a file. */
export function readCellAddress(text: string): CellPlace | null {
  let at = 0
  let column = 0
  for (let code = text.charCodeAt(0); code >= 65 && code <= 90; code = text.charCodeAt(at)) {
    column = column * 26 + code - 64
    at += 1
  }
  let row = 0
  const digits = at
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(at)) {
    row = row * 10 + code - 48
    at += 1
  }
  const isWhole = at === text.length && text.charCodeAt(digits) !== 48 && at - digits <= 7
  const isInside = column >= 1 && column <= columnsMax && row >= 1 && row <= rowsMax
  return isWhole && isInside ? { row, column: column - 1 } : null
}

export const cellAt = (row: Row, column: number): Cell | undefined =>
  row.cells.find((cell) => cell.column === column)
