import type { Bilingual } from '#core/language.ts'
import { abs, add, compare, isZero, Money, max } from '#core/money.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import { addColumns, emptyColumns, plannedOf } from '#features/reconciliation/columns.ts'
import type { Portion } from '#features/reconciliation/portion.ts'

/**
 * What a cell of the comparison is made of, and why it may not be held against the other
 * government's as it stands. basis: what kind of money was planned. scope: envelopes with something
 * spent, of those with something planned. precision: the unit of the coarsest planned figure; a
 * difference below it is no finding. No caveat: sourced, whole and comparable.
 * Example: Quebec 2021-2022 … 2025-2026 is of terms, 4 of 25, to the dollar.
 */
export const basisWords = {
  term: { fr: 'total sur une durée', en: 'total over a term' },
  recurring: { fr: 'montant par exercice', en: 'amount a year' },
  revised: { fr: 'révisé', en: 'revised' },
} as const satisfies Readonly<Record<string, Bilingual>>
export type Basis = keyof typeof basisWords
export const bases = ['term', 'recurring', 'revised'] as const satisfies readonly Basis[]

export const caveatWords = {
  absent: { fr: 'rien de prévu', en: 'nothing planned' },
  'nothing-recorded': { fr: 'rien d’inscrit', en: 'nothing recorded' },
  derived: { fr: 'prévu calculé en parts égales', en: 'planned in equal parts' },
  'not-additive': { fr: 'prévu selon la lecture', en: 'planned depends on the reading' },
  'partial-scope': { fr: 'dépenses d’une partie', en: 'spending of some envelopes only' },
  'grant-awarded': { fr: 'octrois publiés, non des pièces', en: 'published grants, no documents' },
  'upper-bound': { fr: 'dépense maximale', en: 'spending is a maximum' },
  'within-precision': {
    fr: 'écart sous la précision énoncée',
    en: 'variance below the stated precision',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
export type Caveat = keyof typeof caveatWords

export interface Comparability {
  readonly basis: readonly Basis[]
  readonly scope: { readonly spent: number; readonly planned: number }
  readonly precision: Money | null
  readonly caveats: readonly Caveat[]
}

/** The figures of a cell that its caveats follow from. */
export interface CellFigures {
  readonly planned: Money | null
  readonly spent: Money
  readonly variance: Money | null
  readonly isDerived: boolean
  readonly flags: readonly string[]
  /** Whether planned is another figure in the low reading than in the high one. */
  readonly isRange: boolean
}

/** @param portions all money of the cell, whatever the reading */
export function comparabilityOf(
  portions: readonly Portion[],
  envelopes: readonly Envelope[],
  cell: CellFigures,
): Comparability {
  const planned = portions.filter(({ columns }) => plannedOf(columns) !== null)
  const made = {
    basis: basisOf(planned),
    scope: { spent: spendingEnvelopes(portions), planned: distinct(planned) },
    precision: coarsest(planned, envelopes),
  }
  return { ...made, caveats: caveatsOf(cell, made) }
}

function caveatsOf(
  { planned, spent, variance, isDerived, flags, isRange }: CellFigures,
  { scope, precision }: Omit<Comparability, 'caveats'>,
): readonly Caveat[] {
  const isClose = variance !== null && precision !== null && compare(abs(variance), precision) < 0
  const found: readonly (readonly [Caveat, boolean])[] = [
    ['absent', planned === null],
    ['nothing-recorded', isZero(spent)],
    ['derived', isDerived],
    ['not-additive', isRange],
    ['partial-scope', scope.spent > 0 && scope.spent < scope.planned],
    ['grant-awarded', flags.includes('grant-awarded')],
    ['upper-bound', flags.includes('upper-bound')],
    ['within-precision', isClose],
  ]
  return found.flatMap(([caveat, holds]) => (holds ? [caveat] : []))
}

/** Fixed totals have no year of their own; dated appropriations are recurring money. */
export const kindOf = ({ isDerived, fiscalYear }: Portion): 'term' | 'recurring' =>
  isDerived || fiscalYear === null ? 'term' : 'recurring'

function basisOf(planned: readonly Portion[]): readonly Basis[] {
  const granted = planned.filter(({ columns }) => columns.initial !== null).map(kindOf)
  const isRevised = planned.some(
    ({ columns: { revisions, transfers } }) =>
      !isZero(revisions ?? Money.zero) || !isZero(transfers ?? Money.zero),
  )
  const found: readonly Basis[] = [...granted, ...(isRevised ? (['revised'] as const) : [])]
  return bases.filter((basis) => found.includes(basis))
}

const distinct = (portions: readonly Portion[]): number =>
  new Set(portions.flatMap(({ envelope }) => envelope ?? [])).size

function spendingEnvelopes(portions: readonly Portion[]): number {
  const spent = new Map<string, Money>()
  for (const { envelope, columns } of portions) {
    if (envelope !== null) {
      spent.set(envelope, add(spent.get(envelope) ?? Money.zero, columns.spent))
    }
  }
  return [...spent.values()].filter((amount) => !isZero(amount)).length
}

function coarsest(planned: readonly Portion[], envelopes: readonly Envelope[]): Money | null {
  const units = planned.flatMap((portion) => {
    const terms = envelopes.find(({ code }) => code === portion.envelope)?.terms ?? []
    const ofKind = terms.filter(({ kind }) => kind === kindOf(portion))
    // Money that was distributed to a year came from a term all the same.
    return (ofKind.length === 0 ? terms : ofKind).map(({ precision }) => precision)
  })
  return units.length === 0 ? null : units.reduce(max)
}

/** What the recurring money of a year comes to; a range of years has no rate of its own. */
export const runRateOf = (portions: readonly Portion[]): Money | null =>
  portions
    .filter((portion) => kindOf(portion) === 'recurring')
    .reduce((sum, { columns }) => addColumns(sum, columns), emptyColumns).initial
