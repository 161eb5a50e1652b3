import type { Language } from '#core/language.ts'
import type { ComparedRow } from '#features/comparison/compare.ts'
import type { PlacedSheet } from './sheet-plan.views.ts'
import {
  type AssumptionRow,
  assumptionRows,
  comparedRows,
  cumulatedRow,
} from './workbook-compared.ts'
import { type ProvenanceRow, provenanceOf } from './workbook-provenance.ts'
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

export interface ComparisonPlaces {
  readonly cover: PlacedSheet
  readonly summary: PlacedSheet
  readonly assumptions: PlacedSheet
  readonly checks: PlacedSheet
  readonly provenance: PlacedSheet
  /** The address of a value of the cover. @throws RangeError for a name it does not have */
  readonly onCover: (name: string) => string
}

export const comparisonDraft = (
  sources: ComparisonSources,
  language: Language,
): ComparisonDraft => ({
  sources,
  language,
  rows: comparedRows(sources.comparison),
  cumulated: cumulatedRow(sources.comparison.rows),
  assumptions: assumptionRows(sources.comparison, sources.facts),
  provenance: provenanceOf(sources.facts, sources),
})

export const countedSheets = ['summary', 'assumptions', 'provenance'] as const
export type CountedSheet = (typeof countedSheets)[number]

export const rowCounts = (draft: ComparisonDraft): Readonly<Record<CountedSheet, number>> => ({
  summary: draft.rows.length,
  assumptions: draft.assumptions.length,
  provenance: draft.provenance.length,
})
