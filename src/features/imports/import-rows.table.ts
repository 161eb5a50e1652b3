import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
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
import type { ImportBatch, ImportRow } from './import.ts'
import { rowStateNames, sameWords } from './import-row-words.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('row', 'Ligne', 'Row', 'count'),
  column('state', 'Ce qu’elle est', 'What it is'),
  column('why', 'Pourquoi', 'Why'),
  column('organization', 'Organisme', 'Organization'),
  column('measure', 'Mesure', 'Measure'),
  column('envelope', 'Enveloppe', 'Envelope'),
  column('serviceDate', 'Date', 'Date', 'date'),
  column('documentNumber', 'Pièce', 'Document'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('description', 'Description', 'Description'),
  column('amount', 'Montant', 'Amount', 'amount'),
]

const orAbsent = (value: string | Bilingual | null) =>
  value === null || value === '' ? missing('absent') : text(value)

function whyOf(row: ImportRow): Bilingual | null {
  const { issues } = row
  if (issues.length === 0) {
    return sameWords(row)
  }
  const said = (language: 'fr' | 'en') => issues.map(({ detail }) => detail[language]).join(' ')
  return { fr: said('fr'), en: said('en') }
}

/** Each row of a file as its preview shows it; an amount that could be read counts in the total. */
export const importRowsTable = (
  { file }: ImportBatch,
  rows: readonly ImportRow[],
  total: Money,
): Table =>
  table({
    name: 'import-rows',
    title: { fr: `Lignes de « ${file.name} »`, en: `Rows of “${file.name}”` },
    columns,
    rows: [
      ...rows.map((row) => ({
        role: 'data' as const,
        cells: [
          count(row.place),
          text(rowStateNames[row.state]),
          orAbsent(whyOf(row)),
          orAbsent(row.organization),
          orAbsent(row.measure),
          orAbsent(row.envelope),
          date(row.serviceDate),
          orAbsent(row.documentNumber),
          orAbsent(row.supplier),
          orAbsent(row.description),
          amount(row.amount),
        ],
      })),
      {
        role: 'total' as const,
        cells: [...columns.slice(1).map(() => missing('not-applicable')), amount(total)],
      },
    ],
  })
