import type { QueuedExportPartTable, QueuedExportTable } from './schema-exports.ts'
import type { ExpenditureSealTable, ImportBatchTable, ImportRowTable } from './schema-imports.ts'
import type {
  CommitmentTable,
  DocumentCounterTable,
  ExpenditureRequestTable,
  ExpenditureTable,
  JournalBalanceTable,
  JournalEntryTable,
  JournalFlagTable,
  JournalLineTable,
} from './schema-journal.ts'
import type {
  ExtractFindingTable,
  ExtractMappingTable,
  ExtractRowTable,
  ExtractTable,
  LedgerMatchTable,
  MatchLineTable,
  MatchRunTable,
} from './schema-matching.ts'
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
  ClosedYearFigureTable,
  ClosedYearTable,
  EnvelopeProposalMeasureTable,
  EnvelopeProposalTable,
  EnvelopeProposalTermTable,
  FrozenReportTable,
  RelationProposalTable,
  RevisionLineTable,
  RevisionTable,
  YearEndPolicyTable,
  YearEndTable,
} from './schema-proposals.ts'
import type {
  ApiTokenTable,
  ChainHeadTable,
  EventTable,
  IdempotencyKeyTable,
  ObservationTable,
  PeriodTable,
  PersonPasswordTable,
  PersonRoleTable,
  PersonTable,
  SessionTable,
  SignInAttemptTable,
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
  person_password: PersonPasswordTable
  session: SessionTable
  sign_in_attempt: SignInAttemptTable
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
  envelope_proposal: EnvelopeProposalTable
  envelope_proposal_measure: EnvelopeProposalMeasureTable
  envelope_proposal_term: EnvelopeProposalTermTable
  relation_proposal: RelationProposalTable
  revision: RevisionTable
  revision_line: RevisionLineTable
  year_end: YearEndTable
  year_end_policy: YearEndPolicyTable
  closed_year: ClosedYearTable
  closed_year_figure: ClosedYearFigureTable
  frozen_report: FrozenReportTable
  period: PeriodTable
  journal_entry: JournalEntryTable
  journal_line: JournalLineTable
  journal_balance: JournalBalanceTable
  journal_flag: JournalFlagTable
  document_counter: DocumentCounterTable
  commitment: CommitmentTable
  expenditure: ExpenditureTable
  expenditure_request: ExpenditureRequestTable
  expenditure_seal: ExpenditureSealTable
  import_batch: ImportBatchTable
  import_row: ImportRowTable
  extract_mapping: ExtractMappingTable
  extract: ExtractTable
  extract_row: ExtractRowTable
  extract_finding: ExtractFindingTable
  match_run: MatchRunTable
  ledger_match: LedgerMatchTable
  match_line: MatchLineTable
  idempotency_key: IdempotencyKeyTable
  observation: ObservationTable
  queued_export: QueuedExportTable
  queued_export_part: QueuedExportPartTable
}
