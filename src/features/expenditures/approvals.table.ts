import { sum } from '#core/money.ts'
import {
  amount,
  boolean,
  type Column,
  type ColumnType,
  date,
  missing,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Waiting } from './approvals.ts'
import { waitingNames } from './expenditure-words.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('number', 'Numéro', 'Number'),
  column('kind', 'Décision', 'Decision'),
  column('organization', 'Organisme', 'Organization'),
  column('cell', 'Mesure ou enveloppe', 'Measure or envelope'),
  column('serviceDate', 'Date de service', 'Service date', 'date'),
  column('supplier', 'Fournisseur', 'Supplier'),
  column('amount', 'Montant', 'Amount', 'amount'),
  // Said below the table, where there is room for the reason.
  {
    ...column('needsJustification', 'Justification requise', 'Justification needed', 'boolean'),
    brief: false,
  },
  column('flags', 'Signalements', 'Flags', 'words'),
]

export const approvalsTable = (waiting: readonly Waiting[]): Table =>
  table({
    name: 'approvals',
    title: { fr: 'À approuver', en: 'To approve' },
    columns,
    rows: [
      ...waiting.map((each) => ({
        role: 'data' as const,
        cells: [
          text(each.document.number),
          text(waitingNames[each.kind]),
          text(each.document.organization),
          text(each.document.measure ?? each.document.envelope ?? ''),
          date(each.document.serviceDate),
          text(each.document.supplier),
          amount(each.effect),
          boolean(each.needsJustification),
          words(each.flags),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          text('total'),
          ...columns.slice(1, 6).map(() => missing('not-applicable')),
          amount(sum(waiting.map(({ effect }) => effect))),
          missing('not-applicable'),
          words([]),
        ],
      },
    ],
  })
