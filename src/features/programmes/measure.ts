import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/**
 * One action of the plan, with every column of the published table. `own`: an envelope of its own;
 * `shared`: one envelope for several measures; `self_funded`: paid from the organization's own
 * resources (autofinancé), so it takes no envelope; `none`: no money is planned for it.
 */
export const fundings = ['own', 'shared', 'self_funded', 'none'] as const
export type Funding = (typeof fundings)[number]

export interface Source {
  readonly document: string
  /** Null where nobody gave it. */
  readonly sha256: string | null
  readonly quote: string
}

export interface Collaborator {
  readonly code: string | null
  readonly name: Bilingual
}

export interface Measure {
  readonly code: string
  readonly programme: string
  readonly axis: string
  readonly place: number
  readonly title: Bilingual
  readonly funding: Funding
  readonly envelopes: readonly string[]
  readonly leads: readonly string[]
  readonly collaborators: readonly Collaborator[]
  readonly recommendations: readonly number[]
  readonly initiative: string | null
  readonly adaptation: boolean
  readonly accessibility: boolean
  readonly deliverables: readonly string[]
  /** Background read from another document, as the fixture words it. */
  readonly context: unknown
  readonly source: Source
}

/** Whether the plan names this organization for the measure, as a lead or a collaborator. */
export const names = (measure: Measure, organization: string): boolean =>
  measure.leads.includes(organization) ||
  measure.collaborators.some(({ code }) => code === organization)

/** Joint leads are one key, in alphabetical order: `MJQ+MSP`. */
export const leadKey = (measure: Measure): string => [...measure.leads].sort().join('+')

/** `12`, `A3` and `QC-12` are the same measure to the person who types it. */
export function measureCode(typed: string): string {
  const text = typed.trim().toUpperCase()
  return /^(\d{1,2}|A\d)$/.test(text) ? `QC-${text}` : text
}

export const measureNotFound = (code: string): Problem =>
  new Problem('not-found', 'programmes/measure-not-found', {
    fr: `La mesure « ${code} » n’existe pas dans le plan.`,
    en: `There is no measure “${code}” in the plan.`,
  })
