import type { Bilingual } from '#core/language.ts'
import {
  amount,
  boolean,
  type CellValue,
  type Column,
  missing,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import { type Forecast, type ForecastRow, forecastColumns } from './forecast.ts'
import { columnOf } from './reconciliation.table.ts'

/** The forecast as a neutral table; the formula of each computed column is in its header. */
export const forecastFormulas = {
  byRunRate: 'spentElapsed / monthsElapsed * months',
  byCommitments: 'spent + committed',
  varianceByRunRate: 'planned - byRunRate',
  varianceByCommitments: 'planned - byCommitments',
} as const

const amountColumn = (key: string, fr: string, en: string): Column => ({
  key,
  label: { fr, en },
  type: 'amount',
  brief: true,
})

const columns: readonly Column[] = [
  ...['key', 'kind', 'label', 'parent', 'repeated'].map(columnOf),
  ...['planned', 'spent', 'committed'].map(columnOf),
  amountColumn('spentElapsed', 'Dépensé des mois écoulés', 'Spent in ended months'),
  amountColumn(
    'byRunRate',
    'Prévision au rythme (dépensé des mois écoulés ÷ mois écoulés × mois)',
    'Forecast by run-rate (spent in ended months ÷ ended months × months)',
  ),
  amountColumn(
    'byCommitments',
    'Prévision par engagements (dépensé + engagé)',
    'Forecast by commitments (spent + committed)',
  ),
  amountColumn(
    'varianceByRunRate',
    'Écart au rythme (prévu − prévision)',
    'Variance by run-rate (planned − forecast)',
  ),
  amountColumn(
    'varianceByCommitments',
    'Écart par engagements (prévu − prévision)',
    'Variance by commitments (planned − forecast)',
  ),
  ...['flags', 'derived', 'href'].map(columnOf),
]

export const forecastTable = (found: Forecast, title: Bilingual): Table =>
  table({
    name: 'forecast',
    title,
    columns,
    rows: [...found.rows.map(forecastRow), totalRow(found)],
  })

function forecastRow(row: ForecastRow): TableRow {
  const { head, flags, isDerived, href, missing: why } = row.finding
  return {
    role: head.isRepeated ? 'repeated' : 'data',
    cells: [
      text(head.key),
      text(head.kind),
      text(head.label),
      head.parent === null ? missing('absent') : text(head.parent),
      boolean(head.isRepeated),
      ...forecastColumns.map((key) => amount(row[key], why)),
      words(flags),
      boolean(isDerived),
      href === null ? missing('absent') : text(href),
    ],
  }
}

function totalRow({ totals }: Forecast): TableRow {
  const blank: CellValue = missing('not-applicable')
  return {
    role: 'total',
    cells: [
      text('total'),
      text('total'),
      text({ fr: 'Total', en: 'Total' }),
      blank,
      boolean(false),
      ...forecastColumns.map((key) => amount(totals[key])),
      words([]),
      boolean(false),
      blank,
    ],
  }
}
