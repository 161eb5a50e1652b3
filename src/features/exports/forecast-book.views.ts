import type { Language } from '#core/language.ts'
import { type Money, sum } from '#core/money.ts'
import { type Forecast, forecastColumns } from '#features/reconciliation/forecast.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import type { SheetChart, Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import { amountOr, textOr, words } from './cells.views.ts'
import type { Check } from './checks.views.ts'
import { type CoverItem, fact, section } from './cover.views.ts'
import type { ForecastCell } from './forecast-cells.ts'
import { amountFormula, computed, rounded, sumOf, sumWhere } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import { workbookOf } from './workbook.views.ts'
import { described } from './workbook-columns.ts'
import { rowKeyColumns } from './workbook-planned.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { describeColumn, type Meanings } from './workbook-summary.ts'
import { everyReader, kindWords, said, sheetNames, undistributedWords } from './workbook-words.ts'

/**
 * Where a year will end, computed on the sheet: the months are on the cover, the money in its cells.
 * A row without a forecast keeps its sign, and the total leaves it out as the report does.
 */
export interface ForecastSources extends WorkbookSources {
  readonly forecast: Forecast
  readonly cells: readonly ForecastCell[]
}

type Role = 'forecast' | 'cells'
type Item = CoverItem<Places<Role>>

export const forecastBook = (sources: ForecastSources, language: Language): Workbook =>
  workbookOf<Role>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: everyReader,
    control: controlItems(sources, language),
    further: elapsedItems(sources, language),
    sheets: [forecastSheet(sources, language), cellsSheet(sources, language)],
    checks: checksOf(sources),
  })

const labelOf = ({ report }: ForecastSources, key: string) =>
  report.table.columns.find((column) => column.key === key)?.label ?? { fr: key, en: key }

/** What the report totals; a forecast that some row lacks has no total of its variance. */
const totalsOf = ({ forecast }: ForecastSources): readonly (readonly [string, Money])[] =>
  forecastColumns.flatMap((key) => {
    const amount = forecast.totals[key]
    return amount === null ? [] : [[key, amount] as const]
  })

const controlItems = (sources: ForecastSources, language: Language): readonly Item[] =>
  totalsOf(sources).map(([key, amount]) =>
    fact(`control.${key}`, said(labelOf(sources, key), language), { amount }),
  )

function elapsedItems({ forecast }: ForecastSources, language: Language): readonly Item[] {
  const { day, monthsElapsed, months } = forecast.elapsed
  return [
    section('elapsed', { fr: 'Temps écoulé', en: 'Time elapsed' }, language),
    fact('elapsed.day', said({ fr: 'Jour de la position', en: 'Day of the position' }, language), {
      date: day,
    }),
    fact('elapsed.ended', said({ fr: 'Mois écoulés', en: 'Months ended' }, language), {
      count: monthsElapsed,
    }),
    fact(
      'elapsed.months',
      said({ fr: 'Mois de l’intervalle', en: 'Months of the range' }, language),
      {
        count: months,
      },
    ),
  ]
}

const checksOf = (sources: ForecastSources): readonly Check<Places<Role>>[] =>
  totalsOf(sources).map(([key, amount]) => {
    const { fr, en } = labelOf(sources, key)
    const bare = (text: string) => text.replace(/ \(.*\)$/, '')
    return {
      what: {
        fr: `${bare(fr)} : somme des lignes = total du registre`,
        en: `${bare(en)}: sum of the rows = total of the record`,
      },
      left: ({ forecast }) => amountFormula(forecast.total(key), amount),
      right: ({ onCover }) => amountFormula(onCover(`control.${key}`), amount),
    }
  })

const own: Meanings = new Map([
  ['planned', ['Prévu de l’intervalle.', 'Planned of the range.']],
  ['spent', ['Dépensé à la position.', 'Spent at the position.']],
  ['committed', ['Engagé à la position.', 'Committed at the position.']],
  [
    'spentElapsed',
    ['Dépensé inscrit dans les mois écoulés.', 'Spent that was recorded in ended months.'],
  ],
  [
    'byRunRate',
    [
      'Dépensé des mois écoulés × mois ÷ mois écoulés.',
      'Spent in ended months × months ÷ ended months.',
    ],
  ],
  ['byCommitments', ['Dépensé + engagé.', 'Spent + committed.']],
  ['varianceByRunRate', ['Prévu − prévision au rythme.', 'Planned − forecast by run-rate.']],
  [
    'varianceByCommitments',
    ['Prévu − prévision par engagements.', 'Planned − forecast by commitments.'],
  ],
])

function forecastSheet(sources: ForecastSources, language: Language): BookSheet<Role> {
  const { columns, rows } = sources.report.table
  const body = rows.filter(({ role }) => role !== 'total')
  const total = rows.find(({ role }) => role === 'total')
  const plan: SheetPlan = {
    name: sheetNames.forecast[language],
    kind: 'table',
    title: said(sources.report.title, language),
    intro: [],
    columns: columns.map((column) => describeColumn(column, own)),
    rowCount: body.length,
    hasTotal: true,
    charts: [chartOf(sources, language)],
  }
  return {
    role: 'forecast',
    name: sheetNames.forecast,
    plan,
    draw: (places) => {
      const { at } = places.forecast
      return drawn(
        plan,
        language,
        body.map((row, index) =>
          mapCells(reportCells(columns, row, language), (cell, key) => {
            const formula = rowFormula(key, (of) => at.cell(of, index), places)
            return formula === null ? cell : computed(cell, formula)
          }),
        ),
        mapCells(total === undefined ? {} : reportCells(columns, total, language), (cell, key) =>
          'amount' in cell
            ? computed(cell, rounded(sumWhere(at.range(key), at.range('repeated'), 'FALSE')))
            : key === 'key'
              ? words(kindWords.total, language)
              : { empty: true },
        ),
      )
    },
  }
}

function rowFormula(
  key: string,
  at: (key: string) => string,
  { cells, onCover }: Places<Role>,
): string | null {
  const added = (column: string): string =>
    ['rowKey', 'memberKey']
      .map((keys) => sumWhere(cells.range(column), cells.range(keys), at('key')))
      .join('+')
  switch (key) {
    case 'planned':
    case 'spent':
    case 'committed':
    case 'spentElapsed':
      return rounded(added(key))
    case 'byRunRate':
      return rounded(
        `${at('spentElapsed')}*${onCover('elapsed.months')}/${onCover('elapsed.ended')}`,
      )
    case 'byCommitments':
      return rounded(`${at('spent')}+${at('committed')}`)
    case 'varianceByRunRate':
      return rounded(`N(${at('planned')})-${at('byRunRate')}`)
    case 'varianceByCommitments':
      return rounded(`N(${at('planned')})-${at('byCommitments')}`)
    default:
      return null
  }
}

function chartOf({ forecast }: ForecastSources, language: Language): SheetChart {
  const { planned, byRunRate, byCommitments } = forecast.totals
  const shown = (amount: Money | null) => (amount === null ? '—' : formatAmount(amount, language))
  return {
    kind: 'columns',
    title: said({ fr: 'Prévu et prévisions', en: 'Planned and forecasts' }, language),
    alt: said(
      {
        fr: `Trois colonnes par ligne : prévu, prévision au rythme, prévision par engagements. En tout : ${shown(planned)}, ${shown(byRunRate)}, ${shown(byCommitments)}.`,
        en: `Three columns a row: planned, forecast by run-rate, forecast by commitments. In all: ${shown(planned)}, ${shown(byRunRate)}, ${shown(byCommitments)}.`,
      },
      language,
    ),
    categories: 'key',
    series: ['planned', 'byRunRate', 'byCommitments'],
  }
}

const cellColumns = (sources: ForecastSources) => [
  ...rowKeyColumns,
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    ['Code de l’enveloppe.', 'Code of the envelope.'],
  ),
  described('measure', ['Mesure', 'Measure'], ['Code de la mesure.', 'Code of the measure.']),
  described(
    'organization',
    ['Organisme', 'Organization'],
    ['Organisme de la cellule.', 'Organization of the cell.'],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    ['Exercice de la cellule.', 'Fiscal year of the cell.'],
  ),
  ...(['planned', 'committed', 'spent', 'spentElapsed'] as const).map((key) => {
    const { fr, en } = labelOf(sources, key)
    const [meaningFr = '', meaningEn = ''] = own.get(key) ?? []
    return described(key, [fr, en], [meaningFr, meaningEn])
  }),
]

function cellsSheet(sources: ForecastSources, language: Language): BookSheet<Role> {
  const { cells } = sources
  const title = { fr: 'Ce dont la prévision part', en: 'What the forecast starts from' }
  const plan: SheetPlan = {
    name: sheetNames.cells[language],
    kind: 'table',
    title: said(title, language),
    intro: [],
    columns: cellColumns(sources),
    rowCount: cells.length,
    hasTotal: true,
  }
  const added = ['planned', 'committed', 'spent', 'spentElapsed'] as const
  return {
    role: 'cells',
    name: sheetNames.cells,
    plan,
    draw: ({ cells: { at } }) =>
      drawn(
        plan,
        language,
        cells.map((cell) => ({
          rowKey: { text: cell.rowKey },
          memberKey: textOr(cell.memberKey, 'not-applicable'),
          envelope: textOr(cell.envelope, 'not-applicable'),
          measure: textOr(cell.measure),
          organization: { text: cell.organization },
          fiscalYear:
            cell.fiscalYear === null
              ? words(undistributedWords, language)
              : { text: cell.fiscalYear },
          ...Object.fromEntries(added.map((key) => [key, amountOr(cell[key])])),
        })),
        {
          ...Object.fromEntries(plan.columns.map(({ key }) => [key, { empty: true } as const])),
          rowKey: { text: 'Total' },
          ...Object.fromEntries(
            added.map((key) => [
              key,
              amountFormula(
                rounded(sumOf(at.range(key))),
                sum(cells.flatMap((cell) => cell[key] ?? [])),
              ),
            ]),
          ),
        },
      ),
  }
}
