import type { Bilingual, Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { Missing } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import { said } from './workbook-words.ts'

/**
 * Values as cells. What is not there shows why, since an empty cell could mean any of four things.
 */
export const textOr = (text: string | null, otherwise: Missing = 'absent'): SheetCell =>
  text === null ? { missing: otherwise } : { text }

export const amountOr = (amount: Money | null, otherwise: Missing = 'absent'): SheetCell =>
  amount === null ? { missing: otherwise } : { amount }

export const countOr = (count: number | null, otherwise: Missing = 'absent'): SheetCell =>
  count === null ? { missing: otherwise } : { count }

export const words = (bilingual: Bilingual, language: Language): SheetCell => ({
  text: said(bilingual, language),
})

/** Flags in the reader's words; one without words as it is. */
export const flagText = (flags: readonly string[], language: Language): string =>
  flags.map((flag) => flagLabel(flag, language)).join(', ')

export function flagLabel(flag: string, language: Language): string {
  const found = flagLabelOf(flag)
  return found === undefined ? flag : said(found, language)
}

/**
 * A page of Vigie: a link that says what it opens when we know where pages are reached, its path
 * otherwise.
 */
export const pageCell = (path: string, text: string, site: string | undefined): SheetCell =>
  site === undefined ? { text: path } : { link: { target: `${site}${path}`, text } }

/** The page of an expenditure, or of the list that a report's row is made of. */
export const expenditurePath = (rest: string, language: Language): string =>
  `/${language}/expenditures${rest}`
