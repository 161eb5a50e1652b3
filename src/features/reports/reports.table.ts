import { compareFiscalYears } from '#core/fiscal-year.ts'
import { Problem } from '#core/problem.ts'
import { type Facts, factsOf, type Range } from '#features/reconciliation/facts.ts'
import { notesOf } from '#features/reconciliation/notes.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import {
  type ProofLine,
  type Reconciliation,
  reconcile,
} from '#features/reconciliation/reconcile.ts'
import { formulas, reconciliationTable } from '#features/reconciliation/reconciliation.table.ts'
import { assumeParameter, federalExtras, federalNotes } from './federal.table.ts'
import type { Report } from './report.ts'
import { assumedOf, type ReportRequest } from './request.ts'

/** From facts and a request to a report; pure, so that the same facts give the same report. */
export const buildReconciliation = (facts: Facts, request: ReportRequest): Report =>
  reconciliationReport(facts, askReconciliation(facts, request), request)

/** What is left out of the request takes the reconciliation's own defaults. */
export function askReconciliation(facts: Facts, request: ReportRequest): Reconciliation {
  const { by = 'measure', jurisdiction = 'QC', spread = 'none' } = request
  const range = openRangeOf(request, defaultRange(factsOf(facts, jurisdiction)), facts)
  return reconcile(facts, { by, jurisdiction, spread, ...range })
}

export function reconciliationReport(
  facts: Facts,
  found: Reconciliation,
  request: ReportRequest,
): Report {
  const { by, from, to, jurisdiction, spread } = found.question
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Rapprochement budgétaire – Québec', en: 'Budget reconciliation – Quebec' }
      : { fr: 'Rapprochement budgétaire – Canada', en: 'Budget reconciliation – Canada' }
  const { proof, tieOut } = found
  const assumed = assumedOf(request)
  return {
    name: 'reconciliation',
    title,
    parameters: {
      ...{ by, from, to, jurisdiction, spread },
      ...(jurisdiction === 'CA' ? { scenario: assumed.scenario } : {}),
      ...assumeParameter(assumed),
    },
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
      ...federalExtras(facts, found, assumed),
    },
    notes: [...notesOf(found), ...federalNotes(facts, found, assumed)],
  }
}

export const standing = ({ position, positionAt, seal }: Facts) => ({ position, positionAt, seal })

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

/**
 * The same, up to the last fiscal year that either government has opened: beyond it recurring money
 * is not there yet, and a total would look whole.
 * @throws Problem also for a later year
 */
export function openRangeOf(request: ReportRequest, byDefault: Range | null, facts: Facts): Range {
  const range = rangeOf(request, byDefault)
  const opened = defaultRange(facts)
  if (opened !== null && compareFiscalYears(range.to, opened.to) > 0) {
    throw new Problem('refused', 'reports/horizon-not-open', {
      fr: `L’exercice ${range.to} n’est pas ouvert : un rapport va au plus loin jusqu’à ${opened.to}.`,
      en: `Fiscal year ${range.to} is not open: a report reaches ${opened.to} at the latest.`,
    })
  }
  return range
}
