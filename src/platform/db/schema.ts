import type {
  DocumentCounterTable,
  ExpenditureRequestTable,
  ExpenditureTable,
  JournalBalanceTable,
  JournalEntryTable,
  JournalFlagTable,
  JournalLineTable,
} from './schema-journal.ts'
import type {
  AnnouncementTable,
  AxisTable,
  EnvelopeMeasureTable,
  EnvelopeTable,
  FundingOpeningTable,
  FundingTermTable,
  MeasureCollaboratorTable,
  MeasureLeadTable,
  MeasureTable,
  OrganizationNameTable,
  OrganizationTable,
  PlanNoteTable,
  ProgrammeTable,
  PublishedAuthorityTable,
  RelationTable,
  SourceDocumentTable,
} from './schema-plan.ts'
import type {
  ApiTokenTable,
  ChainHeadTable,
  EventTable,
  IdempotencyKeyTable,
  PeriodTable,
  PersonRoleTable,
  PersonTable,
} from './schema-record.ts'

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
