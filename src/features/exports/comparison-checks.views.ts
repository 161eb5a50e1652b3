import type { Bilingual } from '#core/language.ts'
import { type Money, subtract } from '#core/money.ts'
import type { FormulaCell } from '#platform/tables/workbook.ts'
import type { Check } from './checks.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { amountFormula, rounded, sumWhere } from './formulas.views.ts'
import { type Cumulated, cumulatedTotals, rangeOf } from './workbook-compared.ts'

/**
 * The identities of a comparison: the years add up to what the report cumulates, the money adds up
 * to the years, and the width of the federal range is exactly the money that the low reading leaves
 * out. Of the readings on the sheet: whoever changes them sees by how much they leave the record.
 */
type ComparisonCheck = Check<ComparisonPlaces>

export const comparisonChecks = (draft: ComparisonDraft): readonly ComparisonCheck[] => {
  const totals = cumulatedTotals(draft.cumulated)
  return [
    ...totals.map((total) => controlCheck(draft, total)),
    ...totals.flatMap((total) => moneyCheck(draft, total)),
    ...rangeChecks(draft),
  ]
}

function labelOf({ sources }: ComparisonDraft, key: string): Bilingual {
  const { fr, en } = sources.report.table.columns.find((column) => column.key === key)?.label ?? {
    fr: key,
    en: key,
  }
  return { fr: fr.replace(' : ', ', '), en: en.replace(': ', ', ') }
}

const summaryTotal =
  ({ key, amount }: Cumulated) =>
  ({ summary }: ComparisonPlaces): FormulaCell =>
    amountFormula(summary.total(key), amount)

function controlCheck(draft: ComparisonDraft, total: Cumulated): ComparisonCheck {
  const { fr, en } = labelOf(draft, total.key)
  return {
    what: {
      fr: `${fr} : somme des lignes = cumulé du registre`,
      en: `${en}: sum of the rows = cumulated in the record`,
    },
    left: summaryTotal(total),
    right: ({ onCover }) => amountFormula(onCover(`control.${total.key}`), total.amount),
  }
}

/** Which column of the money each cumulated figure adds up, and which lines count in it. */
const added: Readonly<Record<string, readonly [column: 'planned' | 'spent', counted?: string]>> = {
  'qc.planned': ['planned'],
  'qc.spent': ['spent'],
  'ca.planned': ['planned', 'inChosen'],
  'ca.plannedLow': ['planned', 'inLow'],
  'ca.plannedHigh': ['planned', 'inHigh'],
  'ca.spent': ['spent'],
}

function moneyCheck(draft: ComparisonDraft, total: Cumulated): readonly ComparisonCheck[] {
  const [column, counted] = added[total.key] ?? []
  if (column === undefined) {
    return []
  }
  const { fr, en } = labelOf(draft, total.key)
  const government = total.key.startsWith('qc') ? 'government.qc' : 'government.ca'
  return [
    {
      what: {
        fr: `${fr} : montants qui comptent = somme des lignes`,
        en: `${en}: amounts that count = sum of the rows`,
      },
      left: ({ money, onCover }) =>
        amountFormula(
          rounded(
            sumWhere(
              money.range(column),
              money.range('jurisdiction'),
              onCover(government),
              ...(counted === undefined ? [] : [money.range(counted), 'TRUE']),
            ),
          ),
          total.amount,
        ),
      right: summaryTotal(total),
    },
  ]
}

function rangeChecks({ cumulated: { ca } }: ComparisonDraft): readonly ComparisonCheck[] {
  const range = rangeOf(ca)
  const { planned, plannedHigh } = ca
  const check = (what: Bilingual, key: string, left: Money): ComparisonCheck => ({
    what,
    left: ({ summary }) =>
      amountFormula(rounded(`${summary.total('ca.plannedHigh')}-${summary.total(key)}`), left),
    right: ({ money }) => {
      const counted = key === 'ca.planned' ? 'inChosen' : 'inLow'
      const only = (inHigh: 'TRUE' | 'FALSE', inOther: 'TRUE' | 'FALSE'): string =>
        sumWhere(
          money.range('planned'),
          money.range('inHigh'),
          inHigh,
          money.range(counted),
          inOther,
        )
      return amountFormula(rounded(`${only('TRUE', 'FALSE')}-${only('FALSE', 'TRUE')}`), left)
    },
  })
  return [
    ...(range === null
      ? []
      : [
          check(
            {
              fr: 'Lecture haute − lecture basse = argent que la basse écarte',
              en: 'High reading − low reading = money that the low one leaves out',
            },
            'ca.plannedLow',
            range,
          ),
        ]),
    ...(planned === null || plannedHigh === null
      ? []
      : [
          check(
            {
              fr: 'Lecture haute − lecture choisie = argent que la choisie écarte',
              en: 'High reading − chosen reading = money that the chosen one leaves out',
            },
            'ca.planned',
            subtract(plannedHigh, planned),
          ),
        ]),
  ]
}
