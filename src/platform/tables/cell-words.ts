import type { Bilingual, Language } from '#core/language.ts'
import type { CellValue } from '#core/table.ts'
import {
  formatAmount,
  formatBoolean,
  formatCount,
  formatPercent,
  missingSign,
  say,
} from '#platform/i18n/format.ts'

/**
 * A cell as a person reads it, one text whatever the printer. Days stay `2026-03-31` in tables, so
 * that they sort and line up. Codes are said in words when their words are given.
 */
export type WordsOf = (code: string) => Bilingual | undefined

export interface Wording {
  readonly language: Language
  /** Words for the codes of `words` cells; a code without words prints as it is. */
  readonly flagWords?: WordsOf
}

export function cellText(cell: CellValue, wording: Wording): string {
  const { language } = wording
  switch (cell.type) {
    case 'amount':
      return formatAmount(cell.value, language)
    case 'percent':
      return formatPercent(cell.value, language)
    case 'count':
      return formatCount(cell.value, language)
    case 'boolean':
      return formatBoolean(cell.value, language)
    case 'words':
      return wordsText(cell.value, wording)
    case 'text':
      return plainText(cell.value, language)
    case 'missing':
      return missingSign(cell.value, language)
    case 'date':
      return cell.value
  }
}

export const plainText = (value: string | Bilingual, language: Language): string =>
  typeof value === 'string' ? value : say(value, language)

export const wordsText = (codes: readonly string[], { language, flagWords }: Wording): string =>
  codes.map((code) => flagWords?.(code)?.[language] ?? code).join(', ')
