import type { Language } from '#core/language.ts'
import type { ComparedRow } from '#features/comparison/compare.ts'
import type { Places } from './book.views.ts'
import { assertCompared, assumptionRows, comparedRows, cumulatedRow } from './workbook-compared.ts'
import { type ProvenanceRow, provenanceOf } from './workbook-provenance.ts'
import type { AssumptionRow } from './workbook-readings.ts'
import type { ComparisonSources } from './workbook-sources.ts'

/** What the sheets of a comparison hold, before any of them is drawn. */
export interface ComparisonDraft {
  readonly sources: ComparisonSources
  readonly language: Language
  readonly rows: readonly ComparedRow[]
  readonly cumulated: ComparedRow
  readonly assumptions: readonly AssumptionRow[]
  readonly provenance: readonly ProvenanceRow[]
}

export type ComparisonRole = 'summary' | 'comparability' | 'assumptions' | 'money' | 'provenance'
export type ComparisonPlaces = Places<ComparisonRole>

/** @throws RangeError when the money does not add up to the report's figures */
export function comparisonDraft(sources: ComparisonSources, language: Language): ComparisonDraft {
  const { comparison, facts } = sources
  const [rows, cumulated] = [comparedRows(comparison), cumulatedRow(comparison.rows)]
  const assumptions = assumptionRows(comparison, facts)
  assertCompared(comparison.money, rows, assumptions)
  return {
    sources,
    language,
    rows,
    cumulated,
    assumptions,
    provenance: provenanceOf(facts, sources),
  }
}
