import type { Generated, GeneratedAlways } from 'kysely'

/** Tables of the record itself: events, people, periods, kept answers. See schema.ts. */

export interface EventTable {
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

export interface ChainHeadTable {
  single: boolean
  sequence: string
  at: string
  hash: string
}

export interface PersonTable {
  id: Generated<string>
  email: string
  name: string
  is_disabled: Generated<boolean>
  version: Generated<number>
}

export interface PersonRoleTable {
  person: string
  role: string
  organization: string
}

export interface ApiTokenTable {
  hash: string
  person: string
  created_at: Generated<string>
  expires_at: string
  id: Generated<string>
  label: Generated<string>
  last_used_at: string | null
  revoked_at: string | null
}

export interface PersonPasswordTable {
  person: string
  hash: string
  changed_at: Generated<string>
}

export interface SessionTable {
  hash: string
  person: string
  created_at: Generated<string>
  used_at: Generated<string>
  expires_at: string
  ended_at: string | null
  id: Generated<string>
  address: string | null
}

/** Its array of instants stays the text that PostgreSQL prints: only SQL looks into it. */
export interface SignInAttemptTable {
  account: string
  address: string
  failed_at: string
  last_at: string
}

export interface IdempotencyKeyTable {
  actor: string
  key: string
  request_hash: string
  status: number | null
  etag: string | null
  answer: string | null
  created_at: Generated<string>
}

export interface PeriodTable {
  organization: string
  fiscal_year: string
  number: number
  is_closed: Generated<boolean>
  version: Generated<number>
  closed_event: string | null
}

export interface ObservationTable {
  id: Generated<string>
  event: string
  place: GeneratedAlways<string>
  subject: string
  text: string
  written_by: string
}
