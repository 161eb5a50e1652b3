import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, compare, isNegative, isPositive, Money, negate, subtract } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { Problem } from '#core/problem.ts'
import { type Headroom, headroom } from '#features/journal/headroom.ts'
import { type Envelope, isShared, termYears } from './envelope.ts'
import type { Revision, RevisionLine } from './revision.ts'

/**
 * What may leave an envelope: no more than the headroom of the year it leaves and, in a shared
 * envelope, of the member or common part it leaves; and a distribution no more than its source cell
 * holds. What the same revision brings to other cells is counted first: money given to a year that
 * drew on the undistributed part is what that part had to cover.
 * Example: undistributed 100.00, 2024-2025 at −40.00. 100.00 to 2025-2026 is refused, since 40.00 of
 * it is drawn; 40.00 to 2024-2025 and 60.00 to 2025-2026 is not.
 */
export interface AvailableCell {
  readonly measure: string | null
  readonly year: FiscalYear | null
  readonly amount: Money
}

/** @param cells what is available in the envelope, read under its lock */
export function requireRoom(
  revision: Revision,
  envelope: Envelope,
  cells: readonly AvailableCell[],
): void {
  const moved = revision.lines
    .filter((line) => line.envelope === envelope.code)
    .map((line) =>
      revision.kind === 'reduction' ? { ...line, amount: negate(line.amount) } : line,
    )
  const given = moved.filter(({ amount }) => isNegative(amount))
  const received = moved.filter(({ amount }) => isPositive(amount))
  const counted = [...cells, ...received.map((line) => ({ ...line, year: line.fiscalYear }))]
  const years = { parts: termYears(envelope), partOf: ({ year }: Standing) => year }
  requireParts(revision, envelope, { given, counted, ...years })
  if (isShared(envelope)) {
    const members = { parts: envelope.measures, partOf: ({ measure }: Standing) => measure }
    requireParts(revision, envelope, { given, counted, ...members })
  }
  if (revision.kind === 'distribution') {
    for (const line of given) {
      requireHeld(revision, line, cells)
    }
  }
}

type Standing = Omit<AvailableCell, 'amount'>

interface Parting<Part> {
  readonly given: readonly RevisionLine[]
  readonly counted: readonly AvailableCell[]
  readonly parts: readonly Part[]
  readonly partOf: (cell: Standing) => Part | null
}

/** Part after part: what one takes is gone for the next. */
function requireParts<Part extends string>(
  revision: Revision,
  envelope: Envelope,
  { given, counted, parts, partOf }: Parting<Part>,
): void {
  const available = new Map<Part | null, Money>()
  const put = (part: Part | null, amount: Money): void => {
    available.set(part, add(available.get(part) ?? Money.zero, amount))
  }
  for (const cell of counted) {
    put(partOf(cell), cell.amount)
  }
  const taken = Map.groupBy(given, ({ measure, fiscalYear }) =>
    partOf({ measure, year: fiscalYear }),
  )
  for (const [part, lines] of taken) {
    const amount = lines.reduce((total, line) => subtract(total, line.amount), Money.zero)
    const room = headroom({ termYears: parts, byYear: available }, part)
    if (compare(amount, room.amount) > 0) {
      throw aboveHeadroom(revision, `${envelope.code}${part === null ? '' : ` ${part}`}`, {
        amount,
        room,
      })
    }
    put(part, negate(amount))
  }
}

function aboveHeadroom(
  { number, kind }: Revision,
  place: string,
  { amount, room }: { readonly amount: Money; readonly room: Headroom },
): Problem {
  const [taken, allowed, own, common, shortfall, whole] = [
    amount,
    room.amount,
    room.availableInYear,
    room.undistributed,
    room.otherYearsShortfall,
    room.availableOverTerm,
  ].map(moneyWords)
  const counted =
    kind === 'distribution'
      ? {
          fr: ' Ce que la répartition apporte ailleurs est compté.',
          en: ' What the distribution brings elsewhere is counted.',
        }
      : { fr: '', en: '' }
  return new Problem('refused', 'funding/above-headroom', {
    fr: `${number} : ${taken?.fr} dépasse la marge de ${place}, ${allowed?.fr} (disponible de cette part ${own?.fr}, non réparti ${common?.fr}, insuffisance des autres parts ${shortfall?.fr}, disponible en tout ${whole?.fr}).${counted.fr}`,
    en: `${number}: ${taken?.en} is above the headroom of ${place}, ${allowed?.en} (available in this part ${own?.en}, undistributed ${common?.en}, shortfall of the other parts ${shortfall?.en}, available in all ${whole?.en}).${counted.en}`,
  })
}

function requireHeld(
  { number }: Revision,
  { envelope, measure, fiscalYear, amount }: RevisionLine,
  cells: readonly AvailableCell[],
): void {
  const held =
    cells.find((cell) => cell.measure === measure && cell.year === fiscalYear)?.amount ?? Money.zero
  if (compare(negate(amount), held) > 0) {
    const [asked, there] = [moneyWords(negate(amount)), moneyWords(held)]
    const place = [envelope, measure, fiscalYear].filter((part) => part !== null).join(' ')
    throw new Problem('refused', 'funding/cell-holds-less', {
      fr: `${number} : ${asked.fr} ne peut pas quitter ${place}, qui n’a que ${there.fr}.`,
      en: `${number}: ${asked.en} cannot leave ${place}, which has only ${there.en}.`,
    })
  }
}
