import type { Generated, GeneratedAlways } from 'kysely'

/**
 * The tables as the driver hands them over: numeric, bigint, date and timestamptz arrive as text
 * (see connect.ts). test/schema.test.ts selects every column once and compares.
 */
export interface Database {
  event: EventTable
  chain_head: ChainHeadTable
  person: PersonTable
  person_role: PersonRoleTable
  api_token: ApiTokenTable
  source_document: SourceDocumentTable
  organization: OrganizationTable
  organization_name: OrganizationNameTable
  programme: ProgrammeTable
  axis: AxisTable
  measure: MeasureTable
  measure_lead: MeasureLeadTable
  measure_collaborator: MeasureCollaboratorTable
  announcement: AnnouncementTable
  envelope: EnvelopeTable
  envelope_measure: EnvelopeMeasureTable
  funding_term: FundingTermTable
  funding_opening: FundingOpeningTable
  plan_note: PlanNoteTable
  relation: RelationTable
  published_authority: PublishedAuthorityTable
  period: PeriodTable
  journal_entry: JournalEntryTable
  journal_line: JournalLineTable
  journal_balance: JournalBalanceTable
  journal_flag: JournalFlagTable
  document_counter: DocumentCounterTable
  expenditure: ExpenditureTable
  expenditure_request: ExpenditureRequestTable
  idempotency_key: IdempotencyKeyTable
}

interface EventTable {
  sequence: GeneratedAlways<string>
  id: Generated<string>
  type: string
  version: Generated<number>
  actor: string
  request: string
  at: GeneratedAlways<string>
  subject: string
  payload: string
  entry_count: GeneratedAlways<number>
  entry_root: GeneratedAlways<string>
  previous: GeneratedAlways<string>
  hash: GeneratedAlways<string>
}

interface ChainHeadTable {
  single: boolean
  sequence: string
  at: string
  hash: string
}

interface PersonTable {
  id: Generated<string>
  email: string
  name: string
  is_disabled: Generated<boolean>
  version: Generated<number>
}

interface PersonRoleTable {
  person: string
  role: string
  organization: string
}

interface ApiTokenTable {
  hash: string
  person: string
  created_at: Generated<string>
  expires_at: string
  last_used_on: string | null
}

interface SourceDocumentTable {
  code: string
  event: string
  title_fr: string
  title_en: string
  file: string
  sha256: string
}

interface OrganizationTable {
  code: string
  event: string
  jurisdiction: string | null
  kind: string
  is_name_known: boolean
}

interface OrganizationNameTable {
  organization: string
  event: string
  name_fr: string
  name_en: string
}

interface ProgrammeTable {
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

interface AxisTable {
  code: string
  event: string
  programme: string
  place: number
  title_fr: string
  title_en: string
  source_document: string
  source_quote: string
}

interface MeasureTable {
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

interface MeasureLeadTable {
  measure: string
  organization: string
  place: number
}

interface MeasureCollaboratorTable {
  measure: string
  place: number
  organization: string | null
  name_fr: string
  name_en: string
}

interface AnnouncementTable {
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

interface EnvelopeTable {
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
}

interface EnvelopeMeasureTable {
  envelope: string
  measure: string
}

interface FundingTermTable {
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

interface FundingOpeningTable {
  envelope: string
  place: number
  fiscal_year: string | null
  event: string
}

interface PlanNoteTable {
  subject: string
  place: number
  code: string
  text_fr: string
  text_en: string
  citation: string | null
  citation_document: string | null
}

interface RelationTable {
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

interface PublishedAuthorityTable {
  envelope: string
  fiscal_year: string
  event: string
  amount: string
  document: string
  document_row: number
  note: string | null
}

interface PeriodTable {
  organization: string
  fiscal_year: string
  number: number
  is_closed: Generated<boolean>
  version: Generated<number>
}

interface JournalEntryTable {
  id: GeneratedAlways<string>
  event: string
  kind: string
  organization: string
  effective_on: string
  recorded_fiscal_year: string | null
  recorded_period: number | null
  document_type: string
  document: string
  reverses: string | null
  flags: string[]
}

interface JournalLineTable {
  entry: string
  place: number
  account: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  amount: string
}

interface JournalBalanceTable {
  account: string
  kind: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
  amount: string
}

interface JournalFlagTable {
  flag: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
  entries: number
}

interface DocumentCounterTable {
  prefix: string
  fiscal_year: string
  last: number
}

interface ExpenditureTable {
  id: Generated<string>
  number: string
  state: Generated<string>
  version: Generated<number>
  organization: string
  measure: string | null
  envelope: string | null
  service_date: string
  fiscal_year: string
  document_date: string | null
  document_number: string
  supplier: string
  description: string
  amount: string
  justification: string | null
  flags: Generated<string[]>
  source_document: string | null
  source_row: number | null
  source_url: string | null
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  entry: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
  reversal_entry: string | null
}

interface ExpenditureRequestTable {
  id: Generated<string>
  expenditure: string
  place: GeneratedAlways<number>
  kind: string
  state: Generated<string>
  reason: string
  asked_by: string
  decided_by: string | null
  decision_reason: string | null
}

interface IdempotencyKeyTable {
  actor: string
  key: string
  request_hash: string
  status: number | null
  etag: string | null
  answer: string | null
  created_at: Generated<string>
}
