import { add, type Money, subtract, sum } from '#core/money.ts'
import type { ClosedYears } from '#features/reports/year-end-report.table.ts'
import type { ClosedCell } from '#features/year-end/closed-cells.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import type { Meanings } from './workbook-summary.ts'

/**
 * What closing years did, envelope by envelope, as sums of what the journal says of it cell by cell:
 * the balances just before, and the entries of the closing alone.
 */
export interface YearEndSources extends WorkbookSources {
  readonly closed: ClosedYears
  readonly cells: readonly ClosedCell[]
}

export type YearEndRole = 'yearEnd' | 'cells'

export const figures = [
  'plannedBefore',
  'toppedUp',
  'commitmentsCarried',
  'carried',
  'lapsed',
  'availableLeft',
] as const
export type Figure = (typeof figures)[number]

export const totalOf = (cells: readonly ClosedCell[], figure: Figure): Money =>
  sum(cells.map((cell) => amountOf(cell, figure)))

export const amountOf = (cell: ClosedCell, figure: Figure): Money =>
  figure === 'availableLeft'
    ? subtract(subtract(add(cell.availableBefore, cell.toppedUp), cell.carried), cell.lapsed)
    : cell[figure]

export const labelOf = ({ report }: YearEndSources, key: string) =>
  report.table.columns.find((column) => column.key === key)?.label ?? { fr: key, en: key }

export const figureMeanings: Meanings = new Map([
  ['key', ['Code de l’enveloppe.', 'Code of the envelope.']],
  ['programme', ['Code du programme.', 'Code of the programme.']],
  ['fiscalYear', ['Exercice qui a été fermé.', 'Fiscal year that was closed.']],
  ['policyLabel', ['La politique en mots.', 'The policy in words.']],
  ['policy', ['Ce qui devait advenir du disponible.', 'What was to become of what is available.']],
  ['percent', ['Part du prévu qui peut être reportée.', 'Part of planned that may be carried.']],
  ['default', ['Vrai si personne n’a choisi la politique.', 'True if nobody chose the policy.']],
  [
    'lastYear',
    ['Vrai si l’argent finit avec cet exercice.', 'True if the money ends with this fiscal year.'],
  ],
  [
    'plannedBefore',
    ['Prévu de l’exercice avant sa fermeture.', 'Planned of the year before closing.'],
  ],
  ['toppedUp', ['Pris dans ce qui n’était pas réparti.', 'Taken from what was not distributed.']],
  ['commitmentsCarried', ['Engagements ouverts, reportés.', 'Open commitments, carried.']],
  ['carried', ['Disponible reporté.', 'Available money that was carried.']],
  ['lapsed', ['Disponible rendu.', 'Available money that was returned.']],
  [
    'availableLeft',
    ['Zéro, ou ce qu’aucun argent n’a couvert.', 'Zero, or what no money covered.'],
  ],
])
