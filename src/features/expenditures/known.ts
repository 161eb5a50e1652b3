import type { CalendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYearOf } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import { Problem } from '#core/problem.ts'
import type { Commitment } from '#features/commitments/commitment.ts'
import { requireUsable } from '#features/commitments/usable.ts'
import { type Asked, type CellFacts, envelopeOf, place } from '#features/funding/placement.ts'
import { entryFlags } from './flags.ts'
import { requireServiceDate } from './service-date.ts'

/**
 * The rules of entering one expenditure, for many that were read together: what they can name is
 * loaded once, and each is told all that is wrong with it, where entering one stops at the first.
 * The rules themselves are those of `placeStatement`, called one by one.
 */
export interface Known {
  readonly today: CalendarDate
  readonly mayEnter: (organization: string) => Issue | null
  readonly cellOf: (asked: Asked) => CellFacts
  /** By id or number, in capitals; undefined where there is none that may be seen. */
  readonly commitment: (text: string) => Commitment | undefined
}

/** What is stated so far: null is what could not be read, and is a finding already. */
export interface Stated {
  readonly organization: string | null
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate | null
  readonly commitment: string | null
}

export interface Judged {
  readonly measure: string | null
  readonly envelope: string | null
  readonly fiscalYear: FiscalYear | null
  readonly commitment: string | null
  readonly flags: readonly string[]
  /** Each with the pointer of its field. */
  readonly issues: readonly Issue[]
}

export function judgeStatement(stated: Stated, known: Known): Judged {
  const issues: Issue[] = []
  const { organization, serviceDate } = stated
  const refused = organization === null ? null : known.mayEnter(organization)
  if (refused !== null) {
    issues.push(refused)
  }
  const isDated =
    serviceDate !== null &&
    held(issues, () => {
      requireServiceDate(serviceDate, known.today)
      return true
    }) === true
  const placed = held(issues, () => settle(stated, known))
  const cell = placed === null ? null : known.cellOf(placed)
  const commitment =
    stated.commitment === null || placed === null || organization === null
      ? null
      : held(issues, () =>
          requireUsable(known.commitment(stated.commitment ?? ''), {
            organization,
            envelope: placed.envelope,
          }),
        )
  const fiscalYear = isDated && serviceDate !== null ? fiscalYearOf(serviceDate) : null
  return {
    measure: placed?.measure ?? stated.measure,
    envelope: placed?.envelope ?? stated.envelope,
    fiscalYear,
    commitment: commitment?.id ?? null,
    flags:
      fiscalYear === null || cell === null || organization === null
        ? []
        : entryFlags({ organization, fiscalYear }, cell, false),
    issues,
  }
}

function settle(asked: Asked, known: Known): Asked {
  const { measure, envelope } = known.cellOf(asked)
  return place(asked, measure, envelope)
}

/** Null where a rule refuses, with its finding kept. */
function held<T>(issues: Issue[], rule: () => T): T | null {
  try {
    return rule()
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error
    }
    issues.push(...error.issues)
    return null
  }
}

/** What the plan says about places, loaded once: as `loadCell` answers it. */
export function cellsOf(plan: {
  readonly measures: ReadonlyMap<string, CellFacts['measure']>
  readonly envelopes: ReadonlyMap<string, CellFacts['envelope']>
  readonly programmes: ReadonlyMap<string, CellFacts['programme']>
}): Known['cellOf'] {
  return (asked) => {
    const measure = asked.measure === null ? null : (plan.measures.get(asked.measure) ?? null)
    const code = envelopeOf(asked, measure)
    const envelope = code === null ? null : (plan.envelopes.get(code) ?? null)
    const owner = envelope?.programme ?? measure?.programme
    return { measure, envelope, programme: plan.programmes.get(owner ?? '') ?? null }
  }
}
