import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import type { ClosedYear } from '#features/funding/closed-year.ts'
import type { Envelope, PublishedAuthority } from '#features/funding/envelope.ts'
import type { Relation } from '#features/funding/relation.ts'
import type { Account, Cell, EntryKind } from '#features/journal/entry.ts'
import type { Organization } from '#features/organizations/organization.ts'
import type { Measure } from '#features/programmes/measure.ts'
import type { Axis, Jurisdiction, Programme } from '#features/programmes/programme.ts'

/**
 * Everything a reconciliation is computed from, read in one snapshot at one position. The engine
 * takes nothing else: same facts and parameters, same report.
 */
export interface Balance extends Cell {
  readonly account: Account
  readonly kind: EntryKind
  readonly recordedIn: Period | null
  readonly amount: Money
}

/** Entries of a cell that carry a flag, less their reversals, which another period may hold. */
export interface FlagCount extends Cell {
  readonly flag: string
  readonly entries: number
  readonly recordedIn: Period | null
}

/**
 * How finely balances are read. `year`: added over the periods that recorded them, a tenth of the
 * rows, enough for every table but the one by period; `recordedIn` is then null.
 */
export type Grain = 'period' | 'year'

export interface Facts {
  readonly position: number
  /** Instant of that position, ISO in UTC. */
  readonly positionAt: string
  readonly seal: string
  readonly programmes: readonly Programme[]
  readonly axes: readonly Axis[]
  readonly measures: readonly Measure[]
  readonly envelopes: readonly Envelope[]
  readonly relations: readonly Relation[]
  readonly organizations: readonly Organization[]
  readonly authorities: readonly PublishedAuthority[]
  readonly closedYears: readonly ClosedYear[]
  readonly balances: readonly Balance[]
  readonly flags: readonly FlagCount[]
}

export const dimensions = [
  'measure',
  'axis',
  'lead',
  'organization',
  'envelope',
  'fiscal-year',
  'period',
  'programme',
] as const
export type Dimension = (typeof dimensions)[number]

export const spreads = ['none', 'straight-line'] as const
export type Spread = (typeof spreads)[number]

export interface Range {
  readonly from: FiscalYear
  readonly to: FiscalYear
}

export interface Question extends Range {
  readonly by: Dimension
  readonly jurisdiction: Jurisdiction
  readonly spread: Spread
}

/** The part of the facts that one government's report speaks of. Two are never added. */
export function factsOf(facts: Facts, jurisdiction: Jurisdiction): Facts {
  const programmes = facts.programmes.filter((programme) => programme.jurisdiction === jurisdiction)
  const codes = new Set(programmes.map(({ code }) => code))
  const measures = facts.measures.filter(({ programme }) => codes.has(programme))
  const envelopes = facts.envelopes.filter(({ programme }) => codes.has(programme))
  const measureCodes = new Set(measures.map(({ code }) => code))
  const envelopeCodes = new Set(envelopes.map(({ code }) => code))
  const isHere = ({ envelope, measure }: Cell): boolean =>
    envelope === null ? measure !== null && measureCodes.has(measure) : envelopeCodes.has(envelope)
  return {
    ...facts,
    programmes,
    measures,
    envelopes,
    axes: facts.axes.filter(({ programme }) => codes.has(programme)),
    relations: facts.relations.filter(({ from }) => envelopeCodes.has(from)),
    authorities: facts.authorities.filter(({ envelope }) => envelopeCodes.has(envelope)),
    closedYears: facts.closedYears.filter(({ programme }) => codes.has(programme)),
    balances: facts.balances.filter(isHere),
    flags: facts.flags.filter(isHere),
  }
}
