import {
  amount,
  boolean,
  type Column,
  type ColumnType,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import type { Envelope } from './envelope.ts'
import { termWords } from './planned-words.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

/** How the money of an envelope comes, and how that was stated. */
export const termsTable = ({ terms }: Pick<Envelope, 'terms'>): Table =>
  table({
    name: 'terms',
    title: { fr: 'Modalités', en: 'Terms' },
    columns: [
      column('kind', 'Modalité', 'Term'),
      column('amount', 'Montant', 'Amount', 'amount'),
      column('asStated', 'Tel qu’énoncé', 'As stated'),
      column('precision', 'Énoncé à près de', 'Stated to the nearest', 'amount'),
      column('from', 'De', 'From'),
      column('to', 'À', 'To'),
      column('stated', 'Premier exercice énoncé', 'First year stated', 'boolean'),
    ],
    rows: terms.map((term) => ({
      role: 'data' as const,
      cells: [
        text(termWords[term.kind]),
        amount(term.amount),
        text(shownWords(term.asStated)),
        amount(term.precision),
        text(term.firstFiscalYear),
        term.lastFiscalYear === null ? missing('absent') : text(term.lastFiscalYear),
        boolean(term.stated),
      ],
    })),
  })
