import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import type { DetailRow } from './detail.ts'

/**
 * Everything that a reader must look at twice, one flag a line, so that filtering on a flag gives
 * the whole list of it: flags of the summary's rows (spending without a plan, a plan without
 * spending), flags of the spending behind them (outside the term, possible duplicates), and the
 * planned money that the range leaves out. Nothing is dropped: what is on no other sheet is here.
 */
export type Exception =
  | {
      readonly of: 'summary'
      /** From 0, on the sheet it speaks of. */
      readonly row: number
      readonly key: string
      readonly label: Bilingual
      readonly flag: string
    }
  | {
      readonly of: 'expenditures'
      readonly row: number
      readonly key: string
      readonly flag: string
    }
  | { readonly of: 'left-out'; readonly key: string; readonly flag: string; readonly amount: Money }

export const exceptionsOf = (
  { findings, leftOut }: Reconciliation,
  details: readonly DetailRow[],
): readonly Exception[] => [
  ...findings.flatMap(({ head, flags }, row) =>
    flags.map((flag) => ({ of: 'summary' as const, row, key: head.key, label: head.label, flag })),
  ),
  ...[...leftOut]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, amount]) => ({ of: 'left-out' as const, key, flag: 'not-distributed', amount })),
  ...details.flatMap((detail, row) =>
    detail.flags.map((flag) => ({ of: 'expenditures' as const, row, key: keyOf(detail), flag })),
  ),
]

/** A document by its number; a cell of the journal by where it stands. */
const keyOf = ({ document, envelope, measure, fiscalYear }: DetailRow): string =>
  document?.number ?? [measure, envelope, fiscalYear].filter((part) => part !== null).join(' ')
