import { type CellPlace, cellAddress, readCellAddress } from '#core/grid.ts'
import { plainDecimal } from './spreadsheet-values.ts'

/**
 * One form for a formula however a program spells it: spaces that mean nothing go, sheets are
 * quoted, `_xlfn.` and TRUE() lose what they need not have, numbers are plain. References to the
 * formula's own sheet are held as distances, so that a row that moved whole with its formulas is
 * still the same row, and that the cells of a shared formula, which only the first of them spells,
 * have each their own.
 * Example, in D7: `ROUND( B7 - $C$2 , 2)` and `ROUND(B7-$C$2,2)` have one form, which in D8 reads
 * ROUND(B8-$C$2,2).
 */
export type FormulaToken = string | Reference

interface Reference extends CellPlace {
  readonly isColumnFixed: boolean
  readonly isRowFixed: boolean
  /** Of another sheet, or of a sheet that is named. */
  readonly isElsewhere: boolean
}

const tokens = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<text>"(?:[^"]|"")*")/,
    /(?<quoted>'(?:[^']|'')*'!?)/,
    /(?<bracket>\[[^[\]]*\])/,
    /(?<error>#[A-Z0-9/]+[!?]?)/,
    /(?<reference>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?![\p{L}\p{N}_.(!]))/u,
    /(?<call>[\p{L}_][\p{L}\p{N}_.]*(?=\()|(?:true|false|TRUE|FALSE)(?![\p{L}\p{N}_.!]))/u,
    /(?<word>[\p{L}_\\][\p{L}\p{N}_.\\]*!?)/u,
    /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/,
    /(?<sign>[\s\S])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
)

export function readFormula(text: string): readonly FormulaToken[] {
  const read: FormulaToken[] = []
  let isElsewhere = false
  let isSpaced = false
  for (const { 0: spelled, groups = {} } of text.matchAll(tokens)) {
    if (groups.space !== undefined) {
      isSpaced = true
      continue
    }
    const token: FormulaToken =
      groups.reference === undefined ? named(spelled, groups) : place(spelled, isElsewhere)
    if (isSpaced && isIntersection(read.at(-1), token)) {
      read.push(' ')
    }
    isSpaced = false
    read.push(token)
    // The second cell of a range stands on the sheet of the first.
    isElsewhere =
      typeof token === 'string'
        ? token.endsWith('!') || (token === ':' && isElsewhere)
        : isElsewhere
  }
  return withoutCalls(read)
}

function named(spelled: string, groups: Readonly<Record<string, string | undefined>>): string {
  if (groups.call !== undefined) {
    return spelled.toUpperCase().replace(/^(?:_XLFN\.|_XLWS\.)+/, '')
  }
  if (groups.word?.endsWith('!') === true) {
    return `'${spelled.slice(0, -1)}'!`
  }
  return groups.number === undefined ? spelled : (plainDecimal(spelled) ?? spelled)
}

function place(spelled: string, isElsewhere: boolean): Reference {
  const { row = 1, column = 0 } = readCellAddress(spelled.replaceAll('$', '')) ?? {}
  return {
    row,
    column,
    isColumnFixed: spelled.startsWith('$'),
    isRowFixed: spelled.lastIndexOf('$') > 0,
    isElsewhere,
  }
}

/** A space between two references is an operator: what they have in common. */
const isIntersection = (before: FormulaToken | undefined, after: FormulaToken): boolean =>
  before !== undefined && isEnd(before) && isStart(after)
const isEnd = (token: FormulaToken): boolean =>
  typeof token !== 'string' || /[\p{L}\p{N}_)\]]$/u.test(token)
const isStart = (token: FormulaToken): boolean =>
  typeof token !== 'string' || /^[\p{L}_('[$]/u.test(token)

/** TRUE() is TRUE. */
const withoutCalls = (read: readonly FormulaToken[]): readonly FormulaToken[] =>
  read.filter((token, at) => {
    const first = token === '(' ? at : at - 1
    const isCalled = read[first - 1] === 'TRUE' || read[first - 1] === 'FALSE'
    return !(isCalled && read[first] === '(' && read[first + 1] === ')')
  })

/** No part of a workbook can hold it: XML has no such character. */
const mark = '\uffff'

/**
 * The form of a formula that stands in a cell.
 * @param from the cell that spells it, where it is shared from there
 */
export const formulaForm = (
  read: readonly FormulaToken[],
  at: CellPlace,
  from: CellPlace = at,
): string =>
  read.map((token) => (typeof token === 'string' ? token : referenceForm(token, at, from))).join('')

function referenceForm(reference: Reference, at: CellPlace, from: CellPlace): string {
  const { row, column, isColumnFixed, isRowFixed, isElsewhere } = reference
  if (isElsewhere) {
    const moved = {
      row: isRowFixed ? row : row + at.row - from.row,
      column: isColumnFixed ? column : column + at.column - from.column,
    }
    return spelledReference(moved, reference)
  }
  const rowForm = isRowFixed ? `$${row}` : String(row - from.row)
  const columnForm = isColumnFixed ? `$${column}` : String(column - from.column)
  return `${mark}${columnForm},${rowForm}${mark}`
}

function spelledReference(
  { row, column }: CellPlace,
  { isColumnFixed, isRowFixed }: Pick<Reference, 'isColumnFixed' | 'isRowFixed'>,
): string {
  if (row < 1 || column < 0) {
    return '#REF!'
  }
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(cellAddress({ row, column })) ?? []
  return `${isColumnFixed ? '$' : ''}${letters}${isRowFixed ? '$' : ''}${digits}`
}

/** A form as a formula of a cell again, for a person to read. */
export const formulaOfForm = (form: string, at: CellPlace): string =>
  form.replaceAll(/\uffff([^\uffff]*)\uffff/g, (_, distance: string) => {
    const [column = '', row = ''] = distance.split(',')
    const isColumnFixed = column.startsWith('$')
    const isRowFixed = row.startsWith('$')
    const place = {
      row: isRowFixed ? Number(row.slice(1)) : at.row + Number(row),
      column: isColumnFixed ? Number(column.slice(1)) : at.column + Number(column),
    }
    return spelledReference(place, { isColumnFixed, isRowFixed })
  })
