import {
  amount,
  type Column,
  type ColumnType,
  count,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { type ImportBatch, rowStates } from './import.ts'
import { importStateNames } from './import-rules.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('id', 'Import', 'Import'),
  column('file', 'Fichier', 'File'),
  column('state', 'État', 'State'),
  column('new', 'Nouvelles', 'New', 'count'),
  column('duplicate', 'Déjà là', 'Duplicate', 'count'),
  column('changed', 'Modifiées', 'Changed', 'count'),
  column('rejected', 'Rejetées', 'Rejected', 'count'),
  column('ignored', 'Ignorées', 'Ignored', 'count'),
  column('amount', 'Montant nouveau', 'New amount', 'amount'),
]

/** Imports as a list. There is no total: one row may be in two files. */
export const importsTable = (batches: readonly ImportBatch[]): Table =>
  table({
    name: 'imports',
    title: { fr: 'Imports', en: 'Imports' },
    columns,
    rows: batches.map(({ id, file, state, tallies, ignored }) => ({
      role: 'data' as const,
      cells: [
        text(id),
        text(file.name),
        text(importStateNames[state]),
        ...rowStates.map((each) => count(tallies[each].rows)),
        count(ignored),
        amount(tallies.new.amount),
      ],
    })),
  })
