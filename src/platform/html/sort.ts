import type { Language } from '#core/language.ts'
import { compare } from '#core/money.ts'
import type { CellValue, Table } from '#core/table.ts'
import { compareTexts } from '#platform/i18n/format.ts'
import { cellText } from '#platform/tables/cell-words.ts'

/**
 * A table as the address sorts it: `spent`, or `-spent` for the greatest first. Totals stay last,
 * what is missing comes after what is there either way, and equals keep their order. A column that
 * the table does not have changes nothing: an address of yesterday still opens.
 */
export function sorted(table: Table, by: string | undefined, language: Language): Table {
  const key = by?.replace(/^-/, '')
  const at = table.columns.findIndex((column) => column.key === key)
  if (by === undefined || at < 0) {
    return table
  }
  const sign = by.startsWith('-') ? -1 : 1
  const body = table.rows.filter(({ role }) => role !== 'total')
  const totals = table.rows.filter(({ role }) => role === 'total')
  const ordered = body.toSorted((a, b) => {
    const [left, right] = [a.cells[at], b.cells[at]]
    return left === undefined || right === undefined ? 0 : order(left, right, sign, language)
  })
  return { ...table, rows: [...ordered, ...totals] }
}

function order(left: CellValue, right: CellValue, sign: number, language: Language): number {
  if (left.type === 'missing' || right.type === 'missing') {
    return Number(left.type === 'missing') - Number(right.type === 'missing')
  }
  return sign * compared(left, right, language)
}

function compared(left: CellValue, right: CellValue, language: Language): number {
  if (left.type === 'amount' && right.type === 'amount') {
    return compare(left.value, right.value)
  }
  if (left.type === 'count' && right.type === 'count') {
    return left.value - right.value
  }
  if (left.type === 'percent' && right.type === 'percent') {
    return Number(left.value) - Number(right.value)
  }
  return compareTexts(cellText(left, { language }), cellText(right, { language }), language)
}
