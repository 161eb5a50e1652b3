import type { Language } from '#core/language.ts'

/**
 * The files kept of a closed year: its reconciliation as it stood at the approval, in JSON and as a
 * workbook in each language, each with its SHA-256 in the event that kept it. They never change;
 * what is found later shows in the bridge from that position. Source: docs/words.md, closing a year.
 */
export interface FrozenName {
  readonly format: 'json' | 'xlsx'
  /** Empty for JSON, which says both. */
  readonly language: Language | ''
}

export interface FrozenFile extends FrozenName {
  readonly content: Buffer
  readonly sha256: string
}
