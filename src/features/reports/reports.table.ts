import { compareFiscalYears } from '#core/fiscal-year.ts'
import { Problem } from '#core/problem.ts'
import { type Comparison, compareGovernments } from '#features/comparison/compare.ts'
import { comparisonTable } from '#features/comparison/comparison.table.ts'
import { type Facts, factsOf, type Range } from '#features/reconciliation/facts.ts'
import { notesOf } from '#features/reconciliation/notes.ts'
import { defaultRange, intersect } from '#features/reconciliation/range.ts'
import {
  type ProofLine,
  type Reconciliation,
  reconcile,
} from '#features/reconciliation/reconcile.ts'
import { formulas, reconciliationTable } from '#features/reconciliation/reconciliation.table.ts'
import type { Report } from './report.ts'
import type { ReportRequest } from './request.ts'

/** From facts and a request to a report; pure, so that the same facts give the same report. */
export const buildReconciliation = (facts: Facts, request: ReportRequest): Report =>
  reconciliationReport(facts, askReconciliation(facts, request))

/** What is left out of the request takes the reconciliation's own defaults. */
export function askReconciliation(facts: Facts, request: ReportRequest): Reconciliation {
  const { by = 'measure', jurisdiction = 'QC', spread = 'none' } = request
  const range = rangeOf(request, defaultRange(factsOf(facts, jurisdiction)))
  return reconcile(facts, { by, jurisdiction, spread, ...range })
}

export function reconciliationReport(facts: Facts, found: Reconciliation): Report {
  const { by, from, to, jurisdiction, spread } = found.question
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Rapprochement budgétaire – Québec', en: 'Budget reconciliation – Quebec' }
      : { fr: 'Rapprochement budgétaire – Canada', en: 'Budget reconciliation – Canada' }
  const { plannedLow, proof, tieOut } = found
  return {
    name: 'reconciliation',
    title,
    parameters: { by, from, to, jurisdiction, spread },
    ...standing(facts),
    horizon: to,
    formulas,
    table: reconciliationTable(found, title),
    extras: {
      proof: { planned: proofJson(proof.planned), spent: proofJson(proof.spent) },
      tieOut:
        tieOut === null
          ? null
          : {
              announced: tieOut.announced.toString(),
              table: tieOut.table.toString(),
              unexplained: tieOut.unexplained.toString(),
            },
      ...(plannedLow === null ? {} : { totals: { plannedLow: plannedLow.toString() } }),
    },
    notes: notesOf(found),
  }
}

export const buildComparison = (facts: Facts, request: ReportRequest): Report =>
  comparisonReport(facts, askComparison(facts, request))

export function askComparison(facts: Facts, request: ReportRequest): Comparison {
  const { spread = 'straight-line', scenario = 'high' } = request
  const quebec = defaultRange(factsOf(facts, 'QC'))
  const canada = defaultRange(factsOf(facts, 'CA'))
  const common = quebec === null || canada === null ? null : intersect(quebec, canada)
  const range = rangeOf(request, common)
  return compareGovernments(facts, { ...range, spread, scenario })
}

export function comparisonReport(facts: Facts, found: Comparison): Report {
  const { from, to, spread, scenario } = found.question
  const title = { fr: 'Comparaison Québec–Canada', en: 'Quebec–Canada comparison' }
  return {
    name: 'comparison',
    title,
    parameters: { from, to, spread, scenario },
    ...standing(facts),
    horizon: to,
    formulas: { variance: 'planned - spent', percentSpent: 'spent / planned * 100' },
    table: comparisonTable(found, title),
    extras: {
      assumptions: found.assumptions.map(({ code, reading, stated, effect, citation }) => ({
        code,
        reading: { ...reading },
        stated,
        effect: effect.toString(),
        citation,
      })),
    },
    notes: [
      {
        code: 'not-added',
        text: {
          fr: 'Les deux paliers ne sont jamais additionnés : un même dollar peut passer de l’un à l’autre.',
          en: 'The two levels are never added: the same dollar may pass from one to the other.',
        },
      },
    ],
  }
}

const standing = ({ position, positionAt, seal }: Facts) => ({ position, positionAt, seal })

const proofJson = ({ rows, repeats, total }: ProofLine) => ({
  rows: rows.toString(),
  repeats: repeats.toString(),
  total: total.toString(),
})

/** @throws Problem when nothing is loaded, or the range runs backwards */
export function rangeOf(request: ReportRequest, byDefault: Range | null): Range {
  if (byDefault === null) {
    throw new Problem('refused', 'reports/nothing-loaded', {
      fr: 'Aucun plan n’est chargé : exécutez « vigie plan load ».',
      en: 'No plan is loaded: run “vigie plan load”.',
    })
  }
  const { from = byDefault.from, to = byDefault.to } = request
  if (compareFiscalYears(from, to) > 0) {
    throw new Problem('invalid', 'reports/range-backwards', {
      fr: `L’intervalle va à rebours : ${from} est après ${to}.`,
      en: `The range runs backwards: ${from} is after ${to}.`,
    })
  }
  return { from, to }
}
