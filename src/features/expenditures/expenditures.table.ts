import { sum } from '#core/money.ts'
import {
  amount,
  type Column,
  type ColumnType,
  date,
  missing,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Expenditure, netOf } from './expenditure.ts'
import { stateNames } from './lifecycle.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('number', 'Numéro', 'Number'),
  // Commands take the number: on a terminal 36 characters would leave no room to read either.
  { ...column('id', 'Identifiant', 'Id'), brief: false },
  column('state', 'État', 'State'),
  column('organization', 'Organisme', 'Organization'),
  column('measure', 'Mesure', 'Measure'),
  column('envelope', 'Enveloppe', 'Envelope'),
  column('serviceDate', 'Date de service', 'Service date', 'date'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('amount', 'Montant', 'Amount', 'amount'),
  column('flags', 'Signalements', 'Flags', 'words'),
]

const orAbsent = (value: string | null) => (value === null ? missing('absent') : text(value))

/** Expenditures as a list with its total, net of reversals and refunds. */
export function expendituresTable(expenditures: readonly Expenditure[]): Table {
  return table({
    name: 'expenditures',
    title: { fr: 'Dépenses', en: 'Expenditures' },
    columns,
    rows: [
      ...expenditures.map((expenditure) => ({
        role: 'data' as const,
        cells: [
          text(expenditure.number),
          text(expenditure.id),
          text(stateNames[expenditure.state]),
          text(expenditure.organization),
          orAbsent(expenditure.measure),
          orAbsent(expenditure.envelope),
          date(expenditure.serviceDate),
          text(expenditure.supplier),
          amount(expenditure.amount),
          words(expenditure.flags),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          text('total'),
          ...columns.slice(1, 8).map(() => missing('not-applicable')),
          amount(sum(expenditures.map(netOf))),
          words([]),
        ],
      },
    ],
  })
}
