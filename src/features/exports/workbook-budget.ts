import type { Bilingual } from '#core/language.ts'
import { isZero } from '#core/money.ts'
import { covers, type Envelope, type FundingTerm, fixedTerm } from '#features/funding/envelope.ts'
import { absorptions, isAbsorbed } from '#features/funding/relation.ts'
import { type Columns, plannedOf } from '#features/reconciliation/columns.ts'
import { Keys } from '#features/reconciliation/dimension.ts'
import { type Facts, factsOf, type Question } from '#features/reconciliation/facts.ts'
import { firstYears } from '#features/reconciliation/first-years.ts'
import { type Portion, selectPortions } from '#features/reconciliation/portion.ts'
import { cellOrder, type PlacedCell, type RowKeys, rowKeysOf } from './workbook-cells.ts'

/**
 * The planned money that a question selects, a cell a line: with the spending beside it, everything
 * a reconciliation is computed from. Commitments and lapses stand in the same cells, so a cell with
 * one of them is here even where nothing was planned. With a straight-line spread the lines are
 * the derived parts.
 * Example: 22 400 000.00 of CA-2019 is 7 466 666.67, 7 466 666.67 and 7 466 666.66.
 */
export interface BudgetRow extends PlacedCell, RowKeys {
  readonly columns: Columns
  readonly isDerived: boolean
  readonly title: Bilingual | null
  /** As announced: the term that the cell's money comes from. */
  readonly term: FundingTerm | null
  /** False where the low reading takes this money to be inside another envelope. */
  readonly isInLowReading: boolean
}

export function budgetRowsOf(allFacts: Facts, question: Question): readonly BudgetRow[] {
  const facts = factsOf(allFacts, question.jurisdiction)
  const keys = new Keys(facts)
  const envelopes = new Map(facts.envelopes.map((envelope) => [envelope.code, envelope]))
  const absorbed = absorptions(facts.relations, firstYears(facts), () => true)
  const inOrder = cellOrder(facts)
  return selectPortions(facts, question)
    .portions.filter(({ columns }) => isBudget(columns))
    .toSorted((a, b) => inOrder(a, b) || amountOrder(a, b))
    .map((portion) => {
      const { envelope, measure, organization, fiscalYear, recordedIn, isDerived } = portion
      const found = envelopes.get(envelope ?? '')
      return {
        envelope,
        measure,
        organization,
        fiscalYear,
        recordedIn,
        ...rowKeysOf(keys, portion, question.by),
        columns: portion.columns,
        isDerived,
        title: found?.title ?? null,
        term: found === undefined ? null : termOf(found, portion),
        isInLowReading: envelope === null || !isAbsorbed(absorbed, envelope, fiscalYear),
      }
    })
}

const isBudget = (columns: Columns): boolean =>
  plannedOf(columns) !== null || !isZero(columns.committed) || !isZero(columns.lapsed)

/** Parts of two cells can fall on one month; the order must still be the same each time. */
function amountOrder(a: Portion, b: Portion): number {
  const textOf = ({ columns, isDerived }: Portion) => JSON.stringify([isDerived, columns])
  const [first, second] = [textOf(a), textOf(b)]
  return first === second ? 0 : first < second ? -1 : 1
}

/**
 * Undistributed money is that of the fixed total; a year's is the amount that recurs, if one does.
 */
function termOf(envelope: Envelope, { fiscalYear }: Portion): FundingTerm | null {
  const fixed = fixedTerm(envelope)
  if (fiscalYear === null) {
    return fixed ?? null
  }
  const inYear = envelope.terms.filter((term) => covers({ terms: [term] }, fiscalYear))
  return inYear.find(({ kind }) => kind === 'recurring') ?? inYear[0] ?? null
}
