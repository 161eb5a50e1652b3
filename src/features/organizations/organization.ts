import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/** A ministry or body, by the acronym the sources use. Its name is that of a position. */
export interface Organization {
  readonly code: string
  readonly name: Bilingual
  /** False when the sources give only the acronym, and nobody has given the name since. */
  readonly nameKnown: boolean
  readonly jurisdiction: 'QC' | 'CA' | null
  readonly kind: string
}

/** With the version of its name: each name it was given counts one. */
export type NamedOrganization = Organization & { readonly version: number }

export const organizationStale = (): Problem =>
  new Problem('stale', 'organizations/stale', {
    fr: 'Le nom de l’organisme a été changé depuis qu’il a été lu. Relisez-le avant de le changer.',
    en: 'The organization’s name was changed since it was read. Read it again before changing it.',
  })
