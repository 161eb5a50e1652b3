import type { Bilingual } from '#core/language.ts'
import type { Column, ColumnType, Table, TableRow } from '#core/table.ts'
import { say } from '#platform/i18n/format.ts'
import { cellText, type Wording } from './cell-words.ts'
import { displayWidth, longestWord, pad, printable, truncate, wrapWords } from './display-width.ts'
import { orderedRows } from './row-order.ts'

/**
 * A Table as aligned text for a terminal of 120 columns. Figures are never cut, nor the first column,
 * which names the row as the next command takes it: when room is short, labels of columns go on
 * several lines first, then the widest texts end in `…`, and a table that is still too wide runs
 * over. No colour carries meaning, so NO_COLOR has nothing to remove.
 * A row whose money another row already shows is marked ↺ in the margin, and a line below says so.
 */
export interface TerminalOptions extends Wording {
  /** In terminal columns; 120 unless told. */
  readonly width?: number
  /** Only the columns that its author calls brief (the default), or all of them. */
  readonly columns?: 'brief' | 'all'
}

const widthDefault = 120
const textWidthMin = 8
const gap = '  '
const mark = '↺'
const repeatedLegend: Bilingual = {
  fr: `${mark} montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux`,
  en: `${mark} amounts that another line already shows, counted once in the totals`,
}
const noRows: Bilingual = { fr: 'Aucune ligne.', en: 'No rows.' }
const rightAligned: readonly ColumnType[] = ['amount', 'percent', 'count']
const shrinkable: readonly ColumnType[] = ['text', 'words']

interface Cells {
  readonly marked: boolean
  readonly texts: readonly string[]
}

interface PrintedColumn {
  readonly label: string
  readonly align: 'left' | 'right'
  readonly isShrinkable: boolean
  readonly contentWidth: number
  readonly width: number
}

export function printTable(table: Table, options: TerminalOptions): string {
  const shown = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => options.columns === 'all' || column.brief)
  const cellsOf = (row: TableRow): Cells => ({
    marked: row.role === 'repeated',
    texts: shown.map(({ index }) => {
      const cell = row.cells[index]
      return cell === undefined ? '' : printable(cellText(cell, options))
    }),
  })
  const rows = orderedRows(table)
  const body = rows.body.map(cellsOf)
  const totals = rows.totals.map(cellsOf)
  const hasMarks = body.some((row) => row.marked)
  const margin = hasMarks ? displayWidth(mark) + 1 : 0
  const columns = fitColumns(
    shown.map(({ column }, at) => printedColumn(column, [...body, ...totals], at, options)),
    (options.width ?? widthDefault) - margin,
  )
  const line = ({ marked, texts }: Cells) => printLine(columns, texts, marginText(marked, margin))
  const rule = printRule(columns, margin)
  const lines = [
    printable(say(table.title, options.language)),
    '',
    ...headerLines(columns).map((texts) => line({ marked: false, texts })),
    rule,
    ...(rows.body.length === 0 ? [say(noRows, options.language)] : body.map(line)),
    ...(totals.length === 0 ? [] : [rule, ...totals.map(line)]),
    ...(hasMarks ? ['', say(repeatedLegend, options.language)] : []),
  ]
  return `${lines.join('\n')}\n`
}

function printedColumn(
  column: Column,
  rows: readonly Cells[],
  at: number,
  { language }: Wording,
): PrintedColumn {
  const label = printable(say(column.label, language))
  let contentWidth = 1
  for (const row of rows) {
    contentWidth = Math.max(contentWidth, displayWidth(row.texts[at] ?? ''))
  }
  return {
    label,
    align: rightAligned.includes(column.type) ? 'right' : 'left',
    isShrinkable: at > 0 && shrinkable.includes(column.type),
    contentWidth,
    width: Math.max(contentWidth, displayWidth(label)),
  }
}

/** Labels give way before contents, and the widest text before the others. */
function fitColumns(columns: readonly PrintedColumn[], room: number): PrintedColumn[] {
  const available = room - gap.length * Math.max(0, columns.length - 1)
  let total = columns.reduce((sum, column) => sum + column.width, 0)
  if (total <= available) {
    return [...columns]
  }
  const widths = columns.map(({ label, contentWidth }) =>
    Math.max(contentWidth, longestWord(label)),
  )
  total = widths.reduce((sum, width) => sum + width, 0)
  while (total > available) {
    const widest = widestText(columns, widths)
    const width = widths[widest]
    if (width === undefined) {
      break
    }
    widths[widest] = width - 1
    total -= 1
  }
  return columns.map((column, at) => ({ ...column, width: widths[at] ?? column.width }))
}

/** -1 when every text is already as narrow as it may be. */
function widestText(columns: readonly PrintedColumn[], widths: readonly number[]): number {
  let found = -1
  columns.forEach((column, at) => {
    const width = widths[at] ?? 0
    if (column.isShrinkable && width > Math.max(textWidthMin, widths[found] ?? 0)) {
      found = at
    }
  })
  return found
}

/** Labels stand on the rule: a short one is on the last line, beside the end of a long one. */
function headerLines(columns: readonly PrintedColumn[]): string[][] {
  const labels = columns.map(({ label, width }) => wrapWords(label, width))
  const height = Math.max(1, ...labels.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    labels.map((lines) => lines[line - (height - lines.length)] ?? ''),
  )
}

function printLine(
  columns: readonly PrintedColumn[],
  texts: readonly string[],
  margin: string,
): string {
  const cells = columns.map(({ width, align, isShrinkable }, at) => {
    const text = texts[at] ?? ''
    return pad(isShrinkable ? truncate(text, width) : text, width, align)
  })
  return (margin + cells.join(gap)).trimEnd()
}

const marginText = (marked: boolean, margin: number): string =>
  pad(marked ? mark : '', margin, 'left')

const printRule = (columns: readonly PrintedColumn[], margin: number): string =>
  ' '.repeat(margin) + columns.map(({ width }) => '─'.repeat(width)).join(gap)
