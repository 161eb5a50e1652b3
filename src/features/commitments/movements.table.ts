import { Money } from '#core/money.ts'
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
import { type Commitment, heldOf } from './commitment.ts'
import { type Movement, movementWords } from './movement.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('effectiveOn', 'Date d’effet', 'Effective on', 'date'),
  column('kind', 'Mouvement', 'Movement'),
  column('document', 'Document', 'Document'),
  column('amount', 'Effet sur l’engagé', 'Effect on committed', 'amount'),
  column('position', 'Position', 'Position', 'count'),
  { ...column('entry', 'Écriture', 'Entry'), brief: false },
]

/** What became of the money of one commitment; the total is what remains committed. */
export const movementsTable = (commitment: Commitment, movements: readonly Movement[]): Table =>
  table({
    name: `commitment-${commitment.number}`,
    title: {
      fr: `Mouvements de ${commitment.number}`,
      en: `Movements of ${commitment.number}`,
    },
    columns,
    rows: [
      ...movements.map((movement) => ({
        role: 'data' as const,
        cells: [
          date(movement.effectiveOn),
          text(movementWords(movement)),
          text(movement.expenditure?.number ?? commitment.number),
          amount(movement.amount),
          count(movement.position),
          text(movement.entry),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          text('total'),
          ...Array.from({ length: 2 }, () => missing('not-applicable')),
          amount(heldOf(commitment) ?? Money.zero),
          ...Array.from({ length: 2 }, () => missing('not-applicable')),
        ],
      },
    ],
  })
