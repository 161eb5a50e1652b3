import type { Language } from '#core/language.ts'
import { abs, compare, type Money } from '#core/money.ts'
import { Keys } from '#features/reconciliation/dimension.ts'
import { factsOf } from '#features/reconciliation/facts.ts'
import type { Finding } from '#features/reconciliation/reconcile.ts'
import type { PlacedSheet } from './sheet-plan.views.ts'
import { type BudgetRow, budgetRowsOf } from './workbook-budget.ts'
import { rowKeysOf } from './workbook-cells.ts'
import { type Exception, exceptionsOf } from './workbook-exceptions.ts'
import { type ProvenanceRow, provenanceOf } from './workbook-provenance.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import { assertTied, type PlacedDetail } from './workbook-ties.ts'

/**
 * What the sheets of a reconciliation hold, before any of them is drawn. Each sheet is a function
 * of the draft, and of where the other sheets are.
 */
export interface ReconciliationDraft {
  readonly sources: ReconciliationSources
  readonly language: Language
  readonly variances: readonly VariedFinding[]
  readonly budget: readonly BudgetRow[]
  readonly details: readonly PlacedDetail[]
  readonly exceptions: readonly Exception[]
  readonly provenance: readonly ProvenanceRow[]
}

export type VariedFinding = Finding & { readonly variance: Money }

export interface ReconciliationPlaces {
  readonly cover: PlacedSheet
  readonly summary: PlacedSheet
  readonly variances: PlacedSheet
  readonly planned: PlacedSheet
  readonly expenditures: PlacedSheet
  readonly exceptions: PlacedSheet
  readonly checks: PlacedSheet
  readonly provenance: PlacedSheet
  /** The address of a value of the cover. @throws RangeError for a name it does not have */
  readonly onCover: (name: string) => string
}

/** @throws RangeError when the details do not add up to the report's figures. */
export function draftOf(sources: ReconciliationSources, language: Language): ReconciliationDraft {
  const { reconciliation, facts } = sources
  const { question } = reconciliation
  const own = factsOf(facts, question.jurisdiction)
  const keys = new Keys(own)
  const budget = budgetRowsOf(facts, question)
  const details = sources.details.map((detail) => ({
    ...detail,
    ...rowKeysOf(keys, detail, question.by),
  }))
  assertTied(reconciliation, budget, details)
  return {
    sources,
    language,
    variances: variancesOf(reconciliation.findings),
    budget,
    details,
    exceptions: exceptionsOf(reconciliation, details),
    provenance: provenanceOf(own, sources),
  }
}

/** The greatest first. A repeated row would show its envelope's variance a second time. */
const variancesOf = (findings: readonly Finding[]): readonly VariedFinding[] =>
  findings
    .flatMap((finding) => {
      const { variance } = finding
      return variance === null || finding.head.isRepeated ? [] : [{ ...finding, variance }]
    })
    .toSorted((a, b) => compare(abs(b.variance), abs(a.variance)))

export const countedSheets = [
  'summary',
  'variances',
  'planned',
  'expenditures',
  'exceptions',
  'provenance',
] as const
export type CountedSheet = (typeof countedSheets)[number]

export const rowCounts = (draft: ReconciliationDraft): Readonly<Record<CountedSheet, number>> => ({
  summary: draft.sources.reconciliation.findings.length,
  variances: draft.variances.length,
  planned: draft.budget.length,
  expenditures: draft.details.length,
  exceptions: draft.exceptions.length,
  provenance: draft.provenance.length,
})
