import { type Comparison, compareGovernments } from '#features/comparison/compare.ts'
import { comparisonTable } from '#features/comparison/comparison.table.ts'
import type { PlanNote } from '#features/programmes/programme.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import { defaultRange, intersect } from '#features/reconciliation/range.ts'
import { assumeParameter, assumptionsJson } from './federal.table.ts'
import type { Report } from './report.ts'
import { openRangeOf, standing } from './reports.table.ts'
import { assumedOf, type ReportRequest } from './request.ts'

/** Both governments over the years that both plans have, spread in equal parts unless told. */
export const buildComparison = (facts: Facts, request: ReportRequest, notes: Notes): Report =>
  comparisonReport(facts, askComparison(facts, request, notes))

/** What the plan says of its envelopes, by code. */
export type Notes = ReadonlyMap<string, readonly PlanNote[]>

export function askComparison(facts: Facts, request: ReportRequest, notes: Notes): Comparison {
  const { spread = 'straight-line' } = request
  const quebec = defaultRange(factsOf(facts, 'QC'))
  const canada = defaultRange(factsOf(facts, 'CA'))
  const common = quebec === null || canada === null ? null : intersect(quebec, canada)
  const range = openRangeOf(request, common, facts)
  const question = { ...range, spread, ...assumedOf(request) }
  return compareGovernments(facts, question, onwardEnvelopes(notes))
}

/** Envelopes of which the plan notes that another payer or level may count the money too. */
export const onwardEnvelopes = (notes: Notes): ReadonlySet<string> =>
  new Set(
    [...notes].flatMap(([subject, said]) =>
      said.some(({ code }) => code === 'paid-onward') ? [subject] : [],
    ),
  )

export function comparisonReport(facts: Facts, found: Comparison): Report {
  const { from, to, spread, scenario } = found.question
  const title = { fr: 'Comparaison Québec–Canada', en: 'Quebec–Canada comparison' }
  return {
    name: 'comparison',
    title,
    parameters: { from, to, spread, scenario, ...assumeParameter(found.question) },
    ...standing(facts),
    horizon: to,
    formulas: { variance: 'planned - spent', percentSpent: 'spent / planned * 100' },
    table: comparisonTable(found, title),
    extras: { assumptions: assumptionsJson(found.assumptions) },
    notes: [
      {
        code: 'not-added',
        text: {
          fr: 'Les deux paliers ne sont jamais additionnés : un même dollar peut passer de l’un à l’autre.',
          en: 'The two levels are never added: the same dollar may pass from one to the other.',
        },
      },
      {
        code: 'paid-onward',
        text: {
          fr: 'L’argent fédéral versé à une province ou à un organisme de bienfaisance est marqué : qui additionnerait les deux paliers le retrancherait une fois.',
          en: 'Federal money paid on to a province or a charity is marked: whoever added the two levels would take it off once.',
        },
      },
    ],
  }
}
