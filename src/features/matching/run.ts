import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { type Period, periodKey } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import type { Line } from './line.ts'
import type { Basis, MatchRule } from './rules.ts'

/**
 * A matching as it is kept. Lines of the ledger are numbered as in the file; those carried from
 * before, and parts of a line that was split, take the numbers after its last row. A line of the
 * journal is an expenditure, with all it moved in the period and what was carried of it.
 * Source: docs/words.md, Matching.
 */
export const causes = [
  'timing',
  'not-in-ledger',
  'not-in-service',
  'duplicate',
  'amount',
  'wrong-fiscal-year',
  'wrong-measure',
  'out-of-scope',
] as const
export type Cause = (typeof causes)[number]

/** Why something is open, and who sees to it. */
export interface Explanation {
  readonly cause: Cause
  readonly owner: string
  readonly note: string | null
}

export const runStates = ['open', 'signed'] as const
export type RunState = (typeof runStates)[number]

export interface Run {
  readonly id: string
  readonly organization: string
  readonly period: Period
  readonly extract: string
  readonly carriedFrom: string | null
  readonly tolerance: Money
  readonly toleranceDays: number
  readonly stopped: readonly string[]
  readonly state: RunState
  readonly version: number
  readonly preparedBy: string
  readonly changedBy: string
  readonly signedBy: string | null
}

export interface KeptLine {
  readonly number: number
  readonly amount: Money
  /** Since when it is open. */
  readonly since: Period
  readonly match: string | null
  readonly explanation: Explanation | null
  /** What it says, as the rules compare it. */
  readonly said: Line
}

export interface ExtractLine extends KeptLine {
  readonly extract: string
  readonly row: number
  readonly splitOf: number | null
}

export interface JournalLine extends KeptLine {
  readonly expenditure: string
}

export interface KeptMatch {
  readonly id: string
  readonly rule: MatchRule
  readonly basis: Basis | null
  readonly days: number
  readonly residual: Money
  readonly reason: string | null
  readonly madeBy: string | null
  readonly explanation: Explanation | null
}

/** All of a run. */
export interface RunContents {
  readonly run: Run
  readonly matches: readonly KeptMatch[]
  readonly extract: readonly ExtractLine[]
  readonly journal: readonly JournalLine[]
}

export const runStateNames: Readonly<Record<RunState, Bilingual>> = {
  open: { fr: 'en cours', en: 'open' },
  signed: { fr: 'signé', en: 'signed' },
}

/** What a line says, as its own document prints it. */
export interface PrintedLine {
  readonly side: 'extract' | 'journal'
  readonly number: number
  readonly date: string
  readonly document: string
  readonly party: string
  readonly description: string
}

/** All of a run, and what its lines' documents print. */
export interface RunLines {
  readonly contents: RunContents
  readonly printed: readonly PrintedLine[]
}

export const runName = ({ organization, period }: Run): string =>
  `${periodKey(period)} ${organization}`

export const runNotFound = (): Problem =>
  new Problem('not-found', 'matching/not-found', {
    fr: 'Ce rapprochement d’extrait n’existe pas.',
    en: 'There is no such matching.',
  })

/** @throws Problem `matching/signed` */
export function requireOpen(run: Run): void {
  if (run.state === 'signed') {
    throw new Problem('conflict', 'matching/signed', {
      fr: `L’appariement ${runName(run)} est signé : il ne change plus.`,
      en: `The matching ${runName(run)} is signed: it changes no more.`,
    })
  }
}

/** @throws Problem `matching/stale` when somebody changed it since it was shown. */
export function requireVersion(run: Run, shown: number): void {
  if (run.version !== shown) {
    throw new Problem('stale', 'matching/stale', {
      fr: `L’appariement ${runName(run)} a changé depuis que vous l’avez vu (version ${shown}, maintenant ${run.version}). Relisez-le.`,
      en: `The matching ${runName(run)} has changed since you saw it (version ${shown}, now ${run.version}). Read it again.`,
    })
  }
}

/** What an event seals of a run; the digest stands for its lines, matches, causes and owners. */
export const sealedRun = (run: Run, digest: string) => ({
  id: run.id,
  organization: run.organization,
  fiscalYear: run.period.fiscalYear,
  period: run.period.number,
  extract: run.extract,
  carriedFrom: run.carriedFrom,
  tolerance: run.tolerance.toString(),
  toleranceDays: run.toleranceDays,
  stopped: [...run.stopped],
  state: run.state,
  version: run.version,
  preparedBy: run.preparedBy,
  changedBy: run.changedBy,
  signedBy: run.signedBy,
  digest,
})

export interface RunFilter {
  readonly organization?: string | undefined
  readonly fiscalYear?: FiscalYear | undefined
  readonly period?: number | undefined
}
