import { type FiscalYear, lastDay } from '#core/fiscal-year.ts'
import { add, type Money, negate } from '#core/money.ts'
import { appropriationLines, type Cell, type Entry, type Line } from '#features/journal/entry.ts'
import type { Closing } from './closing.ts'
import type { Part } from './top-up.ts'

/**
 * The entries of a year-end, on the year's last day: for each envelope at most one distribution,
 * one carry-forward and one lapse. Example: 50.00 carried and 250.00 lapsed are available −50.00 in
 * 2025-2026 and +50.00 in 2026-2027, then available −250.00 and authority +250.00.
 */
export interface ClosedAs {
  readonly id: string
  readonly fiscalYear: FiscalYear
  readonly carriedTo: FiscalYear
}

export const closingEntries = (closings: readonly Closing[], as: ClosedAs): readonly Entry[] =>
  closings.flatMap((closing) =>
    [
      entryOf('distribution', toppingUp(closing, as), closing, as),
      entryOf('carry-forward', carrying(closing, as), closing, as),
      entryOf('lapse', lapsing(closing, as), closing, as),
    ].filter(({ lines }) => lines.length > 0),
  )

const entryOf = (
  kind: Entry['kind'],
  lines: readonly Line[],
  { envelope }: Closing,
  { id, fiscalYear }: ClosedAs,
): Entry => ({
  kind,
  organization: envelope.organization,
  effectiveOn: lastDay(fiscalYear),
  recordedIn: null,
  document: { type: 'year-end', id },
  reverses: null,
  flags: [],
  lines,
})

const cellOf = ({ envelope }: Closing, measure: Part, fiscalYear: FiscalYear | null): Cell => ({
  envelope: envelope.code,
  measure,
  organization: envelope.organization,
  fiscalYear,
})

/** A line a cell: several members may take from the common part. */
function toppingUp(closing: Closing, { fiscalYear }: ClosedAs): readonly Line[] {
  const lines = new Map<string, Line>()
  const put = (part: Part, year: FiscalYear | null, amount: Money): void => {
    const key = JSON.stringify([part, year])
    const cell = cellOf(closing, part, year)
    const before = lines.get(key)
    const total = before === undefined ? amount : add(before.amount, amount)
    lines.set(key, { account: 'available', cell, amount: total })
  }
  for (const { from, to, amount } of closing.takings) {
    put(from, null, negate(amount))
    put(to, fiscalYear, amount)
  }
  return [...lines.values()]
}

function carrying(closing: Closing, { fiscalYear, carriedTo }: ClosedAs): readonly Line[] {
  const committed = closing.commitments.map(({ measure, organization, amount }) => {
    const cell = { envelope: closing.envelope.code, measure, organization }
    return { account: 'committed' as const, cell, amount }
  })
  const available = closing.carried.map(({ part, amount }) => {
    const { fiscalYear: _year, ...cell } = cellOf(closing, part, null)
    return { account: 'available' as const, cell, amount }
  })
  return [...committed, ...available].flatMap(({ account, cell, amount }) => [
    { account, cell: { ...cell, fiscalYear }, amount: negate(amount) },
    { account, cell: { ...cell, fiscalYear: carriedTo }, amount },
  ])
}

const lapsing = (closing: Closing, { fiscalYear }: ClosedAs): readonly Line[] =>
  closing.lapsed.flatMap(({ part, amount }) =>
    appropriationLines(cellOf(closing, part, fiscalYear), negate(amount)),
  )
