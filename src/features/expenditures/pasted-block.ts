import {
  type DecimalEvidence,
  decimalMarkOf,
  noDecimalEvidence,
  readAmount,
  seeAmount,
} from '#core/amount-column.ts'
import {
  type DateEvidence,
  dateOrderOf,
  noDateEvidence,
  readDay,
  seeDate,
} from '#core/date-column.ts'
import { type Cell, cellAt, type Row, type Sheet } from '#core/grid.ts'
import type { Bilingual } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { type TableHeader, tableParts } from '#core/table-in-sheet.ts'
import { columnNamed, type DocumentColumn } from './column-names.ts'

/**
 * A block of cells pasted from a spreadsheet: tabs between cells, a line a row, quotes around a cell
 * that holds either. Its first row may name its columns, in any order; without names they are date,
 * measure, document, supplier, description, amount. Amounts and days are read as those of a file are
 * (core/amount-column.ts, core/date-column.ts): what the whole block decides is written plainly, and
 * what it does not is left as typed, for the field to refuse. « 1 234,50 $ » becomes 1234.50.
 */
export type RowTexts = Readonly<Partial<Record<RowField, string>>>
export type RowField = (typeof rowFields)[number]

export const rowFields = [
  'serviceDate',
  'measure',
  'documentNumber',
  'supplier',
  'description',
  'amount',
  'organization',
  'envelope',
  'commitment',
] as const

export const pastedRowsMax = 500
export const pastedCharactersMax = 400_000

const fieldOf = (column: DocumentColumn): RowField =>
  column === 'date' ? 'serviceDate' : column === 'document' ? 'documentNumber' : column

const unnamed: readonly DocumentColumn[] = [
  'date',
  'measure',
  'document',
  'supplier',
  'description',
  'amount',
]

/** @throws Problem `expenditures/paste-columns`, `expenditures/paste-empty`, `…/paste-too-long` */
export function readBlock(text: string): readonly RowTexts[] {
  const rows = rowsOf(text)
  const columns = columnsOf(rows)
  const data = [...tableParts(sheetOf(rows), columns.header)].flatMap((part) =>
    part.kind === 'data' ? [part.row] : [],
  )
  if (data.length === 0) {
    throw refuse('expenditures/paste-empty', {
      fr: 'Le bloc collé ne contient aucune ligne de dépense.',
      en: 'The pasted block holds no row of an expenditure.',
    })
  }
  if (data.length > pastedRowsMax) {
    throw refuse('expenditures/paste-too-long', {
      fr: `Le bloc compte ${data.length} lignes, et le maximum est ${pastedRowsMax}. Collez-le en plusieurs fois, ou importez le fichier.`,
      en: `The block has ${data.length} rows, and the maximum is ${pastedRowsMax}. Paste it in parts, or import the file.`,
    })
  }
  requireNamed(data, columns)
  return plainly(data, columns.named)
}

interface Columns {
  readonly header: TableHeader
  readonly named: ReadonlyMap<number, DocumentColumn>
}

const cellForm = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y

function rowsOf(text: string): readonly Row[] {
  const rows: Cell[][] = [[]]
  let column = 0
  for (let at = 0; at <= text.length; at += 1) {
    cellForm.lastIndex = at
    const [whole = '', quoted, plain = ''] = cellForm.exec(text) ?? []
    const value = quoted === undefined ? plain : quoted.replaceAll('""', '"')
    if (value.trim() !== '') {
      rows.at(-1)?.push({ column, kind: 'text', text: value, isFormula: false })
    }
    at += whole.length
    column += 1
    if (text[at] === '\n') {
      rows.push([])
      column = 0
    }
  }
  return rows.flatMap((cells, place) =>
    cells.length === 0 ? [] : [{ row: place + 1, isHidden: false, cells }],
  )
}

const sheetOf = (rows: readonly Row[]): Sheet => ({
  name: '',
  isHidden: false,
  rows,
  lastRow: rows.at(-1)?.row ?? 0,
  cellsCount: 0,
  formulasCount: 0,
  hiddenRowsCount: 0,
  hiddenColumns: [],
  merged: [],
})

/** The first row names the columns when two of its cells are names that are known. */
function columnsOf([first]: readonly Row[]): Columns {
  const named = (first?.cells ?? []).flatMap(({ column, text }) => {
    const name = columnNamed(text)
    return name === undefined ? [] : [[column, name] as const]
  })
  const isHeader = named.length >= 2
  const because = { fr: 'première ligne', en: 'first row' }
  const row = isHeader ? (first?.row ?? 0) : 0
  const headings = isHeader
    ? (first?.cells ?? []).map(({ column, text }) => ({ column, name: text.trim() }))
    : unnamed.map((name, column) => ({ column, name }))
  return {
    header: { row, headings, understanding: { value: row, isAsked: false, because } },
    named: new Map(isHeader ? named : unnamed.map((name, column) => [column, name] as const)),
  }
}

/** A cell under no known name, or under a name that stands twice, would be lost in silence. */
function requireNamed(rows: readonly Row[], { named }: Columns): void {
  const isStrange = rows.some(({ cells }) => cells.some(({ column }) => !named.has(column)))
  if (isStrange || new Set(named.values()).size < named.size) {
    throw refuse('expenditures/paste-columns', {
      fr: 'Le bloc a une colonne sans titre connu, ou deux qui disent la même chose. Sans ligne de titres, les colonnes sont : date, mesure, pièce, fournisseur, description, montant.',
      en: 'The block has a column without a known name, or two that say the same thing. Without a row of names, the columns are: date, measure, document, supplier, description, amount.',
    })
  }
}

function plainly(rows: readonly Row[], named: Columns['named']): readonly RowTexts[] {
  let amounts: DecimalEvidence = noDecimalEvidence
  let days: DateEvidence = noDateEvidence
  for (const row of rows) {
    for (const cell of row.cells) {
      const name = named.get(cell.column)
      amounts = name === 'amount' ? seeAmount(amounts, cell, row.row) : amounts
      days = name === 'date' ? seeDate(days, cell, row.row) : days
    }
  }
  const [decimal, order] = [decimalMarkOf(amounts), dateOrderOf(days)]
  const mark = decimal.ok ? (decimal.value?.value ?? null) : null
  const dayOrder = order.ok ? (order.value?.value ?? null) : null
  return rows.map((row) =>
    Object.fromEntries(
      [...named].flatMap(([column, name]) => {
        const cell = cellAt(row, column)
        if (cell === undefined) {
          return []
        }
        const amount = name === 'amount' ? readAmount(cell, row.row, mark) : null
        const day = name === 'date' ? readDay(cell, row.row, dayOrder) : null
        const text = amount?.ok ? amount.value.toString() : day?.ok ? day.value : cell.text.trim()
        return [[fieldOf(name), text] as const]
      }),
    ),
  )
}

const refuse = (code: string, sentence: Bilingual): Problem => refuseField('block', code, sentence)
