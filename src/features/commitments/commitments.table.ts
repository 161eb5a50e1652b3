import { sum } from '#core/money.ts'
import {
  amount,
  type Column,
  type ColumnType,
  missing,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Commitment, remainingOf } from './commitment.ts'
import { stateNames } from './lifecycle.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('number', 'Numéro', 'Number'),
  // A terminal keeps the number whole, for the next command to take.
  { ...column('id', 'Identifiant', 'Id'), brief: false },
  column('state', 'État', 'State'),
  column('organization', 'Organisme', 'Organization'),
  column('measure', 'Mesure', 'Measure'),
  { ...column('envelope', 'Enveloppe', 'Envelope'), brief: false },
  column('heldIn', 'Exercice', 'Fiscal year'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('amount', 'Montant', 'Amount', 'amount'),
  column('consumed', 'Consommé', 'Consumed', 'amount'),
  { ...column('released', 'Dégagé', 'Released', 'amount'), brief: false },
  column('remaining', 'Reste', 'Remaining', 'amount'),
  { ...column('flags', 'Signalements', 'Flags', 'words'), brief: false },
]

/** Commitments as a list: amount − consumed − released = remaining, line by line and in total. */
export function commitmentsTable(commitments: readonly Commitment[]): Table {
  const total = (of: (commitment: Commitment) => Commitment['amount']) =>
    amount(sum(commitments.map(of)))
  return table({
    name: 'commitments',
    title: { fr: 'Engagements', en: 'Commitments' },
    columns,
    rows: [
      ...commitments.map((commitment) => ({
        role: 'data' as const,
        cells: [
          text(commitment.number),
          text(commitment.id),
          text(stateNames[commitment.state]),
          text(commitment.organization),
          commitment.measure === null ? missing('absent') : text(commitment.measure),
          text(commitment.envelope),
          text(commitment.heldIn),
          text(commitment.supplier),
          amount(commitment.amount),
          amount(commitment.consumed),
          amount(commitment.released),
          amount(remainingOf(commitment)),
          words(commitment.flags),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          text('total'),
          ...columns.slice(1, 8).map(() => missing('not-applicable')),
          total((commitment) => commitment.amount),
          total(({ consumed }) => consumed),
          total(({ released }) => released),
          total(remainingOf),
          words([]),
        ],
      },
    ],
  })
}
