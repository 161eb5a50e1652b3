import type { Generated } from 'kysely'

/** Tables of the official plan and of the money it grants. See schema.ts. */

export interface SourceDocumentTable {
  code: string
  event: string
  title_fr: string
  title_en: string
  file: string | null
  sha256: string | null
  url: string | null
}

export interface OrganizationTable {
  code: string
  event: string
  jurisdiction: string | null
  kind: string
  is_name_known: boolean
}

export interface OrganizationNameTable {
  organization: string
  event: string
  name_fr: string
  name_en: string
  version: Generated<number>
}

export interface ProgrammeTable {
  code: string
  event: string
  jurisdiction: string
  title_fr: string
  title_en: string
  organization: string
  first_fiscal_year: string
  last_fiscal_year: string | null
  announced: string | null
  announced_as_stated: string | null
  announced_precision: string | null
  announced_source: string | null
  source_document: string
  source_quote: string
}

export interface AxisTable {
  code: string
  event: string
  programme: string
  place: number
  title_fr: string
  title_en: string
  source_document: string
  source_quote: string
}

export interface MeasureTable {
  code: string
  event: string
  programme: string
  axis: string
  place: number
  title_fr: string
  title_en: string
  funding: string
  recommendations: number[]
  initiative: string | null
  adaptation: boolean
  accessibility: boolean
  deliverables: string[]
  context: string | null
  context_document: string | null
  source_document: string
  source_quote: string
}

export interface MeasureLeadTable {
  measure: string
  organization: string
  place: number
}

export interface MeasureCollaboratorTable {
  measure: string
  place: number
  organization: string | null
  name_fr: string
  name_en: string
}

export interface AnnouncementTable {
  code: string
  event: string
  jurisdiction: string
  document: string
  document_row: number
  date_as_printed: string
  subject: string
  nature: string
  amount: string | null
  period: string | null
  detail: string
  url: string
  reason: string
  reason_fr: string
  reason_en: string
}

export interface EnvelopeTable {
  code: string
  event: string
  place: number
  programme: string
  organization: string
  is_organization_stated: boolean
  title_fr: string
  title_en: string
  financing: string | null
  source_document: string
  source_quote: string
  lock_version: Generated<number>
  version: Generated<number>
}

export interface EnvelopeMeasureTable {
  envelope: string
  measure: string
}

export interface FundingTermTable {
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

export interface FundingOpeningTable {
  envelope: string
  place: number
  fiscal_year: string | null
  event: string
}

export interface PlanNoteTable {
  subject: string
  place: number
  code: string
  text_fr: string
  text_en: string
  citation: string | null
  citation_document: string | null
}

export interface RelationTable {
  from_envelope: string
  to_envelope: string
  event: string
  kind: string
  is_stated: boolean
  if_not_additive: string | null
  citation: string
  citation_document: string
  reading_fr: string | null
  reading_en: string | null
}

export interface PublishedAuthorityTable {
  envelope: string
  fiscal_year: string
  event: string
  amount: string
  document: string
  document_row: number
  note_fr: string | null
  note_en: string | null
}
