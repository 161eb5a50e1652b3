import type { Generated } from 'kysely'

/** Tables of what people propose about planned money, year-ends included. See schema.ts. */

export interface EnvelopeProposalTable {
  code: string
  state: Generated<string>
  version: Generated<number>
  programme: string
  organization: string
  title_fr: string
  title_en: string
  source_document: string
  source_title_fr: string | null
  source_title_en: string | null
  source_url: string | null
  source_sha256: string | null
  source_quote: string
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  event: string | null
}

export interface EnvelopeProposalMeasureTable {
  envelope: string
  measure: string
}

export interface EnvelopeProposalTermTable {
  envelope: string
  place: number
  kind: string
  amount: string
  as_stated: string
  precision: string
  first_fiscal_year: string
  last_fiscal_year: string | null
  is_stated: boolean
}

export interface RelationProposalTable {
  id: Generated<string>
  state: Generated<string>
  version: Generated<number>
  organization: string
  from_envelope: string
  to_envelope: string
  kind: string
  is_stated: boolean
  if_not_additive: string | null
  citation: string
  citation_document: string
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  event: string | null
}

export interface RevisionTable {
  id: Generated<string>
  number: string
  state: Generated<string>
  version: Generated<number>
  kind: string
  organization: string
  reason: string
  document_reference: string
  effective_on: string
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  entry: string | null
}

export interface RevisionLineTable {
  revision: string
  place: number
  envelope: string
  measure: string | null
  fiscal_year: string | null
  amount: string
}

export interface YearEndTable {
  id: Generated<string>
  state: Generated<string>
  version: Generated<number>
  programme: string
  organization: string
  fiscal_year: string
  digest: string
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  event: string | null
}

export interface YearEndPolicyTable {
  year_end: string
  envelope: string
  policy: string
  percent: string | null
}

export interface ClosedYearTable {
  year_end: string
  programme: string
  fiscal_year: string
  carried_to: string
  event: string
}

export interface ClosedYearFigureTable {
  year_end: string
  envelope: string
  policy: string
  percent: string | null
  is_default: boolean
  is_last_year: boolean
  planned_before: string | null
  topped_up: string
  commitments_carried: string
  carried: string
  lapsed: string
  available_left: string
}

export interface FrozenReportTable {
  year_end: string
  format: string
  language: string
  content: Buffer
  sha256: string
  event: string
}
