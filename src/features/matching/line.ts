import type { CalendarDate } from '#core/calendar-date.ts'

/**
 * What the two sides of a matching have in common: a row of a ledger extract, or the money that an
 * expenditure moved in the period. Cents are bigint, spending is positive and a credit negative.
 * Documents and parties are compared without case, accents or repeated space; leading zeros count:
 * `f-1001 ` is `F-1001`, `0042` is not `42`. Rows are put in an order of their content, and rows
 * that say the same are interchangeable, so a file that is shuffled is matched alike.
 */
export interface Line {
  /** Row number of the run, or the expenditure. */
  readonly id: string
  readonly document: string
  /** The supplier; of an extract without that column, what its description says. */
  readonly party: string
  readonly cents: bigint
  readonly date: CalendarDate
  /** The document's own date where it is known and another one; null for an extract's row. */
  readonly documentDate: CalendarDate | null
  /** What else tells two lines apart: account, description, measure. */
  readonly rest: string
}

export const documentKey = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replaceAll(/\s+/g, ' ').trim()

/** Letters and digits alone: `École Saint-Jean inc.` is `ECOLE SAINT JEAN INC`. */
export const partyKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export function compareLines(a: Line, b: Line): number {
  return (
    compareTexts(a.document, b.document) ||
    compareMoves(a, b) ||
    compareTexts(a.documentDate ?? '', b.documentDate ?? '') ||
    compareTexts(a.party, b.party) ||
    compareTexts(a.rest, b.rest) ||
    compareTexts(a.id.padStart(9, '0'), b.id.padStart(9, '0'))
  )
}

/** Amount and date: what is left to compare of two lines of one document. */
export const compareMoves = (a: Line, b: Line): number =>
  compareCents(a.cents, b.cents) || compareTexts(a.date, b.date)

export function compareCents(a: bigint, b: bigint): number {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

function compareTexts(a: string, b: string): number {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

export const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b)

export function totalOf(lines: Iterable<{ readonly cents: bigint }>): bigint {
  let total = 0n
  for (const { cents } of lines) {
    total += cents
  }
  return total
}

const dayMillis = 86_400_000

export const daysBetween = (a: CalendarDate, b: CalendarDate): number =>
  Math.abs(Date.parse(a) - Date.parse(b)) / dayMillis
