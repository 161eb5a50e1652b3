import type { Bilingual } from './language.ts'
import { add, Money, money } from './money.ts'
import {
  amount,
  boolean,
  type CellValue,
  type Column,
  type ColumnType,
  count,
  date,
  missing,
  percent,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from './table.ts'

/**
 * A list as the API answers it, as a table: a column a field, in the order of the JSON, nested ones
 * with a dot; a list inside a record is JSON in one cell. So no two forms of a list can differ.
 * Example: { number: 'D-1', recordedIn: { period: 3 }, amount: '10.00' } has the columns number,
 * recordedIn.period and amount.
 */
export interface RecordList {
  readonly name: string
  readonly title: Bilingual
  readonly columns: readonly Column[]
  /** Keys of the amounts that add up to something; none: the list has no total. */
  readonly totals: readonly string[]
  /** Whether a record counts in them; all do unless told. */
  readonly counts?: (record: object) => boolean
}

export type ColumnSpec = readonly [key: string, fr: string, en: string, type?: ColumnType]

export const recordColumns = (specs: readonly ColumnSpec[]): readonly Column[] =>
  specs.map(([key, fr, en, type = 'text']) => ({ key, label: { fr, en }, type, brief: false }))

export const recordRow = ({ columns }: RecordList, record: object): TableRow => ({
  role: 'data',
  cells: columns.map(({ key, type }) => cellOf(fieldOf(record, key), type)),
})

/** Sums of a list that goes by lot by lot, as the row that ends it. */
export class RecordTotals {
  readonly #list: RecordList
  readonly #sums = new Map<string, Money>()

  constructor(list: RecordList) {
    this.#list = list
  }

  add(record: object): void {
    const { totals, counts = () => true } = this.#list
    for (const key of counts(record) ? totals : []) {
      const value = fieldOf(record, key)
      if (value !== null && value !== undefined) {
        this.#sums.set(key, add(this.#sums.get(key) ?? Money.zero, money(String(value))))
      }
    }
  }

  /** None where the list has no total. */
  rows(): readonly TableRow[] {
    const { columns, totals } = this.#list
    const cells = columns.map(({ key }, at) =>
      at === 0
        ? text('total')
        : totals.includes(key)
          ? amount(this.#sums.get(key) ?? Money.zero)
          : missing('not-applicable'),
    )
    return totals.length === 0 ? [] : [{ role: 'total', cells }]
  }
}

export function recordTable(list: RecordList, records: readonly object[]): Table {
  const totals = new RecordTotals(list)
  for (const record of records) {
    totals.add(record)
  }
  const rows = [...records.map((record) => recordRow(list, record)), ...totals.rows()]
  return table({ name: list.name, title: list.title, columns: list.columns, rows })
}

/** Undefined where a record on the way is absent. */
const fieldOf = (record: object, key: string): unknown =>
  key.split('.').reduce<unknown>((value, part) => {
    const fields: Readonly<Record<string, unknown>> = Object(value)
    return fields[part]
  }, record)

function cellOf(value: unknown, type: ColumnType): CellValue {
  if (value === null || value === undefined) {
    return missing('absent')
  }
  switch (type) {
    case 'amount':
      return amount(money(String(value)))
    case 'percent':
      return percent(String(value))
    case 'date':
      return date(String(value))
    case 'count':
      return count(Number(value))
    case 'boolean':
      return boolean(value === true)
    case 'words':
      return words(Array.isArray(value) ? value.map(String) : [])
    case 'text':
      return text(textOf(value))
  }
}

const textOf = (value: unknown): string | Bilingual => {
  if (typeof value === 'object') {
    return isBilingual(value) ? value : JSON.stringify(value)
  }
  return String(value)
}

const isBilingual = (value: object | null): value is Bilingual =>
  value !== null && Object.keys(value).sort().join() === 'en,fr'
