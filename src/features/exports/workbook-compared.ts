import { equals, isZero, Money, subtract, sum } from '#core/money.ts'
import type { Column } from '#core/table.ts'
import type { ComparedRow, Comparison, FederalSide, Side } from '#features/comparison/compare.ts'
import type { ComparedMoney } from '#features/comparison/money.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'
import { type AssumptionRow, isCounted, type Reading } from './workbook-readings.ts'

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
      plannedOnward: rest(({ ca }) => ca.plannedOnward),
      spentOnward: Money.zero,
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
  runRate: null,
  basis: [],
  scope: { spent: 0, planned: 0 },
  precision: null,
  caveats: [],
})

export const rangeOf = ({ plannedLow, plannedHigh }: FederalSide): Money | null =>
  plannedLow === null || plannedHigh === null ? null : subtract(plannedHigh, plannedLow)

export interface Cumulated {
  readonly key: string
  readonly amount: Money
}

/** The cumulated figures of the record; one that is missing has no control total. */
export function cumulatedTotals({ qc, ca }: ComparedRow): readonly Cumulated[] {
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

export function assumptionRows(
  { assumptions }: Comparison,
  facts: Facts,
): readonly AssumptionRow[] {
  const relations = new Map(
    facts.relations.map((relation) => [
      `${relation.from}:${relation.kind}:${relation.to}`,
      relation,
    ]),
  )
  return assumptions.map((assumption) => {
    const envelope = facts.envelopes.find(({ code }) => assumption.code.startsWith(`${code}:`))
    const relation = relations.get(assumption.code)
    return { assumption, document: relation?.document ?? envelope?.source.document ?? null }
  })
}

/**
 * The summary's formulas add up the money and show the report's figures as their results. The two
 * are the same, or no workbook is written (see workbook-ties.ts).
 * @throws RangeError naming the first figure that the money does not add up to
 */
export function assertCompared(
  money: readonly ComparedMoney[],
  rows: readonly ComparedRow[],
  assumptions: readonly AssumptionRow[],
): void {
  for (const { key, qc, ca } of rows) {
    const ofRow = money.filter(({ fiscalYear }) => (fiscalYear ?? 'undistributed') === key)
    const [quebec, canada] = (['QC', 'CA'] as const).map((code) =>
      ofRow.filter(({ jurisdiction }) => jurisdiction === code),
    )
    const counted = (reading: Reading, lines = canada ?? []) =>
      lines.filter((line) => isCounted(line, assumptions, reading))
    const figures: readonly (readonly [string, Money | null, readonly (Money | null)[]])[] = [
      ['qc.planned', qc.planned, (quebec ?? []).map(({ planned }) => planned)],
      ['qc.spent', qc.spent, (quebec ?? []).map(({ spent }) => spent)],
      ['ca.planned', ca.planned, counted('chosen').map(({ planned }) => planned)],
      ['ca.plannedLow', ca.plannedLow, counted('low').map(({ planned }) => planned)],
      ['ca.plannedHigh', ca.plannedHigh, counted('high').map(({ planned }) => planned)],
      ['ca.spent', ca.spent, (canada ?? []).map(({ spent }) => spent)],
    ]
    for (const [name, figure, parts] of figures) {
      const found = sum(parts.map((part) => part ?? Money.zero))
      if (!equals(figure ?? Money.zero, found)) {
        throw new RangeError(`${key}: ${name} is ${figure}, its lines add up to ${found}`)
      }
    }
  }
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
  [
    'runRate',
    [
      'Argent récurrent de l’exercice, dans le scénario choisi; un intervalle n’a pas de rythme.',
      'Recurring money of the year, in the chosen scenario; a range of years has no rate.',
    ],
  ],
  [
    'basis',
    [
      'Ce dont le prévu est fait : total sur une durée, montant par exercice, révisions.',
      'What planned is made of: a total over a term, an amount a year, revisions.',
    ],
  ],
  [
    'scope',
    [
      'Enveloppes où une dépense est inscrite / enveloppes où de l’argent est prévu.',
      'Envelopes with spending / envelopes with planned money.',
    ],
  ],
  [
    'precision',
    [
      'Unité du montant prévu le moins précis : un écart plus petit n’est pas un constat.',
      'Unit of the coarsest planned amount: a smaller difference is no finding.',
    ],
  ],
  [
    'caveats',
    [
      'Pourquoi la cellule ne se compare pas telle quelle; vide : elle se compare.',
      'Why the cell does not compare as it stands; blank: it does.',
    ],
  ],
  [
    'plannedOnward',
    [
      'Du prévu : ce qui est versé à une province ou à un organisme de bienfaisance.',
      'Of planned: what is paid on to a province or a charity.',
    ],
  ],
  [
    'spentOnward',
    [
      'Du dépensé : ce qui est versé à une province ou à un organisme de bienfaisance.',
      'Of spent: what is paid on to a province or a charity.',
    ],
  ],
  ['flags', ['Ce qu’il faut savoir de la cellule.', 'What one must know of the cell.']],
])

const rangeColumn = described(
  'ca.range',
  ['Canada : fourchette (haute − basse)', 'Canada: range (high − low)'],
  ['Lecture haute − lecture basse.', 'High reading − low reading.'],
)

/** What a cell of the comparison is made of, and why it may not compare: words, not figures. */
const comparability = ['flags', 'basis', 'scope', 'precision', 'caveats']
const figureOf = (key: string): string => key.replace(/^\w+\./, '')

/** The report's figures, and the width of the federal range after its two ends. */
export const comparedColumns = (columns: readonly Column[]): readonly DescribedColumn[] =>
  columns
    .filter(({ key }) => !comparability.includes(figureOf(key)))
    .flatMap((column) =>
      column.key === 'ca.plannedHigh' ? [describedOf(column), rangeColumn] : [describedOf(column)],
    )

export const comparabilityColumns = (columns: readonly Column[]): readonly DescribedColumn[] =>
  columns
    .filter(({ key }) => key === 'key' || comparability.includes(figureOf(key)))
    .map((column) => ({ ...describedOf(column), ...(column.key === 'key' ? {} : { width: 26 }) }))

/** @throws RangeError for a column that the dictionary would not explain: a bug of ours. */
function describedOf({ key, label }: Column): DescribedColumn {
  const [fr, en] = meanings.get(figureOf(key)) ?? []
  if (fr === undefined || en === undefined) {
    throw new RangeError(`the dictionary does not describe the column ${key}`)
  }
  return { key, label, meaning: { fr, en } }
}
