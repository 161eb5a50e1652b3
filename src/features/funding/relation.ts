import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'

/**
 * How two envelopes relate, and which money may therefore be added. `adds` and `renews` never
 * take money away; `replaces` and `includes` always do; `unknown` is read both ways: additive in
 * the high reading, and as its `ifNotAdditive` says in the low one.
 * Example: CA-2009 unknown to CA-2007, if not additive replaces: in the low reading CA-2007 counts
 * nothing from 2009-2010, the first year of CA-2009.
 */
export const relationKinds = ['adds', 'replaces', 'includes', 'renews', 'unknown'] as const
export type RelationKind = (typeof relationKinds)[number]

export interface Relation {
  readonly from: string
  readonly to: string
  readonly kind: RelationKind
  readonly stated: boolean
  readonly ifNotAdditive: 'replaces' | 'includes' | null
  readonly citation: string
  readonly document: string
  readonly reading: Bilingual | null
}

/** Money of `envelope` that another one already holds: all of it, or from a year on. */
export interface Absorption {
  readonly relation: Relation
  readonly envelope: string
  /** Null: every year. */
  readonly from: FiscalYear | null
}

/**
 * @param firstYears first fiscal year of each envelope
 * @param isNotAdditive whether an unknown relation is read as not additive
 */
export function absorptions(
  relations: readonly Relation[],
  firstYears: ReadonlyMap<string, FiscalYear>,
  isNotAdditive: (relation: Relation) => boolean,
): readonly Absorption[] {
  return relations.flatMap((relation): Absorption[] => {
    const reading = relation.kind === 'unknown' ? relation.ifNotAdditive : relation.kind
    if (relation.kind === 'unknown' && !isNotAdditive(relation)) {
      return []
    }
    switch (reading) {
      case 'replaces':
        return [{ relation, envelope: relation.to, from: firstYears.get(relation.from) ?? null }]
      case 'includes':
        return [{ relation, envelope: relation.to, from: null }]
      default:
        return []
    }
  })
}

/** Whether money of that envelope and year is held elsewhere. Undistributed money has no year. */
export const isAbsorbed = (
  found: readonly Absorption[],
  envelope: string,
  year: FiscalYear | null,
): boolean =>
  found.some(
    (absorption) =>
      absorption.envelope === envelope &&
      (absorption.from === null ||
        (year !== null && compareFiscalYears(year, absorption.from) >= 0)),
  )
