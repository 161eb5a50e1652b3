import type { Language } from '#core/language.ts'
import { abs, compare, type Money } from '#core/money.ts'
import { Keys } from '#features/reconciliation/dimension.ts'
import { type Dimension, type Facts, factsOf } from '#features/reconciliation/facts.ts'
import type { Finding } from '#features/reconciliation/reconcile.ts'
import { rowsMax } from '#platform/tables/sheet-layout.ts'
import type { Places } from './book.views.ts'
import type { DetailRow } from './detail.ts'
import { type BudgetRow, budgetRowsOf } from './workbook-budget.ts'
import { rowKeysOf } from './workbook-cells.ts'
import { type Exception, exceptionsOf } from './workbook-exceptions.ts'
import { type LineTotals, lineTotals } from './workbook-lines.ts'
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
  /** All of them; of a long workbook the first ones, and its exceptions without those of lines. */
  readonly details: readonly PlacedDetail[]
  readonly exceptions: readonly Exception[]
  readonly lines: LineTotals
  /** How many rows a sheet takes. */
  readonly sheetRows: number
  readonly provenance: readonly ProvenanceRow[]
}

export type VariedFinding = Finding & { readonly variance: Money }

export type ReconciliationRole = 'summary' | 'variances' | 'planned' | 'provenance'

/** More than one sheet when their rows do not fit on one. */
export type LongRole = 'expenditures' | 'exceptions'

export type ReconciliationPlaces = Places<ReconciliationRole, LongRole>

/** @throws RangeError when the details do not add up to the report's figures. */
export function draftOf(sources: ReconciliationSources, language: Language): ReconciliationDraft {
  const draft = untiedDraft(sources, language)
  assertTied(sources.reconciliation, draft.budget, draft.details)
  return draft
}

/** For whoever holds the details to the figures once they have all been read. */
export function untiedDraft(
  sources: ReconciliationSources,
  language: Language,
): ReconciliationDraft {
  const { reconciliation, facts } = sources
  const { question } = reconciliation
  const own = factsOf(facts, question.jurisdiction)
  const place = placing(own, question.by)
  const budget = budgetRowsOf(facts, question)
  const details = sources.details.map(place)
  const exceptions = exceptionsOf(reconciliation, details)
  return {
    sources,
    language,
    variances: variancesOf(reconciliation.findings),
    budget,
    details,
    exceptions,
    lines: lineTotals(details, exceptions),
    sheetRows: rowsMax,
    provenance: provenanceOf(own, sources),
  }
}

/** Where a line stands in the workbook. */
export function placing(own: Facts, by: Dimension): (detail: DetailRow) => PlacedDetail {
  const keys = new Keys(own)
  return (detail) => ({ ...detail, ...rowKeysOf(keys, detail, by) })
}

/** The greatest first. A repeated row would show its envelope's variance a second time. */
const variancesOf = (findings: readonly Finding[]): readonly VariedFinding[] =>
  findings
    .flatMap((finding) => {
      const { variance } = finding
      return variance === null || finding.head.isRepeated ? [] : [{ ...finding, variance }]
    })
    .toSorted((a, b) => compare(abs(b.variance), abs(a.variance)))
