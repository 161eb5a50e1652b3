import type { Generated, GeneratedAlways } from 'kysely'

/** Tables of ledger extracts and of their matching. See schema.ts. */

export interface ExtractMappingTable {
  organization: string
  system: string
  version: Generated<number>
  date_column: string
  account_column: string | null
  document_column: string
  description_column: string
  supplier_column: string | null
  amount_column: string | null
  debit_column: string | null
  credit_column: string | null
  spending_sign: string
  changed_by: string
}

export interface ExtractTable {
  id: Generated<string>
  place: GeneratedAlways<string>
  organization: string
  fiscal_year: string
  period: number
  system: string | null
  file_name: string
  sha256: string
  row_count: number
  stated_total: string
  total: string
  supersedes: string | null
  loaded_by: string
  event: string
  understood: string
  line_count: number
  blank_count: number
  total_count: number
  header_count: number
}

export interface ExtractRowTable {
  extract: string
  number: number
  date: string
  account: string | null
  document: string
  description: string
  supplier: string | null
  amount: string
}

export interface ExtractFindingTable {
  extract: string
  place: number
  code: string
  number: number | null
  value: string | null
}

export interface MatchRunTable {
  id: Generated<string>
  place: GeneratedAlways<string>
  organization: string
  fiscal_year: string
  period: number
  extract: string
  carried_from: string | null
  tolerance: string
  tolerance_days: number
  stopped: Generated<string[]>
  state: Generated<string>
  version: Generated<number>
  prepared_by: string
  changed_by: string
  signed_by: string | null
}

export interface LedgerMatchTable {
  id: Generated<string>
  run: string
  place: number
  rule: string
  basis: string | null
  days: number
  residual: string
  reason: string | null
  made_by: string | null
  cause: string | null
  owner: string | null
  note: string | null
}

export interface MatchLineTable {
  run: string
  side: string
  number: number
  extract: string | null
  extract_row: number | null
  split_of: number | null
  expenditure: string | null
  amount: string
  since_fiscal_year: string
  since_period: number
  match: string | null
  cause: string | null
  owner: string | null
  note: string | null
}
