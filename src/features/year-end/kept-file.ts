import type { Language } from '#core/language.ts'

/** A file of the report of a closed year, as it was kept at the approval; JSON says both languages. */
export interface KeptFile {
  readonly format: 'json' | 'xlsx'
  readonly language: Language | null
  readonly sha256: string
}
