import { compareFiscalYears, type FiscalYear, firstDay, lastDay } from '#core/fiscal-year.ts'
import { Money, percentOf } from '#core/money.ts'
import { type Envelope, termYears } from '#features/funding/envelope.ts'
import { addColumns, type Columns, emptyColumns, plannedOf } from './columns.ts'
import { type Exception, exception } from './exception.ts'
import type { Facts, Question, Range } from './facts.ts'
import { isNothingRecorded } from './figures.ts'
import { elapsedOf } from './forecast.ts'
import { type Portion, selectPortions } from './portion.ts'
import { isWithin } from './range.ts'
import { isUpperBound } from './row-flags.ts'
import { hundredths, type Thresholds } from './threshold.ts'

/**
 * Money that runs ahead of its time or behind it: the share spent against the share of the months
 * that have ended, of an envelope's term or of one year of its recurring money, at the position's
 * day. Ahead is said only while the time runs; what lies partly outside the range is left out.
 * Example: 70 % spent when 7 of 12 months (58.33 %) have ended is 11.67 points ahead.
 */
interface Span extends Range {
  /** Null: the term. */
  readonly fiscalYear: FiscalYear | null
  readonly columns: Columns
}

export const timeExceptions = (
  facts: Facts,
  question: Question,
  thresholds: Thresholds,
): readonly Exception[] => {
  const { portions } = selectPortions(facts, question)
  return facts.envelopes.flatMap((envelope) => {
    const own = portions.filter((portion) => portion.envelope === envelope.code)
    return spansOf(envelope, own, question).flatMap((span) =>
      ofSpan(span, envelope, facts, thresholds),
    )
  })
}

function spansOf(envelope: Envelope, portions: readonly Portion[], range: Range): readonly Span[] {
  const term = [...termYears(envelope)].sort(compareFiscalYears)
  const [from, to] = [term[0], term.at(-1)]
  const isOfTerm = ({ fiscalYear }: Portion): boolean =>
    fiscalYear === null || term.includes(fiscalYear)
  const dated = portions.filter((portion) => !isOfTerm(portion))
  const years = [...new Set(dated.flatMap(({ fiscalYear }) => fiscalYear ?? []))]
  const added = (isIn: (portion: Portion) => boolean): Columns =>
    portions.filter(isIn).reduce((sum, { columns }) => addColumns(sum, columns), emptyColumns)
  return [
    ...(from === undefined || to === undefined || !term.every((year) => isWithin(year, range))
      ? []
      : [{ from, to, fiscalYear: null, columns: added(isOfTerm) }]),
    ...years.sort(compareFiscalYears).map((year) => ({
      ...{ from: year, to: year, fiscalYear: year },
      columns: added(({ fiscalYear }) => fiscalYear === year),
    })),
  ]
}

function ofSpan(
  { from, to, fiscalYear, columns }: Span,
  envelope: Envelope,
  facts: Facts,
  thresholds: Thresholds,
): readonly Exception[] {
  const { months, monthsElapsed } = elapsedOf(facts, { from, to })
  const planned = plannedOf(columns)
  const percentSpent = percentOf(columns.spent, planned ?? Money.zero)
  if (planned === null || percentSpent === null || isNothingRecorded(columns)) {
    return []
  }
  const percentElapsed = percentText(monthsElapsed, months)
  const gap = hundredths(percentSpent) - hundredths(percentElapsed)
  const isRunning = monthsElapsed < months && !isUpperBound(envelope, facts)
  const isAhead = isRunning && gap > hundredths(thresholds.ahead)
  if (!isAhead && -gap <= hundredths(thresholds.behind)) {
    return []
  }
  const points = isAhead ? thresholds.ahead : thresholds.behind
  const days = { from: firstDay(from), to: lastDay(to) }
  const filter = new URLSearchParams({ envelope: envelope.code, state: 'posted', ...days })
  return [
    exception({
      flag: isAhead ? 'ahead-of-time' : 'behind-time',
      kind: 'envelope',
      key: envelope.code,
      label: envelope.title,
      envelope: envelope.code,
      ...{ fiscalYear, planned, percentSpent, percentElapsed },
      committed: columns.committed,
      spent: columns.spent,
      threshold: { fr: `${points.replace('.', ',')} points`, en: `${points} points` },
      why: {
        fr: `Dépensé à ${percentSpent.replace('.', ',')} %, ${monthsElapsed} mois écoulés sur ${months} (${percentElapsed.replace('.', ',')} %).`,
        en: `${percentSpent}% spent, ${monthsElapsed} of ${months} months ended (${percentElapsed}%).`,
      },
      href: `/api/v1/expenditures?${filter}`,
    }),
  ]
}

/** Months are no money: a ratio of two small whole numbers, half away from zero. */
function percentText(part: number, whole: number): string {
  const rounded = Math.floor((part * 20_000 + whole) / (2 * whole))
  return `${Math.floor(rounded / 100)}.${String(rounded % 100).padStart(2, '0')}`
}
