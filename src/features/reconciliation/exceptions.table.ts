import type { Bilingual } from '#core/language.ts'
import {
  amount,
  type CellValue,
  type Column,
  type ColumnType,
  count,
  missing,
  percent,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Exception } from './exception.ts'
import type { Exceptions } from './exceptions.ts'
import { columnOf } from './reconciliation.table.ts'

/** Exceptions as a neutral table. The same money may stand on several rows: nothing is added up. */
const column = (
  key: string,
  label: Bilingual,
  type: ColumnType = 'text',
  brief = false,
): Column => ({ key, label, type, brief })

const columns: readonly Column[] = [
  ...['key', 'kind', 'label'].map(columnOf),
  columnOf('flags'),
  column('envelope', { fr: 'Enveloppe', en: 'Envelope' }),
  column('organization', { fr: 'Organisme', en: 'Organization' }),
  column('fiscalYear', { fr: 'Exercice', en: 'Fiscal year' }, 'text', true),
  ...['planned', 'committed', 'spent', 'available', 'percentSpent'].map((key) => ({
    ...columnOf(key),
    brief: key === 'spent',
  })),
  column('percentElapsed', { fr: '% du temps écoulé', en: '% of time elapsed' }, 'percent'),
  column('entries', { fr: 'Écritures signalées', en: 'Flagged entries' }, 'count'),
  column('threshold', { fr: 'Seuil', en: 'Threshold' }, 'text', true),
  column('why', { fr: 'Pourquoi', en: 'Why' }, 'text', true),
  columnOf('href'),
]

export const exceptionsTable = ({ found }: Exceptions, title: Bilingual): Table =>
  table({ name: 'exceptions', title, columns, rows: [...found.map(rowOf), totalRow] })

const rowOf = (row: Exception): TableRow => ({
  role: 'data',
  cells: [
    text(row.key),
    text(row.kind),
    text(row.label),
    words([row.flag]),
    said(row.envelope),
    said(row.organization),
    said(row.fiscalYear),
    ...[row.planned, row.committed, row.spent, row.available].map((value) => amount(value)),
    percent(row.percentSpent),
    percent(row.percentElapsed),
    row.entries === null ? missing('not-applicable') : count(row.entries),
    said(row.threshold),
    text(row.why),
    said(row.href),
  ],
})

const said = (value: string | Bilingual | null): CellValue =>
  value === null ? missing('not-applicable') : text(value)

const totalRow: TableRow = {
  role: 'total',
  cells: columns.map(({ key, type }) =>
    key === 'key' || key === 'kind'
      ? text('total')
      : key === 'label'
        ? text({ fr: 'Total', en: 'Total' })
        : type === 'words'
          ? words([])
          : missing('not-applicable'),
  ),
}
