import type { Bilingual } from './language.ts'

/**
 * Why a pasted amount is not read, by stable code: each with one cause and what to write instead.
 * The examples are spaced as Quebec prints them, with non-breaking spaces (U+00A0) inside figures,
 * before `$` and before `:`; `readMoney` reads every one of its own examples.
 */
export const moneyRefusals = {
  'money/empty': {
    fr: 'Le montant est vide. Inscrivez un montant, par exemple 2\u00a0903\u00a0063,00\u00a0$.',
    en: 'The amount is empty. Enter an amount, for example 2,903,063.00.',
  },
  'money/too-many-decimals': {
    fr: 'Le montant est plus précis que le cent. Inscrivez au plus deux décimales, par exemple 1\u00a0234,50\u00a0$.',
    en: 'The amount is finer than one cent. Enter at most two decimals, for example 1,234.50.',
  },
  'money/ambiguous': {
    fr: 'Le montant se lit de deux façons\u00a0: la virgule peut séparer les milliers ou les décimales. Inscrivez 1\u00a0234,00\u00a0$ ou 1,23\u00a0$, selon le cas.',
    en: 'The amount can be read in two ways: the comma may separate thousands or decimals. Enter 1,234.00 or 1.23, whichever is meant.',
  },
  'money/exponent': {
    fr: 'Le montant est en notation scientifique, ce qui arrive quand un tableur abrège un grand nombre. Inscrivez tous les chiffres, par exemple 2\u00a0903\u00a0063,00\u00a0$.',
    en: 'The amount is in scientific notation, as when a spreadsheet shortens a large number. Enter every digit, for example 2,903,063.00.',
  },
  'money/currency': {
    fr: 'Le montant est dans une autre monnaie. Inscrivez le montant en dollars canadiens.',
    en: 'The amount is in another currency. Enter the amount in Canadian dollars.',
  },
  'money/too-large': {
    fr: 'Le montant dépasse la limite de 9\u00a0999\u00a0999\u00a0999\u00a0999,99\u00a0$. Vérifiez le nombre de chiffres.',
    en: 'The amount exceeds the limit of 9,999,999,999,999.99. Check the number of digits.',
  },
  'money/malformed': {
    fr: 'Le montant n’a pas une forme reconnue. Inscrivez-le par exemple sous la forme 2\u00a0903\u00a0063,00\u00a0$ ou 2903063.00.',
    en: 'The amount is not in a recognized form. Enter it, for example, as 2,903,063.00 or 2903063.00.',
  },
} as const satisfies Record<string, Bilingual>

export type MoneyRefusal = keyof typeof moneyRefusals
