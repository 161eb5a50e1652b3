import { exceptionsTable } from '#features/reconciliation/exceptions.table.ts'
import { type Exceptions, findExceptions } from '#features/reconciliation/exceptions.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import { usualThresholds } from '#features/reconciliation/threshold.ts'
import type { Report } from './report.ts'
import { openRangeOf, standing } from './reports.table.ts'
import type { ReportRequest } from './request.ts'

/** Nothing is spread: a derived part would make exceptions of what nobody decided. */
export const buildExceptions = (facts: Facts, request: ReportRequest): Report =>
  exceptionsReport(facts, askExceptions(facts, request))

export function askExceptions(facts: Facts, request: ReportRequest): Exceptions {
  const { jurisdiction = 'QC', ahead, behind, late } = request
  const range = openRangeOf(request, defaultRange(factsOf(facts, jurisdiction)), facts)
  const question = { by: 'measure', jurisdiction, spread: 'none', ...range } as const
  const thresholds = {
    ahead: ahead ?? usualThresholds.ahead,
    behind: behind ?? usualThresholds.behind,
    late: late ?? usualThresholds.late,
  }
  return findExceptions(facts, question, thresholds)
}

export function exceptionsReport(facts: Facts, found: Exceptions): Report {
  const { from, to, jurisdiction } = found.question
  const { ahead, behind, late } = found.thresholds
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Exceptions – Québec', en: 'Exceptions – Quebec' }
      : { fr: 'Exceptions – Canada', en: 'Exceptions – Canada' }
  return {
    name: 'exceptions',
    title,
    parameters: { from, to, jurisdiction, ahead, behind, late: String(late) },
    ...standing(facts),
    horizon: to,
    formulas: {
      available: 'planned - committed - spent - lapsed',
      percentSpent: 'spent / planned * 100',
      percentElapsed: 'months ended / months * 100',
    },
    table: exceptionsTable(found, title),
    extras: {},
    notes: [
      {
        code: 'thresholds',
        text: {
          fr: `Seuils : ${ahead.replace('.', ',')} points d’avance, ${behind.replace('.', ',')} points de retard, ${late} mois sans inscription. Le même argent peut être sur plusieurs lignes : rien ne s’additionne.`,
          en: `Thresholds: ${ahead} points ahead, ${behind} points behind, ${late} months without recording. The same money may be on several rows: nothing adds up.`,
        },
      },
    ],
  }
}
