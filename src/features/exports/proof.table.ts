import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { amount, type Column, type Table, table, text } from '#core/table.ts'
import type { FederalPlanned } from '#features/comparison/assumption.ts'
import type { ProofLine, Reconciliation, TieOut } from '#features/reconciliation/reconcile.ts'

/** What proves a reconciliation, as tables beside its own. */
const textColumn = (fr: string, en: string): Column => ({
  key: 'label',
  label: { fr, en },
  type: 'text',
  brief: true,
})
const amountColumn = (key: string, fr: string, en: string): Column => ({
  key,
  label: { fr, en },
  type: 'amount',
  brief: true,
})

/** Whatever is shown twice is taken out once, and what is left is the total. */
export function proofTable({ proof }: Pick<Reconciliation, 'proof'>): Table {
  const row = (label: Bilingual, { rows, repeats, total }: ProofLine) => ({
    role: 'data' as const,
    cells: [text(label), amount(rows), amount(repeats), amount(total)],
  })
  return table({
    name: 'proof',
    title: { fr: 'Preuve du total', en: 'Proof of the total' },
    columns: [
      textColumn('Colonne', 'Column'),
      amountColumn('rows', 'Toutes les lignes', 'All rows'),
      amountColumn('repeats', '− Lignes répétées', '− Repeated rows'),
      amountColumn('total', '= Total', '= Total'),
    ],
    rows: [
      row({ fr: 'Prévu', en: 'Planned' }, proof.planned),
      row({ fr: 'Dépensé', en: 'Spent' }, proof.spent),
    ],
  })
}

/** The plan as it was announced, against its own table. */
export function tieOutProof({ announced, table: tabled, unexplained }: TieOut): Table {
  return table({
    name: 'announced',
    title: { fr: 'Du plan annoncé au tableau', en: 'From the announced plan to its table' },
    columns: [textColumn('Montant', 'Figure'), amountColumn('amount', 'Dollars', 'Dollars')],
    rows: [
      line({ fr: 'Plan annoncé', en: 'Plan as announced' }, announced),
      line({ fr: '− Total du tableau', en: '− Total of its table' }, tabled),
      { ...line({ fr: '= Inexpliqué', en: '= Unexplained' }, unexplained), role: 'total' },
    ],
  })
}

/** Planned federal money as it is read low, high, and as it was asked. */
export function readingsTable({ low, high, chosen }: FederalPlanned): Table {
  return table({
    name: 'readings',
    title: { fr: 'Prévu fédéral selon la lecture', en: 'Federal planned by reading' },
    columns: [textColumn('Lecture', 'Reading'), amountColumn('planned', 'Prévu', 'Planned')],
    rows: [
      line({ fr: 'Lecture basse', en: 'Low reading' }, low),
      line({ fr: 'Lecture haute', en: 'High reading' }, high),
      line({ fr: 'Lecture choisie', en: 'Chosen reading' }, chosen),
    ],
  })
}

const line = (label: Bilingual, value: Money) => ({
  role: 'data' as const,
  cells: [text(label), amount(value)],
})
