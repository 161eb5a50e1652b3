import type { Generated, GeneratedAlways } from 'kysely'

/** Tables of files that are made in the background. See schema.ts. */

export interface QueuedExportTable {
  id: Generated<string>
  place: GeneratedAlways<string>
  state: Generated<string>
  version: Generated<number>
  asked_by: string
  asked_at: Generated<string>
  report: string
  language: string
  command: string
  position: string
  shows_documents: boolean
  event: string
  attempt: Generated<number>
  rows_done: Generated<number>
  rows_total: number | null
  failure: string | null
  bytes: string | null
  sha256: string | null
  finished_event: string | null
  expires_at: string | null
}

export interface QueuedExportPartTable {
  export: string
  place: number
  content: Buffer
}
