import {
  type DecimalMark,
  decimalMarkOf,
  noDecimalEvidence,
  seeAmount,
} from '#core/amount-column.ts'
import type { Canonical } from '#core/canonical.ts'
import { type DateOrder, dateOrderOf, noDateEvidence, seeDate } from '#core/date-column.ts'
import { cellAt, type Grid, type Row, type Understanding } from '#core/grid.ts'
import type { Issue, Reading } from '#core/issues.ts'
import { Problem } from '#core/problem.ts'
import { type FoundTable, findTable } from '#core/table-in-grid.ts'
import { tableParts } from '#core/table-in-sheet.ts'
import type { FileAsked } from '#features/imports/file-asked.ts'
import { understoodFacts } from '#features/imports/understood.ts'
import {
  type ColumnKey,
  type ColumnMapping,
  columnKeys,
  columnName,
  defaultMapping,
  defaultNames,
  ignoredColumns,
  mappedColumns,
  missingColumns,
  repeatedColumns,
} from './mapping.ts'

/**
 * Where the rows of an extract stand in a file, and how its amounts and days are written: decided by
 * the whole file before any row is read, and told with what it rests on. What a person says goes
 * first. Example: `12,50` anywhere in the amounts makes the comma the decimal mark of all of them.
 */
export interface LedgerColumn {
  readonly column: number
  /** As the file has it. */
  readonly name: string
}

export interface LedgerTable extends FoundTable {
  readonly mapping: ColumnMapping
  readonly columns: Readonly<Partial<Record<ColumnKey, LedgerColumn>>>
  readonly ignored: readonly string[]
  readonly decimal: Understanding<DecimalMark> | null
  readonly dateOrder: Understanding<DateOrder> | null
}

/** @throws Problem `files/…` for a file that can be read in two ways, `extracts/columns-missing` */
export function findLedgerTable(
  grid: Grid,
  saved: ColumnMapping | null,
  asked: FileAsked,
): LedgerTable {
  const { sheet, headerRow } = asked
  const known = saved === null ? defaultNames : mappedColumns(saved)
  const found = sure(
    findTable(grid, {
      isKnown: (name) => known.includes(columnName(name)),
      ...(sheet === undefined ? {} : { sheet }),
      ...(headerRow === undefined ? {} : { asked: headerRow }),
    }),
  )
  const { headings, row } = found.header
  const names = headings.map(({ name }) => name)
  const mapping = saved ?? defaultMapping(names)
  refuse([...missingColumns(names, mapping, row), ...repeatedColumns(names, mapping, row)])
  const columns = Object.fromEntries(
    columnKeys.flatMap((key) => {
      const named = mapping[key]
      const heading = headings.find(({ name }) => named !== null && isCalled(name, named))
      return heading === undefined ? [] : [[key, heading] as const]
    }),
  )
  return {
    ...{ ...found, mapping, columns, ignored: ignoredColumns(names, mapping) },
    ...formsIn(found, columns, asked),
  }
}

const isCalled = (name: string, named: string): boolean => columnName(name) === columnName(named)

function sure<T>(reading: Reading<T>): T {
  if (!reading.ok) {
    const { issue } = reading
    throw new Problem('refused', issue.code, issue.detail, { issues: [issue] })
  }
  return reading.value
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) {
    const columns = issues.map(({ column }) => column).join(', ')
    throw new Problem(
      'refused',
      'extracts/columns-missing',
      {
        fr: `Des colonnes de l’extrait manquent ou sont répétées : ${columns}.`,
        en: `Columns of the extract are missing or repeated: ${columns}.`,
      },
      { issues },
    )
  }
}

const amountKeys = ['amount', 'debit', 'credit'] as const

function formsIn(found: FoundTable, columns: LedgerTable['columns'], asked: FileAsked) {
  let amounts = noDecimalEvidence
  let days = noDateEvidence
  for (const { row } of dataRows(found)) {
    const day = cellOf(row, columns.date)
    days = day === undefined ? days : seeDate(days, day, row.row)
    for (const key of amountKeys) {
      const amount = cellOf(row, columns[key])
      amounts = amount === undefined ? amounts : seeAmount(amounts, amount, row.row)
    }
  }
  return {
    decimal: sure(decimalMarkOf(amounts, asked.decimal)),
    dateOrder: sure(dateOrderOf(days, asked.dateOrder)),
  }
}

function* dataRows({ sheet, header }: FoundTable): Generator<{ readonly row: Row }, void> {
  for (const part of tableParts(sheet, header)) {
    if (part.kind === 'data') {
      yield part
    }
  }
}

export const cellOf = (row: Row, column: LedgerColumn | undefined) =>
  column === undefined ? undefined : cellAt(row, column.column)

/** Of an extract also which column says what, and the sign of its spending. */
export const understoodOf = (grid: Grid, table: LedgerTable): Canonical => ({
  ...understoodFacts(grid, table),
  columns: Object.fromEntries(
    columnKeys.flatMap((key) => {
      const column = table.columns[key]
      return column === undefined ? [] : [[key, column.name]]
    }),
  ),
  spendingSign: table.mapping.spendingSign,
})
