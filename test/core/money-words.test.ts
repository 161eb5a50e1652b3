import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'

test.each([
  ['0.00', '0,00\u00a0$', '$0.00'],
  ['12.50', '12,50\u00a0$', '$12.50'],
  ['-7.05', '-7,05\u00a0$', '-$7.05'],
  ['999.00', '999,00\u00a0$', '$999.00'],
  ['1000.00', '1\u00a0000,00\u00a0$', '$1,000.00'],
  ['2903063.00', '2\u00a0903\u00a0063,00\u00a0$', '$2,903,063.00'],
])('%s is written %s and %s', (amount, fr, en) => {
  expect(moneyWords(money(amount))).toEqual({ fr, en })
})

test('any amount reads as Intl writes its exact text', () => {
  const styles = { style: 'currency', currency: 'CAD', currencyDisplay: 'narrowSymbol' } as const
  const inFrench = new Intl.NumberFormat('fr-CA', styles)
  const inEnglish = new Intl.NumberFormat('en-CA', styles)
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
      const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
      const text =
        `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`
      expect(moneyWords(money(text))).toEqual({
        fr: inFrench.format(text),
        en: inEnglish.format(text),
      })
    }),
  )
})
