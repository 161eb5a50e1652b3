import { Problem } from '#core/problem.ts'
import { type Dimension, type Facts, factsOf } from '#features/reconciliation/facts.ts'
import { forecastFormulas, forecastTable } from '#features/reconciliation/forecast.table.ts'
import { type Forecast, forecast, yearUnderWay } from '#features/reconciliation/forecast.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import type { Note } from '#features/reconciliation/reconcile.ts'
import { federalExtras } from './federal.table.ts'
import type { Report } from './report.ts'
import { openRangeOf, rangeOf, standing } from './reports.table.ts'
import { assumedOf, type ReportRequest } from './request.ts'

/** Of one fiscal year, the one under way at the position unless told, spread in equal parts. */
export const buildForecast = (facts: Facts, request: ReportRequest): Report =>
  forecastReport(facts, askForecast(facts, request), request)

export function askForecast(facts: Facts, request: ReportRequest): Forecast {
  const { by = 'measure', jurisdiction = 'QC', spread = 'straight-line' } = request
  assertForecastBy(by)
  const whole = rangeOf({ name: 'forecast' }, defaultRange(factsOf(facts, jurisdiction)))
  const year = request.from ?? request.to ?? yearUnderWay(facts, whole)
  const range = openRangeOf(request, { from: year, to: year }, facts)
  return forecast(facts, { by, jurisdiction, spread, ...range })
}

/** Months are counted over the whole range: a year or a period of it has no forecast of its own. */
function assertForecastBy(by: Dimension): void {
  if (by === 'fiscal-year' || by === 'period') {
    throw new Problem('invalid', 'reports/not-by', {
      fr: 'Une prévision ne se ventile ni par exercice ni par période : demandez l’exercice avec « from » et « to ».',
      en: 'A forecast is not broken down by fiscal year or period: ask for the year with “from” and “to”.',
    })
  }
}

export function forecastReport(facts: Facts, found: Forecast, request: ReportRequest): Report {
  const { reconciliation, elapsed } = found
  const { by, from, to, jurisdiction, spread } = reconciliation.question
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Prévision de fin d’exercice – Québec', en: 'Year-end forecast – Quebec' }
      : { fr: 'Prévision de fin d’exercice – Canada', en: 'Year-end forecast – Canada' }
  const assumed = assumedOf(request)
  const { totals } = federalExtras(facts, reconciliation, assumed)
  const { day, monthsElapsed, months } = elapsed
  return {
    name: 'forecast',
    title,
    parameters: {
      ...{ by, from, to, jurisdiction, spread },
      ...(jurisdiction === 'CA' ? { scenario: assumed.scenario } : {}),
    },
    ...standing(facts),
    horizon: to,
    formulas: forecastFormulas,
    table: forecastTable(found, title),
    extras: {
      elapsed: { day, monthsElapsed, months },
      ...(totals === undefined ? {} : { totals }),
    },
    notes: [
      ...(found.unforecast === 0 ? [] : [partial(found.unforecast)]),
      {
        code: 'elapsed',
        text: {
          fr: `Au ${day}, jour de la position : ${monthsElapsed} mois écoulés sur ${months}. Rien d’inscrit : aucune prévision.`,
          en: `On ${day}, the position’s day: ${monthsElapsed} of ${months} months have ended. Nothing recorded: no forecast.`,
        },
      },
    ],
  }
}

const partial = (rows: number): Note => ({
  code: 'partial-forecast',
  text: {
    fr: `Lignes prévues sans l’une ou l’autre prévision, faute d’inscription : ${rows}. Le total des prévisions ne porte que sur les autres.`,
    en: `Planned rows that lack one forecast or the other, since nothing is recorded: ${rows}. The total of the forecasts is that of the others.`,
  },
})
