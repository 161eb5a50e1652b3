import type { Bilingual } from '#core/language.ts'

/** A ministry or body, by the acronym the sources use. Its name is that of a position. */
export interface Organization {
  readonly code: string
  readonly name: Bilingual
  /** False when the sources give only the acronym. */
  readonly nameKnown: boolean
  readonly jurisdiction: 'QC' | 'CA' | null
  readonly kind: string
}
