import type { Generated } from 'kysely'

/** Tables of files that people bring. See schema.ts. */

export interface ExpenditureSealTable {
  event: string
  place: number
  expenditure: string
  version: number
  leaf: Buffer
}

export interface ImportBatchTable {
  id: Generated<string>
  state: Generated<string>
  version: Generated<number>
  organizations: Generated<string[]>
  file_name: string
  sha256: string
  content: Buffer
  asked: string
  understood: Generated<string>
  lines: Generated<number>
  ignored: Generated<number>
  new_rows: Generated<number>
  duplicate_rows: Generated<number>
  changed_rows: Generated<number>
  rejected_rows: Generated<number>
  unreadable_amounts: Generated<number>
  new_amount: Generated<string>
  duplicate_amount: Generated<string>
  changed_amount: Generated<string>
  rejected_amount: Generated<string>
  findings: Generated<string>
  created_at: Generated<string>
  prepared_by: string
  confirmed_by: string | null
  confirmed_event: string | null
  confirmed_rows: number | null
  confirmed_amount: string | null
  submitted_by: string | null
  approved_by: string | null
  reversal_asked_by: string | null
  reversal_reason: string | null
  reversed_by: string | null
}

export interface ImportRowTable {
  batch: string
  place: number
  state: string
  expenditure: string | null
  organization: string | null
  measure: string | null
  envelope: string | null
  service_date: string | null
  document_number: string | null
  supplier: string | null
  description: string | null
  amount: string | null
  commitment: string | null
  flags: Generated<string[]>
  same_as: string | null
  same_as_row: number | null
  differs: Generated<string[]>
  issues: string | null
}
