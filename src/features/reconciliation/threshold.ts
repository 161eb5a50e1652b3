import { excerpt } from '#core/excerpt.ts'
import { type Reading, read, unread } from '#core/issues.ts'

/**
 * When a difference is an exception. They are parameters of the report, printed with it: the same
 * position and thresholds give the same bytes, and a reader of an old report sees what it was held
 * against. ahead, behind: percentage points between the share spent and the share of the months
 * that have ended. late: months without any recording.
 * Example: 40 % spent when 58.33 % of the months have ended is 18.33 points behind: no exception at
 * the default of 25.
 */
export interface Thresholds {
  /** With two decimals: `10.00`. */
  readonly ahead: string
  readonly behind: string
  readonly late: number
}

export const usualThresholds: Thresholds = { ahead: '10.00', behind: '25.00', late: 3 }

/** `10`, `12.5`, `12.50`: 0 to 100, to the hundredth. */
export function readPoints(text: string): Reading<string> {
  const [, whole = '', decimals = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  const points = `${Number(whole)}.${decimals.padEnd(2, '0')}`
  return whole === '' || hundredths(points) > hundredths('100.00')
    ? unread('reconciliation/threshold-malformed', pointsMalformed, excerpt(text))
    : read(points)
}

/** A whole number, 1 to 120. */
export function readMonths(text: string): Reading<number> {
  const months = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0
  return months === 0 || months > 120
    ? unread('reconciliation/threshold-malformed', monthsMalformed, excerpt(text))
    : read(months)
}

/** Of a percentage with two decimals, so that two of them compare exactly. */
export const hundredths = (percent: string): number => Number(percent.replace('.', ''))

const pointsMalformed = {
  fr: 'Un seuil en points va de 0 à 100, avec au plus deux décimales : 12.50.',
  en: 'A threshold in points is 0 to 100 with at most two decimals: 12.50.',
}
const monthsMalformed = {
  fr: 'Un seuil en mois est un nombre entier de 1 à 120.',
  en: 'A threshold in months is a whole number from 1 to 120.',
}
