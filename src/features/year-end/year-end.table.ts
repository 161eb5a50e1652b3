import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import {
  amount,
  boolean,
  type Column,
  type ColumnType,
  missing,
  percent,
  type Table,
  type TableRow,
  table,
  text,
} from '#core/table.ts'
import { proposalStateNames } from '#features/funding/proposal.ts'
import type { Figures } from './closing.ts'
import type { PolicyKind } from './policy.ts'
import { totalsOf, type YearEnd } from './year-end.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

export const policyNames: Readonly<Record<PolicyKind, Bilingual>> = {
  'carry-all': { fr: 'tout reporter', en: 'carry all' },
  'carry-percent': { fr: 'reporter jusqu’à un pourcentage', en: 'carry up to a percentage' },
  lapse: { fr: 'périmer', en: 'lapse' },
}

const figureColumns: readonly Column[] = [
  column('key', 'Enveloppe', 'Envelope'),
  { ...column('programme', 'Programme', 'Programme'), brief: false },
  column('fiscalYear', 'Exercice', 'Fiscal year'),
  { ...column('policy', 'Code de la politique', 'Code of the policy'), brief: false },
  column('policyLabel', 'Politique', 'Policy'),
  column('percent', 'Pourcentage', 'Percentage', 'percent'),
  { ...column('default', 'Par défaut', 'By default', 'boolean'), brief: false },
  column('lastYear', 'Dernier exercice', 'Last year', 'boolean'),
  column('plannedBefore', 'Prévu avant', 'Planned before', 'amount'),
  column('toppedUp', 'Complété', 'Topped up', 'amount'),
  column('commitmentsCarried', 'Engagements reportés', 'Commitments carried', 'amount'),
  column('carried', 'Reporté', 'Carried', 'amount'),
  column('lapsed', 'Périmé', 'Lapsed', 'amount'),
  column('availableLeft', 'Disponible restant', 'Available left', 'amount'),
]

/** What closing a year does, or did, to one envelope. */
export interface ClosedRow {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly figures: Figures
}

/** Rows in the order given, and their sum: what is not planned counts zero there. */
export const closedFiguresTable = (rows: readonly ClosedRow[], title: Bilingual): Table =>
  table({
    name: 'year-end',
    title,
    columns: figureColumns,
    rows: [...rows.map(figureRow), totalRow(rows.map(({ figures }) => figures))],
  })

const figureRow = ({ programme, fiscalYear, figures }: ClosedRow): TableRow => ({
  role: 'data',
  cells: [
    text(figures.envelope),
    text(programme),
    text(fiscalYear),
    text(figures.policy),
    text(policyNames[figures.policy]),
    percent(figures.percent, 'not-applicable'),
    boolean(figures.isDefault),
    boolean(figures.isLastYear),
    amount(figures.plannedBefore),
    amount(figures.toppedUp),
    amount(figures.commitmentsCarried),
    amount(figures.carried),
    amount(figures.lapsed),
    amount(figures.availableLeft),
  ],
})

function totalRow(figures: readonly Figures[]): TableRow {
  const totals = totalsOf(figures)
  return {
    role: 'total',
    cells: [
      text('total'),
      ...Array.from({ length: 7 }, () => missing('not-applicable')),
      amount(totals.plannedBefore),
      amount(totals.toppedUp),
      amount(totals.commitmentsCarried),
      amount(totals.carried),
      amount(totals.lapsed),
      amount(totals.availableLeft),
    ],
  }
}

export const yearEndFormulas = {
  percent: 'of (plannedBefore + toppedUp), cents rounded down',
  availableLeft: 'available + toppedUp - carried - lapsed',
}

const listColumns: readonly Column[] = [
  column('id', 'Identifiant', 'Id'),
  column('programme', 'Programme', 'Programme'),
  column('fiscalYear', 'Exercice', 'Fiscal year'),
  column('state', 'État', 'State'),
  column('preparedBy', 'Préparée par', 'Prepared by'),
  column('approvedBy', 'Approuvée par', 'Approved by'),
]

export const yearEndsTable = (yearEnds: readonly YearEnd[]): Table =>
  table({
    name: 'year-ends',
    title: { fr: 'Fermetures d’exercice', en: 'Year-ends' },
    columns: listColumns,
    rows: yearEnds.map(({ id, programme, fiscalYear, state, preparedBy, approvedBy }) => ({
      role: 'data',
      cells: [
        text(id),
        text(programme),
        text(fiscalYear),
        text(proposalStateNames[state]),
        text(preparedBy),
        approvedBy === null ? missing('absent') : text(approvedBy),
      ],
    })),
  })
