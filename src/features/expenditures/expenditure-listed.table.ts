import type { Money } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import {
  amount,
  type Column,
  type ColumnType,
  date,
  missing,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Expenditure, netOf } from './expenditure.ts'
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

const columns: readonly Column[] = [
  column('number', ['Numéro', 'Number']),
  column('state', ['État', 'State']),
  column('organization', ['Organisme', 'Organization']),
  column('measure', ['Mesure', 'Measure']),
  column('envelope', ['Enveloppe', 'Envelope']),
  column('fiscalYear', ['Exercice', 'Fiscal year'], rest),
  column('serviceDate', ['Date de service', 'Service date'], { type: 'date' }),
  column('documentNumber', ['Pièce', 'Document'], rest),
  column('supplier', ['Fournisseur', 'Supplier']),
  column('description', ['Description', 'Description'], rest),
  column('amount', ['Montant', 'Amount'], { type: 'amount' }),
  column('net', ['Montant net', 'Net amount'], { type: 'amount' }),
  column('recordedIn', ['Période', 'Period'], rest),
  column('preparedBy', ['Saisie par', 'Entered by'], rest),
  column('approvedBy', ['Approuvée par', 'Approved by'], rest),
  column('flags', ['Signalements', 'Flags'], { type: 'words' }),
]

const orAbsent = (value: string | null) => (value === null ? missing('absent') : text(value))

const rowOf = (expenditure: Expenditure): TableRow => ({
  role: 'data',
  cells: [
    text(expenditure.number),
    text(stateNames[expenditure.state]),
    text(expenditure.organization),
    orAbsent(expenditure.measure),
    orAbsent(expenditure.envelope),
    text(expenditure.fiscalYear),
    date(expenditure.serviceDate),
    text(expenditure.documentNumber),
    text(expenditure.supplier),
    text(expenditure.description),
    amount(expenditure.amount),
    amount(netOf(expenditure)),
    orAbsent(expenditure.recordedIn === null ? null : periodKey(expenditure.recordedIn)),
    text(expenditure.preparedBy),
    orAbsent(expenditure.approvedBy),
    words(expenditure.flags),
  ],
})

/** What a list adds up to, as it says it itself: with a period, what that period recorded. */
export interface ListTotals {
  readonly gross: Money
  readonly total: Money
}

/** Documents as a page and its files list them. One page of a longer list has no total of its own. */
export const listedTable = (
  expenditures: readonly Expenditure[],
  totals: ListTotals | null,
): Table =>
  table({
    name: 'expenditures',
    title: { fr: 'Dépenses', en: 'Expenditures' },
    columns,
    rows: [...expenditures.map(rowOf), ...(totals === null ? [] : [totalRow(totals)])],
  })

const totalRow = ({ gross, total }: ListTotals): TableRow => ({
  role: 'total',
  cells: columns.map(({ key }) => {
    switch (key) {
      case 'number':
        return text('total')
      case 'amount':
        return amount(gross)
      case 'net':
        return amount(total)
      case 'flags':
        return words([])
      default:
        return missing('not-applicable')
    }
  }),
})
