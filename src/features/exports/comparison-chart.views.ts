import type { Bilingual, Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { ComparedRow, Comparison } from '#features/comparison/compare.ts'
import { type AmountRange, type Bars, type Theme, themes } from '#platform/charts/bars.ts'
import { formatCompact, formatFiscalYear, missingSign } from '#platform/i18n/format.ts'
import { inBoth } from './report-parts.views.tsx'
import { said } from './workbook-words.ts'

/** The comparison as pictures, and in words for whoever does not see them. */
export const chartNames = ['years', 'cumulated'] as const
export type ChartName = (typeof chartNames)[number]

export const chartThemes: readonly Theme[] = themes

export const chartTitles: Readonly<Record<ChartName, Bilingual>> = {
  years: {
    fr: 'Prévu et dépensé, exercice par exercice',
    en: 'Planned and spent, year by year',
  },
  cumulated: { fr: 'Prévu et dépensé, cumulés', en: 'Planned and spent, cumulated' },
}

interface Series {
  readonly name: Bilingual
  readonly of: (row: ComparedRow) => Money | null
  readonly rangeOf?: (row: ComparedRow) => AmountRange | null
}

const series: readonly Series[] = [
  { name: { fr: 'Québec, prévu', en: 'Quebec, planned' }, of: ({ qc }) => qc.planned },
  { name: { fr: 'Québec, dépensé', en: 'Quebec, spent' }, of: ({ qc }) => qc.spent },
  {
    name: { fr: 'Canada, prévu', en: 'Canada, planned' },
    of: ({ ca }) => ca.planned,
    rangeOf: ({ ca: { plannedLow: low, plannedHigh: high } }) =>
      low === null || high === null ? null : { low, high },
  },
  { name: { fr: 'Canada, dépensé', en: 'Canada, spent' }, of: ({ ca }) => ca.spent },
]

const rowsOf = ({ rows }: Comparison, chart: ChartName): readonly ComparedRow[] =>
  rows.filter(({ key }) => (key === 'cumulated') === (chart === 'cumulated'))

const cumulatedName = ({ question }: Comparison, language: Language): string =>
  [question.from, question.to].map((year) => formatFiscalYear(year, language)).join(' – ')

interface Asked {
  readonly chart: ChartName
  readonly language: Language
  readonly theme: Theme
}

export function comparisonBars(found: Comparison, { chart, language, theme }: Asked): Bars {
  const rows = rowsOf(found, chart)
  return {
    categories: rows.map(({ key }) =>
      chart === 'cumulated' ? cumulatedName(found, language) : formatFiscalYear(key, language),
    ),
    series: series.map(({ name, of, rangeOf }) => ({
      name: name[language],
      amounts: rows.map(of),
      ...(rangeOf === undefined ? {} : { ranges: rows.map(rangeOf) }),
    })),
    language,
    theme,
  }
}

/** What the picture shows: each bar with its amount, and how far the readings go. */
export const chartAlt = (found: Comparison, chart: ChartName): Bilingual =>
  inBoth((language) => {
    const rows = rowsOf(found, chart).map((row) => {
      const name =
        chart === 'cumulated' ? cumulatedName(found, language) : formatFiscalYear(row.key, language)
      const bars = series.map((each) => barWords(each, row, language))
      return `${name}${colon[language]} ${bars.join('; ')}.`
    })
    const title = chartTitles[chart][language]
    return `${shape[language]}${colon[language]} ${title}. ${rows.join(' ')}`
  })

const shape: Bilingual = { fr: 'Diagramme à bandes', en: 'Bar chart' }
const colon: Bilingual = { fr: '\u00a0:', en: ':' }
const to = (low: string, high: string): Bilingual => ({
  fr: ` (de ${low} à ${high} selon la lecture)`,
  en: ` (${low} to ${high} depending on the reading)`,
})

function barWords({ name, of, rangeOf }: Series, row: ComparedRow, language: Language): string {
  const amount = of(row)
  const range = rangeOf?.(row) ?? null
  const shown = amount === null ? missingSign('absent', language) : formatCompact(amount, language)
  const [low, high] = range === null ? [] : [range.low, range.high]
  const readings =
    low === undefined || high === undefined
      ? ''
      : said(to(formatCompact(low, language), formatCompact(high, language)), language)
  return `${name[language]} ${shown}${readings}`
}
