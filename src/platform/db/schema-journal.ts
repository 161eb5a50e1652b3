import type { Generated, GeneratedAlways } from 'kysely'

/** Tables of the journal and of the documents behind it. See schema.ts. */

export interface JournalEntryTable {
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

export interface JournalLineTable {
  entry: string
  place: number
  account: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  amount: string
}

export interface JournalBalanceTable {
  account: string
  kind: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
  amount: string
  lines: string
}

export interface JournalFlagTable {
  flag: string
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
  entries: number
}

export interface DocumentCounterTable {
  prefix: string
  fiscal_year: string
  last: number
}

export interface CommitmentTable {
  id: Generated<string>
  number: string
  state: Generated<string>
  version: Generated<number>
  organization: string
  measure: string | null
  envelope: string
  fiscal_year: string
  held_fiscal_year: string
  supplier: string
  reference: string
  description: string
  amount: string
  consumed: Generated<string>
  released: Generated<string>
  flags: Generated<string[]>
  prepared_by: string
  changed_by: string
  submitted_by: string | null
  approved_by: string | null
  released_by: string | null
  entry: string | null
}

export interface ExpenditureTable {
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
  submitted_at: string | null
  commitment: string | null
  refunded: Generated<string>
  reclassified_from: string | null
}

export interface ExpenditureRequestTable {
  id: Generated<string>
  expenditure: string
  place: GeneratedAlways<number>
  kind: string
  state: Generated<string>
  reason: string
  asked_by: string
  decided_by: string | null
  decision_reason: string | null
  asked_at: Generated<string | null>
  amount: string | null
  day: string | null
  measure: string | null
  envelope: string | null
  service_date: string | null
  entry: string | null
}
