import { sum } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import {
  amount,
  type Column,
  type ColumnType,
  count,
  date,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import type { Extract } from './extract.ts'
import type { ExtractRow } from './extract-rows.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('number', 'Ligne', 'Row', 'count'),
  column('date', 'Date', 'Date', 'date'),
  column('account', 'Compte', 'Account'),
  column('document', 'Pièce', 'Document'),
  column('description', 'Libellé', 'Description'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('amount', 'Montant', 'Amount', 'amount'),
]

const orAbsent = (value: string | null) =>
  value === null || value === '' ? missing('absent') : text(value)

/** The rows of an extract as its file numbers them; the total is that of all of them. */
export function extractRowsTable(
  { organization, period }: Extract,
  rows: readonly ExtractRow[],
  total: 'with-total' | 'rows-alone',
): Table {
  const name = `${periodKey(period)} ${organization}`
  const absent = missing('not-applicable')
  return table({
    name: 'extract-rows',
    title: { fr: `Extrait ${name}`, en: `Extract ${name}` },
    columns,
    rows: [
      ...rows.map((row) => ({
        role: 'data' as const,
        cells: [
          count(row.number),
          date(row.date),
          orAbsent(row.account),
          text(row.document),
          orAbsent(row.description),
          orAbsent(row.supplier),
          amount(row.amount),
        ],
      })),
      ...(total === 'rows-alone'
        ? []
        : [
            {
              role: 'total' as const,
              cells: [
                ...[absent, absent, absent, absent, absent, absent],
                amount(sum(rows.map((row) => row.amount))),
              ],
            },
          ]),
    ],
  })
}
