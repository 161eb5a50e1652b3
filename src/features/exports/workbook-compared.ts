import { isZero, Money, subtract, sum } from '#core/money.ts'
import type { Column } from '#core/table.ts'
import type { ComparedRow, Comparison, FederalSide, Side } from '#features/comparison/compare.ts'
import { readsAsNotAdditive } from '#features/comparison/scenario.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'

/**
 * The rows of a comparison as a sheet adds them up: the fiscal years, then what belongs to no year.
 * Without that last row the years would not add up to the cumulated figures: the Quebec plan, not
 * spread, is 147 106 925.00 undistributed and nothing in any year.
 */
export function comparedRows({ rows }: Comparison): readonly ComparedRow[] {
  const years = rows.filter(({ key }) => key !== 'cumulated')
  const rest = undistributedRow(cumulatedRow(rows), years)
  const planned = [rest.qc.planned, rest.ca.planned, rest.ca.plannedLow, rest.ca.plannedHigh]
  return planned.some((amount) => amount !== null) ? [...years, rest] : years
}

/** @throws RangeError for a comparison without its last row: a bug of ours. */
export function cumulatedRow(rows: readonly ComparedRow[]): ComparedRow {
  const found = rows.find(({ key }) => key === 'cumulated')
  if (found === undefined) {
    throw new RangeError('a comparison has a cumulated row')
  }
  return found
}

function undistributedRow(whole: ComparedRow, years: readonly ComparedRow[]): ComparedRow {
  const rest = (figure: (row: ComparedRow) => Money | null): Money | null => {
    const total = figure(whole)
    const left =
      total === null ? null : subtract(total, sum(years.map((row) => figure(row) ?? Money.zero)))
    return left === null || isZero(left) ? null : left
  }
  const planned = { qc: rest(({ qc }) => qc.planned), ca: rest(({ ca }) => ca.planned) }
  return {
    key: 'undistributed',
    qc: unspent(planned.qc),
    ca: {
      ...unspent(planned.ca),
      plannedLow: rest(({ ca }) => ca.plannedLow),
      plannedHigh: rest(({ ca }) => ca.plannedHigh),
    },
  }
}

/** Spending always has a year. */
const unspent = (planned: Money | null): Side => ({
  planned,
  spent: Money.zero,
  variance: planned,
  percentSpent: null,
  isDerived: false,
  flags: [],
})

export const rangeOf = ({ plannedLow, plannedHigh }: FederalSide): Money | null =>
  plannedLow === null || plannedHigh === null ? null : subtract(plannedHigh, plannedLow)

/** An assumption with how each reading takes it: true where its money is not added. */
export interface AssumptionRow {
  readonly assumption: Comparison['assumptions'][number]
  readonly document: string | null
  readonly isHeldInLow: boolean
  readonly isHeldInChosen: boolean
}

/** Only a relation that the sources do not state is read one way or the other. */
export function assumptionRows(comparison: Comparison, facts: Facts): readonly AssumptionRow[] {
  const { assumptions, question } = comparison
  const relations = new Map(
    facts.relations.map((relation) => [
      `${relation.from}:${relation.kind}:${relation.to}`,
      relation,
    ]),
  )
  return assumptions.map((assumption) => {
    const relation = relations.get(assumption.code)
    const envelope = facts.envelopes.find(({ code }) => assumption.code.startsWith(`${code}:`))
    const isOpen = relation?.kind === 'unknown'
    return {
      assumption,
      document: relation?.document ?? envelope?.source.document ?? null,
      isHeldInLow: isOpen && readsAsNotAdditive('low', relation),
      isHeldInChosen: isOpen && readsAsNotAdditive(question.scenario, relation),
    }
  })
}

type Said = readonly [fr: string, en: string]

const meanings: ReadonlyMap<string, Said> = new Map([
  ['key', ['Exercice, du 1er avril au 31 mars.', 'Fiscal year, April 1 to March 31.']],
  [
    'planned',
    [
      'Prévu; au fédéral, selon le scénario choisi.',
      'Planned; on the federal side, in the chosen scenario.',
    ],
  ],
  [
    'plannedLow',
    [
      'Prévu si aucune relation non énoncée ne s’additionne.',
      'Planned if no relation that is not stated is additive.',
    ],
  ],
  [
    'plannedHigh',
    [
      'Prévu si toutes les relations non énoncées s’additionnent.',
      'Planned if every relation that is not stated is additive.',
    ],
  ],
  ['range', ['Lecture haute − lecture basse.', 'High reading − low reading.']],
  ['spent', ['Dépensé, le même dans tous les scénarios.', 'Spent, the same in every scenario.']],
  ['variance', ['Écart = prévu − dépensé.', 'Variance = planned − spent.']],
  ['percentSpent', ['Dépensé ÷ prévu × 100.', 'Spent ÷ planned × 100.']],
  ['derived', ['Vrai si le prévu est une part égale.', 'True if planned is an equal part.']],
  ['flags', ['Ce qu’il faut savoir de la cellule.', 'What one must know of the cell.']],
])

const rangeColumn = described(
  'ca.range',
  ['Canada : fourchette (haute − basse)', 'Canada: range (high − low)'],
  ['Lecture haute − lecture basse.', 'High reading − low reading.'],
)

/** The report's columns, and the width of the federal range after its two ends. */
export const comparedColumns = (columns: readonly Column[]): readonly DescribedColumn[] =>
  columns.flatMap(({ key, label }) => {
    const [fr, en] = meanings.get(key.replace(/^\w+\./, '')) ?? []
    if (fr === undefined || en === undefined) {
      throw new RangeError(`the dictionary does not describe the column ${key}`)
    }
    const column = { key, label, meaning: { fr, en } }
    return key === 'ca.plannedHigh' ? [column, rangeColumn] : [column]
  })
