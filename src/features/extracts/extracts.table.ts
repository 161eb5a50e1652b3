import { sum } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import {
  amount,
  type Column,
  type ColumnType,
  count,
  missing,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Extract } from './extract.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('organization', 'Organisme', 'Organization'),
  column('key', 'Période', 'Period'),
  column('fileName', 'Fichier', 'File'),
  column('rows', 'Lignes', 'Rows', 'count'),
  column('total', 'Total', 'Total', 'amount'),
  column('supersededBy', 'Remplacé par', 'Superseded by'),
  { ...column('findings', 'Constats', 'Findings', 'words'), brief: false },
  column('id', 'Identifiant', 'Id'),
]

/** Extracts as a list; what is superseded stands in it and not in its total. */
export function extractsTable(extracts: readonly Extract[]): Table {
  const counted = extracts.filter(({ supersededBy }) => supersededBy === null)
  return table({
    name: 'extracts',
    title: { fr: 'Extraits du grand livre', en: 'Ledger extracts' },
    columns,
    rows: [
      ...extracts.map((extract) => ({
        role: 'data' as const,
        cells: [
          text(extract.organization),
          text(periodKey(extract.period)),
          text(extract.fileName),
          count(extract.rows),
          amount(extract.total),
          extract.supersededBy === null ? missing('absent') : text(extract.supersededBy),
          words([...new Set(extract.findings.map(({ code }) => code))]),
          text(extract.id),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          text('total'),
          ...[missing('not-applicable'), missing('not-applicable')],
          count(counted.reduce((total, { rows }) => total + rows, 0)),
          amount(sum(counted.map(({ total }) => total))),
          missing('not-applicable'),
          words([]),
          missing('not-applicable'),
        ],
      },
    ],
  })
}
