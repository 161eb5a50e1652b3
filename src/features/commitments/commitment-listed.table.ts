import {
  amount,
  type Column,
  type ColumnType,
  missing,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Commitment, heldOf } from './commitment.ts'
import type { CommitmentTotals } from './filter.ts'
import { stateNames } from './lifecycle.ts'

const column = (
  key: string,
  [fr, en]: readonly [string, string],
  options: { readonly type?: ColumnType; readonly brief?: boolean } = {},
): Column => ({
  key,
  label: { fr, en },
  type: options.type ?? 'text',
  brief: options.brief ?? true,
})
const rest = { brief: false }
const money = { type: 'amount' } as const

const columns: readonly Column[] = [
  column('number', ['Numéro', 'Number']),
  column('state', ['État', 'State']),
  column('organization', ['Organisme', 'Organization']),
  column('measure', ['Mesure', 'Measure']),
  column('envelope', ['Enveloppe', 'Envelope']),
  column('fiscalYear', ['Exercice demandé', 'Fiscal year asked on'], rest),
  column('heldIn', ['Exercice', 'Held in']),
  column('supplier', ['Fournisseur', 'Supplier']),
  column('reference', ['Référence', 'Reference'], rest),
  column('description', ['Description', 'Description'], rest),
  column('amount', ['Montant', 'Amount'], money),
  column('consumed', ['Consommé', 'Consumed'], money),
  column('released', ['Dégagé', 'Released'], money),
  column('remaining', ['Reste engagé', 'Remains committed'], money),
  column('preparedBy', ['Préparé par', 'Prepared by'], rest),
  column('approvedBy', ['Approuvé par', 'Approved by'], rest),
  column('flags', ['Signalements', 'Flags'], { type: 'words' }),
]

const orAbsent = (value: string | null) => (value === null ? missing('absent') : text(value))

const rowOf = (commitment: Commitment): TableRow => ({
  role: 'data',
  cells: [
    text(commitment.number),
    text(stateNames[commitment.state]),
    text(commitment.organization),
    orAbsent(commitment.measure),
    text(commitment.envelope),
    text(commitment.fiscalYear),
    text(commitment.heldIn),
    text(commitment.supplier),
    text(commitment.reference),
    text(commitment.description),
    amount(commitment.amount),
    amount(commitment.consumed),
    amount(commitment.released),
    amount(heldOf(commitment), 'not-applicable'),
    text(commitment.preparedBy),
    orAbsent(commitment.approvedBy),
    words(commitment.flags),
  ],
})

/** Commitments as a page and its files list them. One page of a longer list has no total of its own. */
export const listedTable = (
  commitments: readonly Commitment[],
  totals: CommitmentTotals | null,
): Table =>
  table({
    name: 'commitments',
    title: { fr: 'Engagements', en: 'Commitments' },
    columns,
    rows: [...commitments.map(rowOf), ...(totals === null ? [] : [totalRow(totals)])],
  })

const totalRow = ({ total, consumed, released, remaining }: CommitmentTotals): TableRow => {
  const sums = new Map(Object.entries({ amount: total, consumed, released, remaining }))
  return {
    role: 'total',
    cells: columns.map(({ key, type }) => {
      const sum = sums.get(key)
      return key === 'number'
        ? text('total')
        : type === 'words'
          ? words([])
          : sum === undefined
            ? missing('not-applicable')
            : amount(sum)
    }),
  }
}
