import type { Bilingual } from '#core/language.ts'

/**
 * A promise about the record that can be recomputed at any time. A check answers what breaks it,
 * the first ones only, named so that an auditor finds the place: an event, an entry, a cell.
 */
export interface Break {
  /** `event 12`, `entry 40`, `cell QC-M12 2025-2026 spent`. */
  readonly place: string
  readonly expected: string
  readonly found: string
}

export interface Check<Reader> {
  readonly code: string
  readonly claim: Bilingual
  readonly run: (reader: Reader) => Promise<readonly Break[]>
}

export interface CheckResult {
  readonly code: string
  readonly claim: Bilingual
  readonly breaks: readonly Break[]
}

/** Every check of one snapshot, and what it cannot vouch for. */
export interface Verification {
  readonly isIntact: boolean
  readonly position: number
  readonly seal: string
  /** Events after the last anchor: cut off or rewritten, they would leave no trace outside. */
  readonly unanchored: { readonly from: number; readonly to: number } | null
  readonly checks: readonly CheckResult[]
}

export const breaksMax = 20
