import type { Bilingual } from '#core/language.ts'
import {
  amount,
  boolean,
  type CellValue,
  type Column,
  type ColumnType,
  missing,
  percent,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'
import type { Comparison, FederalSide, Side } from './compare.ts'

/** The comparison as a neutral table; the two governments' columns are never added. */
export function comparisonTable(found: Comparison, title: Bilingual): Table {
  return table({
    name: 'comparison',
    title,
    columns: [
      { key: 'key', label: { fr: 'Exercice', en: 'Fiscal year' }, type: 'text', brief: true },
      ...sideColumns('qc', 'Québec', 'Quebec', false),
      ...sideColumns('ca', 'Canada', 'Canada', true),
    ],
    rows: found.rows.map(({ key, qc, ca }) => ({
      role: key === 'cumulated' ? 'total' : 'data',
      cells: [
        text(key),
        ...sideCells(qc, []),
        ...sideCells(ca, rangeCells(ca)),
        amount(ca.plannedOnward),
        amount(ca.spentOnward),
      ],
    })),
  })
}

function sideColumns(side: string, fr: string, en: string, hasRange: boolean): readonly Column[] {
  const column = (key: string, label: Bilingual, type: ColumnType, brief = true): Column => ({
    key: `${side}.${key}`,
    label: { fr: `${fr} : ${label.fr}`, en: `${en}: ${label.en}` },
    type,
    brief,
  })
  return [
    column('planned', { fr: 'prévu', en: 'planned' }, 'amount'),
    ...(hasRange
      ? [
          column('plannedLow', { fr: 'prévu, lecture basse', en: 'planned, low' }, 'amount'),
          column('plannedHigh', { fr: 'prévu, lecture haute', en: 'planned, high' }, 'amount'),
        ]
      : []),
    column('spent', { fr: 'dépensé', en: 'spent' }, 'amount'),
    column(
      'variance',
      { fr: 'écart (prévu − dépensé)', en: 'variance (planned − spent)' },
      'amount',
    ),
    column('percentSpent', { fr: '% dépensé', en: '% spent' }, 'percent', false),
    column('derived', { fr: 'calculé', en: 'derived' }, 'boolean', false),
    column('flags', { fr: 'signalements', en: 'flags' }, 'words', false),
    column(
      'runRate',
      { fr: 'rythme annuel (récurrent)', en: 'yearly rate (recurring)' },
      'amount',
      false,
    ),
    column('basis', { fr: 'nature du prévu', en: 'basis of planned' }, 'words', false),
    column(
      'scope',
      { fr: 'enveloppes avec dépenses / prévues', en: 'envelopes with spending / planned' },
      'text',
      false,
    ),
    column('precision', { fr: 'précision', en: 'precision' }, 'amount', false),
    column(
      'caveats',
      { fr: 'réserves de comparaison', en: 'caveats of comparison' },
      'words',
      false,
    ),
    ...(hasRange ? onwardColumns(column) : []),
  ]
}

type MakeColumn = (key: string, label: Bilingual, type: ColumnType, brief?: boolean) => Column

const onwardColumns = (column: MakeColumn): readonly Column[] => [
  column(
    'plannedOnward',
    {
      fr: 'prévu versé à une province ou à un organisme de bienfaisance',
      en: 'planned, paid on to a province or a charity',
    },
    'amount',
    false,
  ),
  column(
    'spentOnward',
    {
      fr: 'dépensé versé à une province ou à un organisme de bienfaisance',
      en: 'spent, paid on to a province or a charity',
    },
    'amount',
    false,
  ),
]

const rangeCells = ({ plannedLow, plannedHigh }: FederalSide): readonly CellValue[] => [
  amount(plannedLow),
  amount(plannedHigh),
]

const sideCells = (side: Side, range: readonly CellValue[]): readonly CellValue[] => [
  amount(side.planned),
  ...range,
  amount(side.spent),
  amount(side.variance),
  percent(side.percentSpent),
  boolean(side.isDerived),
  words(side.flags),
  amount(side.runRate, 'not-applicable'),
  words(side.basis),
  side.scope.planned + side.scope.spent === 0 ? missing('absent') : text(scopeText(side)),
  amount(side.precision),
  words(side.caveats),
]

/** `4/25`: of 25 envelopes with planned money, 4 have spending. */
export const scopeText = ({ scope }: Side): string => `${scope.spent}/${scope.planned}`
