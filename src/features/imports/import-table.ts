import {
  type DecimalMark,
  decimalMarkOf,
  noDecimalEvidence,
  seeAmount,
} from '#core/amount-column.ts'
import { type DateOrder, dateOrderOf, noDateEvidence, seeDate } from '#core/date-column.ts'
import { cellAt, type Grid, type Understanding } from '#core/grid.ts'
import type { Issue, Reading } from '#core/issues.ts'
import { type FoundTable, findTable } from '#core/table-in-grid.ts'
import { tableParts } from '#core/table-in-sheet.ts'
import type { FileAsked } from './file-asked.ts'
import { type ImportColumns, importColumns, isKnownColumn } from './import-columns.ts'

/**
 * Where the expenditures stand in a file and how its amounts and days are written: decided by the
 * whole file before any row is read, and told with what it rests on. What a person says goes first.
 * Example: '12,50' anywhere in the amounts makes the comma the decimal mark of all of them.
 */
export interface ImportTable extends FoundTable {
  readonly columns: ImportColumns
  readonly decimal: Understanding<DecimalMark> | null
  readonly dateOrder: Understanding<DateOrder> | null
  /** Texts of the dialect for Excel, where an apostrophe stands before what looks like a formula. */
  readonly isNeutralised: boolean
}

/** A file that is refused as a whole answers what stops it, the first finding first. */
export function findImportTable(
  grid: Grid,
  asked: FileAsked,
): Extract<Reading<ImportTable>, { ok: true }> | Stopped {
  const { sheet, headerRow } = asked
  const found = findTable(grid, {
    isKnown: isKnownColumn,
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { asked: headerRow }),
  })
  if (!found.ok) {
    return { ok: false, issues: [found.issue] }
  }
  const columns = importColumns(found.value.header)
  if (columns.issues.length > 0) {
    return { ok: false, issues: columns.issues }
  }
  const { decimal, dateOrder } = formsIn(found.value, columns, asked)
  if (!decimal.ok || !dateOrder.ok) {
    const stopping = [decimal, dateOrder].flatMap((form) => (form.ok ? [] : [form.issue]))
    return { ok: false, issues: stopping }
  }
  return {
    ok: true,
    value: {
      ...found.value,
      columns,
      decimal: decimal.value,
      dateOrder: dateOrder.value,
      isNeutralised: grid.understood.delimiter?.value === ';',
    },
  }
}

interface Stopped {
  readonly ok: false
  readonly issues: readonly Issue[]
}

function formsIn(found: FoundTable, { fields }: ImportColumns, asked: FileAsked) {
  let amounts = noDecimalEvidence
  let days = noDateEvidence
  for (const part of tableParts(found.sheet, found.header)) {
    if (part.kind === 'data') {
      const { row } = part
      const amount = fields.amount === undefined ? undefined : cellAt(row, fields.amount)
      const day = fields.date === undefined ? undefined : cellAt(row, fields.date)
      amounts = amount === undefined ? amounts : seeAmount(amounts, amount, row.row)
      days = day === undefined ? days : seeDate(days, day, row.row)
    }
  }
  return {
    decimal: decimalMarkOf(amounts, asked.decimal),
    dateOrder: dateOrderOf(days, asked.dateOrder),
  }
}
