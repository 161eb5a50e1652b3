import { type Keys, ownResourcesKey } from '#features/reconciliation/dimension.ts'
import type { Balance, Dimension, Facts } from '#features/reconciliation/facts.ts'

/**
 * Where a cell of the journal stands in a workbook: the row of the summary that adds it up, the
 * member's row that repeats it, and its place on a sheet. Both keys come from the engine's own
 * `placesOf`, so that SUMIFS over a sheet gives the engine's figure whatever the dimension.
 * Example, by measure: money of QC-COMMUNICATION distributed to QC-3 has the row key
 * QC-COMMUNICATION and the member key QC-3; money of QC-M8 has the row key QC-8 and no member.
 */
export type PlacedCell = Pick<
  Balance,
  'envelope' | 'measure' | 'organization' | 'fiscalYear' | 'recordedIn'
>

export interface RowKeys {
  readonly rowKey: string
  readonly memberKey: string | null
}

/** @throws RangeError for a cell that no row adds up: the report would have lost it as well. */
export function rowKeysOf(keys: Keys, cell: PlacedCell, by: Dimension): RowKeys {
  const places = keys.placesOf(cell, by)
  const row = places.find(({ isRepeated }) => !isRepeated)
  if (row === undefined) {
    throw new RangeError(`${cell.envelope ?? ownResourcesKey}: no row ${by} adds this cell up`)
  }
  return {
    rowKey: row.key,
    memberKey: places.find(({ isRepeated }) => isRepeated)?.key ?? null,
  }
}

/**
 * The order of the plan, then of time: the database gives balances in no particular order, and the
 * same record must give the same bytes.
 */
export function cellOrder(facts: Facts): (a: PlacedCell, b: PlacedCell) => number {
  const places = new Map(
    [...facts.envelopes, ...facts.measures].map(({ code }, place) => [
      code,
      String(place).padStart(6, '0'),
    ]),
  )
  const placeOf = (code: string | null): string => (code === null ? '' : (places.get(code) ?? code))
  const sortKey = (cell: PlacedCell): string =>
    [
      cell.envelope === null ? '~' : placeOf(cell.envelope),
      placeOf(cell.measure),
      cell.organization,
      cell.fiscalYear ?? '',
      cell.recordedIn === null ? '' : cell.recordedIn.fiscalYear,
      cell.recordedIn === null ? '' : String(cell.recordedIn.number).padStart(2, '0'),
    ].join('\n')
  return (a, b) => {
    const [first, second] = [sortKey(a), sortKey(b)]
    return first === second ? 0 : first < second ? -1 : 1
  }
}
