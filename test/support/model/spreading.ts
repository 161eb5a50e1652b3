import { added, type Book, heldBy, type Posting } from './book.ts'
import { termYears } from './ceiling.ts'

/**
 * The view in equal parts: what is planned and not distributed, over the years of the fixed total
 * that are not closed; a cell at a time, the cents left over to the earlier years. The key null is
 * what no open year is left for.
 */
export function plannedInEqualParts(
  { closedYears, aside, envelopes }: Book,
  planned: readonly Posting[],
): ReadonlyMap<number | null, bigint> {
  const parts = [...aside, ...envelopes].flatMap((envelope) => {
    const open = termYears(envelope).filter((year) => !closedYears.includes(year))
    const own = planned.filter(
      ({ envelope: code, year }) => code === envelope.code && year === null,
    )
    return [...Map.groupBy(own, ({ measure }) => measure).values()].flatMap((cell) =>
      split(added(cell.map(({ cents }) => cents)), open),
    )
  })
  const dated = planned.filter(({ year }) => year !== null)
  const years = new Set([...dated, ...parts].map(({ year }) => year))
  return new Map(
    [...years].map((year) => [
      year,
      heldBy(dated, (one) => one.year === year) +
        added(parts.filter((part) => part.year === year).map(({ cents }) => cents)),
    ]),
  )
}

interface Split {
  readonly year: number | null
  readonly cents: bigint
}

function split(whole: bigint, years: readonly number[]): readonly Split[] {
  if (years.length === 0) {
    return [{ year: null, cents: whole }]
  }
  const [sign, size] = whole < 0n ? [-1n, -whole] : [1n, whole]
  const among = BigInt(years.length)
  return years.map((year, place) => ({
    year,
    cents: sign * (size / among + (BigInt(place) < size % among ? 1n : 0n)),
  }))
}
