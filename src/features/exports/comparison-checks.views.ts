import { type Money, subtract, sum } from '#core/money.ts'
import type { FormulaCell } from '#platform/tables/workbook.ts'
import type { Check } from './checks.views.ts'
import {
  type ComparisonDraft,
  type ComparisonPlaces,
  countedSheets,
  rowCounts,
} from './comparison-draft.views.ts'
import { amountFormula, countFormula, rounded, sumWhere } from './formulas.views.ts'
import { type AssumptionRow, rangeOf } from './workbook-compared.ts'
import { sheetNames } from './workbook-words.ts'

/**
 * The identities of a comparison: the years add up to what the report cumulates, and the width of
 * the federal range is exactly the money of the relations that are read two ways.
 */
type ComparisonCheck = Check<ComparisonPlaces>

export const comparisonChecks = (draft: ComparisonDraft): readonly ComparisonCheck[] => [
  ...cumulatedChecks(draft),
  ...readingChecks(draft),
  ...countChecks(draft),
]

export interface Cumulated {
  readonly key: string
  readonly amount: Money
}

/** The cumulated figures of the record; one that is missing has no control total. */
export function cumulatedTotals({ cumulated }: ComparisonDraft): readonly Cumulated[] {
  const { qc, ca } = cumulated
  const figures: readonly (readonly [string, Money | null])[] = [
    ['qc.planned', qc.planned],
    ['qc.spent', qc.spent],
    ['qc.variance', qc.variance],
    ['ca.planned', ca.planned],
    ['ca.plannedLow', ca.plannedLow],
    ['ca.plannedHigh', ca.plannedHigh],
    ['ca.spent', ca.spent],
    ['ca.variance', ca.variance],
  ]
  return figures.flatMap(([key, amount]) => (amount === null ? [] : [{ key, amount }]))
}

const cumulatedChecks = (draft: ComparisonDraft): readonly ComparisonCheck[] =>
  cumulatedTotals(draft).map(({ key, amount }) => {
    const column = draft.sources.report.table.columns.find((candidate) => candidate.key === key)
    const { fr, en } = column?.label ?? { fr: key, en: key }
    return {
      what: {
        fr: `${fr.replace(' : ', ', ')} : somme des lignes = cumulé du registre`,
        en: `${en.replace(': ', ', ')}: sum of the rows = cumulated in the record`,
      },
      left: ({ summary }) => amountFormula(summary.total(key), amount),
      right: ({ onCover }) => amountFormula(onCover(`control.${key}`), amount),
    }
  })

function readingChecks(draft: ComparisonDraft): readonly ComparisonCheck[] {
  const { ca } = draft.cumulated
  const range = rangeOf(ca)
  const { planned, plannedHigh } = ca
  return [
    ...(range === null
      ? []
      : [
          {
            what: {
              fr: 'Lecture haute − lecture basse = effets des relations qu’elle retranche',
              en: 'High reading − low reading = effects of the relations it takes out',
            },
            left: ({ summary }: ComparisonPlaces) =>
              amountFormula(summary.total('ca.range'), range),
            right: effectsWhere(draft, 'heldInLow', ({ isHeldInLow }) => isHeldInLow),
          },
        ]),
    ...(planned === null || plannedHigh === null
      ? []
      : [
          {
            what: {
              fr: 'Lecture haute − scénario choisi = effets des relations qu’il retranche',
              en: 'High reading − chosen scenario = effects of the relations it takes out',
            },
            left: ({ summary }: ComparisonPlaces) =>
              amountFormula(
                rounded(`${summary.total('ca.plannedHigh')}-${summary.total('ca.planned')}`),
                subtract(plannedHigh, planned),
              ),
            right: effectsWhere(draft, 'heldInChosen', ({ isHeldInChosen }) => isHeldInChosen),
          },
        ]),
  ]
}

const effectsWhere =
  (draft: ComparisonDraft, key: string, isHeld: (row: AssumptionRow) => boolean) =>
  ({ assumptions }: ComparisonPlaces): FormulaCell =>
    amountFormula(
      rounded(sumWhere(assumptions.range('effect'), assumptions.range(key), 'TRUE')),
      sum(draft.assumptions.filter(isHeld).map(({ assumption }) => assumption.effect)),
    )

function countChecks(draft: ComparisonDraft): readonly ComparisonCheck[] {
  const counts = rowCounts(draft)
  return countedSheets.map((role) => ({
    what: {
      fr: `${sheetNames[role].fr} : lignes de la feuille = lignes inscrites`,
      en: `${sheetNames[role].en}: rows of the sheet = rows recorded`,
    },
    left: (places) =>
      countFormula(
        `COUNTA(${places[role].range(places[role].columns[0]?.key ?? '')})`,
        counts[role],
      ),
    right: (places) => countFormula(places.onCover(`count.${role}`), counts[role]),
  }))
}
