import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { Source } from './measure.ts'

export const jurisdictions = ['QC', 'CA'] as const
export type Jurisdiction = (typeof jurisdictions)[number]

export interface SourceDocument {
  readonly code: string
  readonly title: Bilingual
  /** Among the fixtures; null for a document that people cited. */
  readonly file: string | null
  readonly url: string | null
  /** Null where nobody gave it. */
  readonly sha256: string | null
}

/** What a reader of a programme's or an envelope's figures must know. */
export interface PlanNote {
  readonly code: string
  readonly text: Bilingual
  readonly citation: { readonly document: string; readonly quote: string } | null
}

export interface Announced {
  readonly amount: Money
  readonly asStated: string
  readonly precision: Money
  readonly source: string
}

/** A government's plan, or strategy. Without a last year it has no end stated. */
export interface Programme {
  readonly code: string
  readonly jurisdiction: Jurisdiction
  readonly title: Bilingual
  readonly organization: string
  readonly firstFiscalYear: FiscalYear
  readonly lastFiscalYear: FiscalYear | null
  readonly announced: Announced | null
  readonly source: Source
}

export interface Axis {
  readonly code: string
  readonly programme: string
  readonly place: number
  readonly title: Bilingual
  readonly source: Source
}

/** A published figure that is not spending, and why it enters no spent column. */
export interface Announcement {
  readonly code: string
  readonly jurisdiction: Jurisdiction
  readonly document: string
  readonly row: number
  readonly date: string
  readonly subject: string
  readonly nature: string
  readonly amount: Money | null
  readonly period: string | null
  readonly detail: string
  readonly url: string
  readonly reason: { readonly code: string; readonly text: Bilingual }
}
