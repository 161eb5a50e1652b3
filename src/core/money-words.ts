import type { Bilingual } from './language.ts'
import type { Money } from './money.ts'

/**
 * An amount inside a sentence, in both languages: 2 903 063,00 $ and $2,903,063.00. Grouped by hand
 * on the exact text, since Intl is a thing of the computer; a test compares it with Intl.
 */
export function moneyWords(amount: Money): Bilingual {
  const text = amount.toString()
  const isBelowZero = text.startsWith('-')
  const [whole = '0', cents = '00'] = text.replace('-', '').split('.')
  const grouped = (separator: string): string => whole.replace(/\B(?=(\d{3})+$)/g, separator)
  const sign = isBelowZero ? '-' : ''
  return {
    fr: `${sign}${grouped('\u00a0')},${cents}\u00a0$`,
    en: `${sign}$${grouped(',')}.${cents}`,
  }
}
