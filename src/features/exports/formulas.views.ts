import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { absolute, rangeAddress, textLiteral } from '#platform/tables/sheet-layout.ts'
import type { FormulaCell, SheetCell } from '#platform/tables/workbook.ts'

/**
 * The few shapes of formula in our workbooks. Amounts in a sheet are doubles, so every sum is
 * rounded to the cent once, where it is made: up to 9 999 999 999 999.99 that gives back the exact
 * amount. A figure is never typed into a formula; what may stand in one beside addresses is listed
 * here, and a test reads every formula of every workbook against the list.
 */
export const verdictWords = {
  agrees: { fr: 'conforme', en: 'agrees' },
  differs: { fr: 'écart', en: 'differs' },
} as const satisfies Readonly<Record<string, Bilingual>>

/** Of a comparison whose assumptions may be read otherwise on the sheet. */
export const readingWords = {
  recorded: { fr: 'comme au registre', en: 'as in the record' },
  changed: { fr: 'changées', en: 'changed' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const allowedConstants = {
  /** 0: nothing, and an exact match. 2: cents. 100: percent. */
  numbers: ['0', '2', '100'],
  /** Criteria on columns that say yes or no. */
  booleans: ['TRUE', 'FALSE'],
  /** Nothing to show, the two verdicts of a check, and whether readings were changed. */
  texts: [
    '""',
    ...Object.values({ ...verdictWords, ...readingWords }).flatMap(({ fr, en }) => [
      textLiteral(fr),
      textLiteral(en),
    ]),
  ],
} as const

export const rounded = (expression: string): string => `ROUND(${expression},2)`
export const sumOf = (range: string): string => `SUM(${range})`

/**
 * Of neighbours on a row. A range, since text in it counts nothing: signs for "missing" are text.
 */
export const sumAcross = (first: string, last: string): string => sumOf(rangeAddress(first, last))

/** Of the cells of `range` whose neighbours meet every criterion: pairs of a range and a value. */
export const sumWhere = (range: string, ...criteria: readonly string[]): string =>
  `SUMIFS(${[range, ...criteria].join(',')})`

/** What stands in `range` on the row where `keys` has `key`. */
export const lookUp = (range: string, key: string, keys: string): string =>
  `INDEX(${range},MATCH(${key},${keys},0))`

/** `part` in percent of `whole`, blank when the whole is zero or is a sign for "missing". */
export const percentFormula = (part: string, whole: string): string =>
  `IF(N(${whole})=0,"",${rounded(`N(${part})/${whole}*100`)})`

export const amountFormula = (formula: string, amount: Money): FormulaCell => ({
  formula,
  result: { amount },
})

export const countFormula = (formula: string, count: number): FormulaCell => ({
  formula,
  result: { count },
})

export const percentCell = (formula: string, percent: string | null): FormulaCell => ({
  formula,
  result: percent === null ? { text: '' } : { percent },
  as: 'percent',
})

/** A figure looked up where it stands; one that is missing there gives its sign, not zero. */
export const lookedUp = (formula: string, amount: Money | null, sign: string): FormulaCell => ({
  formula,
  result: amount === null ? { text: sign } : { amount },
  as: 'amount',
})

/**
 * A formula where the report has a figure. Where it has none the cell keeps the sign that says why:
 * a formula would give 0, which is another thing than nothing planned.
 */
export function computed(cell: SheetCell, formula: string): SheetCell {
  return 'amount' in cell || 'percent' in cell ? { formula, result: cell } : cell
}

/** C7 as $C$7, so that a formula copied down still names it. */
export const fixed = absolute
