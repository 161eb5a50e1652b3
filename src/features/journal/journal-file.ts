import type { PostedEntry } from './entry.ts'

/**
 * An entry as other programs get it: with the event that posted it, and what its document says in
 * words. The words are those of the document as it was posted, which never change afterwards.
 */
export interface FiledEntry extends PostedEntry {
  /** Sequence number of its event, and that event's instant. */
  readonly position: number
  readonly at: string
  readonly said: Said
}

/** Null where the document has no such field. */
export interface Said {
  /** That people cite: `D-2025-2026-000123`; null for planned money of the official plan. */
  readonly number: string | null
  readonly reference: string | null
  readonly supplier: string | null
  readonly description: string | null
  readonly reason: string | null
}

export const journalFormats = ['hledger', 'csv'] as const
export type JournalFormat = (typeof journalFormats)[number]
