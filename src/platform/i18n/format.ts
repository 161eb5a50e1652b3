import { type CalendarDate, calendarDate } from '#core/calendar-date.ts'
import { fiscalYear, shortLabel } from '#core/fiscal-year.ts'
import type { Bilingual, Language } from '#core/language.ts'
import { isZero, type Money } from '#core/money.ts'
import type { Missing } from '#core/table.ts'

/**
 * How values look to a person, in French and in English. Amounts go to Intl as
 * their decimal text, never as a number, so 9 999 999 999 999,99 $ keeps its cents. Spaces inside a
 * value are U+00A0: a line never breaks in the middle of an amount, nor of `s. o.`. Absent, not
 * applicable, unknown and zero look different: `—`, `s. o.`, `inconnu`, `0,00 $`.
 * money('2903063.00') reads `2 903 063,00 $` and `$2,903,063.00`.
 */
const locales = { fr: 'fr-CA', en: 'en-CA' } as const satisfies Record<Language, string>

const words = {
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
}

const missingSigns: Record<Missing, Bilingual> = {
  absent: { fr: '—', en: '—' },
  'not-applicable': { fr: 's.\u00A0o.', en: 'n/a' },
  unknown: { fr: 'inconnu', en: 'unknown' },
}

const dollars = numberFormats({ style: 'currency', currency: 'CAD' })
/** Half of a report is zeros, and Intl is slow. */
const noDollars = { fr: dollars.fr.format(0), en: dollars.en.format(0) }
const compactDollars = numberFormats({
  style: 'currency',
  currency: 'CAD',
  notation: 'compact',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  trailingZeroDisplay: 'stripIfInteger',
})
const percents = numberFormats({
  style: 'unit',
  unit: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
})
const counts = numberFormats({ maximumFractionDigits: 0 })
const days = {
  fr: new Intl.DateTimeFormat(locales.fr, { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat(locales.en, { dateStyle: 'long', timeZone: 'UTC' }),
}

const instants = {
  fr: new Intl.DateTimeFormat(locales.fr, instantParts()),
  en: new Intl.DateTimeFormat(locales.en, instantParts()),
}
const collators = {
  fr: new Intl.Collator(locales.fr, { numeric: true }),
  en: new Intl.Collator(locales.en, { numeric: true }),
}

/** The tag of a page's `lang` and of Intl: `fr-CA`, `en-CA`. */
export const localeOf = (language: Language): string => locales[language]

export const say = (sentence: Bilingual, language: Language): string => sentence[language]

export const formatAmount = (amount: Money, language: Language): string =>
  isZero(amount) ? noDollars[language] : dollars[language].format(decimal(amount.toString()))

/**
 * For headings and charts: `2,95 M$`, `$2.95M`, `150 M$`; rounded half away from zero.
 * ICU writes a space before the French `$`, which usage does not have after M, k or G.
 */
export function formatCompact(amount: Money, language: Language): string {
  const parts = compactDollars[language].formatToParts(decimal(amount.toString()))
  return parts
    .filter((part, at) => part.type !== 'literal' || parts[at - 1]?.type !== 'compact')
    .map((part) => part.value)
    .join('')
}

/**
 * '4.34' on the scale 0–100 reads `4,34 %` and `4.34%`.
 * @throws RangeError for text that is not a plain decimal.
 */
export function formatPercent(percent: string, language: Language): string {
  if (!/^-?\d{1,15}(?:\.\d{1,6})?$/.test(percent)) {
    throw new RangeError(`not a percentage: ${percent.slice(0, 64)}`)
  }
  return percents[language].format(decimal(percent))
}

export const formatCount = (count: number, language: Language): string =>
  counts[language].format(count)

/** `1 écriture`, `12 écritures`: in French none is one as well, `0 écriture` and `0 entries`. */
export function formatCounted(
  count: number,
  { one, several }: { readonly one: Bilingual; readonly several: Bilingual },
  language: Language,
): string {
  const isOne = count === 1 || (count === 0 && language === 'fr')
  return `${formatCount(count, language)} ${say(isOne ? one : several, language)}`
}

/** In prose, `1er mars 2026` or `March 1, 2026`; tables keep `2026-03-01`. @throws RangeError */
export function formatDate(day: CalendarDate | string, language: Language): string {
  const parts = days[language].formatToParts(new Date(`${calendarDate(day)}T00:00:00Z`))
  return parts
    .map(({ type, value }) =>
      type === 'day' && value === '1' && language === 'fr' ? '1er' : value,
    )
    .join('')
}

/**
 * An instant as people in Quebec read it, whatever zone the process has: `31 mars 2026 à 23 h 59`,
 * `March 31, 2026 at 11:59 p.m.`.
 */
export const formatInstant = (instant: string, language: Language): string =>
  instants[language]
    .formatToParts(new Date(instant))
    .map(({ type, value }) =>
      type === 'day' && value === '1' && language === 'fr' ? '1er' : value,
    )
    .join('')

/** Alphabetical as the language sorts, accents after letters, `QC-2` before `QC-10`. */
export const compareTexts = (a: string, b: string, language: Language): number =>
  collators[language].compare(a, b)

/** `2025-2026` in French, `2025-26` in English. @throws RangeError */
export function formatFiscalYear(text: string, language: Language): string {
  const year = fiscalYear(text)
  return language === 'fr' ? year : shortLabel(year)
}

export const formatBoolean = (value: boolean, language: Language): string =>
  (value ? words.yes : words.no)[language]

/** Why there is no value: never an empty cell, never a zero. */
export const missingSign = (missing: Missing, language: Language): string =>
  missingSigns[missing][language]

function numberFormats(options: Intl.NumberFormatOptions): Record<Language, Intl.NumberFormat> {
  return {
    fr: new Intl.NumberFormat(locales.fr, options),
    en: new Intl.NumberFormat(locales.en, options),
  }
}

function instantParts(): Intl.DateTimeFormatOptions {
  return { dateStyle: 'long', timeStyle: 'short', timeZone: 'America/Toronto' }
}

/** Intl reads the digits of a text exactly; its type only admits texts the compiler can see. */
const decimal = (text: string): Intl.StringNumericLiteral => text as Intl.StringNumericLiteral
