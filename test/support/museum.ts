import { decimalMarkOf, noDecimalEvidence, readAmount, seeAmount } from '#core/amount-column.ts'
import { dateOrderOf, noDateEvidence, readDay, seeDate } from '#core/date-column.ts'
import { cellAt, type Grid } from '#core/grid.ts'
import type { Issue } from '#core/issues.ts'
import { findTable } from '#core/table-in-grid.ts'
import { tableParts } from '#core/table-in-sheet.ts'

/** What was found in a file of expenditures, as `expected.json` of the museum has it. */
export interface MuseumFindings {
  /** The code of what refuses the whole, where something does. */
  readonly refused?: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly sheet?: string
  readonly headerRow?: number
  readonly decimal?: string
  readonly dateOrder?: string
  /** 'row day amount' */
  readonly read?: readonly string[]
  /** 'first-last reason' */
  readonly leftOut?: readonly string[]
  /** 'row column code value' */
  readonly findings?: readonly string[]
}

const names = ['organisme', 'mesure', 'date', 'montant', 'piece', 'fournisseur']
const isKnown = (name: string): boolean => names.includes(name.toLowerCase())
const told = ({ row, column, code, value }: Issue): string => `${row} ${column} ${code} ${value}`

export function museumFindings(grid: Grid): MuseumFindings {
  const table = findTable(grid, { isKnown })
  if (!table.ok) {
    return { refused: table.issue.code }
  }
  const { sheet, header } = table.value
  const columnOf = (name: string): number =>
    header.headings.find((heading) => heading.name.toLowerCase() === name)?.column ?? -1
  const parts = [...tableParts(sheet, header)]
  const data = parts.flatMap((part) => (part.kind === 'data' ? [part] : []))
  const cells = data.map(({ row, issues }) => ({
    row: row.row,
    issues,
    date: cellAt(row, columnOf('date')),
    amount: cellAt(row, columnOf('montant')),
  }))
  let decimals = noDecimalEvidence
  let dates = noDateEvidence
  for (const { row, date, amount } of cells) {
    decimals = amount === undefined ? decimals : seeAmount(decimals, amount, row)
    dates = date === undefined ? dates : seeDate(dates, date, row)
  }
  const decimal = decimalMarkOf(decimals)
  const order = dateOrderOf(dates)
  if (!decimal.ok || !order.ok) {
    return { refused: decimal.ok ? (order.ok ? '' : order.issue.code) : decimal.issue.code }
  }
  const findings: string[] = []
  const read: string[] = []
  for (const { row, issues, date, amount } of cells) {
    const day = date === undefined ? null : readDay(date, row, order.value?.value ?? null)
    const money =
      amount === undefined ? null : readAmount(amount, row, decimal.value?.value ?? null)
    const refusals = [day, money].flatMap((one) => (one === null || one.ok ? [] : [one.issue]))
    findings.push(...[...issues, ...refusals].map(told))
    const isWhole = issues.length + refusals.length === 0
    if (isWhole) {
      read.push(`${row} ${day?.ok ? day.value : '-'} ${money?.ok ? money.value : '-'}`)
    }
  }
  const { encoding, delimiter } = grid.understood
  return {
    ...(encoding === undefined ? {} : { encoding: encoding.value }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter.value }),
    sheet: sheet.name,
    headerRow: header.row,
    ...(decimal.value === null ? {} : { decimal: decimal.value.value }),
    ...(order.value === null ? {} : { dateOrder: order.value.value }),
    read,
    leftOut: parts.flatMap((part) =>
      part.kind === 'data' ? [] : [`${part.firstRow}-${part.lastRow} ${part.reason}`],
    ),
    findings,
  }
}
