import type { Bilingual } from '#core/language.ts'
import {
  amount,
  boolean,
  type CellValue,
  type Column,
  type ColumnType,
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
      cells: [text(key), ...sideCells(qc, []), ...sideCells(ca, rangeCells(ca))],
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
  ]
}

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
]
