import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, assertConserved, splitEvenly } from '#core/allocate.ts'
import { centsMax, fromCents, Money, money, negate, toCents } from '#core/money.ts'

const texts = (parts: readonly Money[]): string[] => parts.map(String)
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 1, maxLength: 40 })
  .filter((list) => list.some((weight) => weight > 0n))
const cents = fc.bigInt({ min: -centsMax, max: centsMax })

describe('splitting evenly', () => {
  test('2 903 063 over six years is 2 × 483 843.84 then 4 × 483 843.83', () => {
    expect(texts(splitEvenly(money('2903063.00'), 6))).toEqual([
      '483843.84',
      '483843.84',
      '483843.83',
      '483843.83',
      '483843.83',
      '483843.83',
    ])
  })

  test('22 400 000 over three years gives the last year a cent less', () => {
    expect(texts(splitEvenly(money('22400000.00'), 3))).toEqual([
      '7466666.67',
      '7466666.67',
      '7466666.66',
    ])
  })

  test.each([
    ['0.00', 3, ['0.00', '0.00', '0.00']],
    ['0.01', 3, ['0.01', '0.00', '0.00']],
    ['-0.01', 3, ['-0.01', '0.00', '0.00']],
    ['5.00', 1, ['5.00']],
    ['9999999999999.99', 2, ['5000000000000.00', '4999999999999.99']],
  ])('%s in %i parts is %j', (whole, parts, expected) => {
    expect(texts(splitEvenly(money(whole), parts))).toEqual(expected)
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10_001])(
    '%d parts are no parts',
    (parts) => {
      expect(() => splitEvenly(money('5.00'), parts)).toThrow(RangeError)
    },
  )
})

describe('splitting by weights', () => {
  test.each([
    ['ties go to the earlier part', '0.05', [1n, 1n, 1n], ['0.02', '0.02', '0.01']],
    ['the largest remainder gets the cent', '1.00', [1n, 2n, 3n], ['0.17', '0.33', '0.50']],
    ['the largest remainder may be the last', '0.10', [1n, 1n, 4n], ['0.02', '0.02', '0.06']],
    ['a later larger remainder wins', '0.01', [1n, 2n], ['0.00', '0.01']],
    ['a zero weight gets nothing', '0.01', [0n, 1n], ['0.00', '0.01']],
    ['a negative whole mirrors', '-1.00', [1n, 2n, 3n], ['-0.17', '-0.33', '-0.50']],
  ])('%s', (_case, whole, list, expected) => {
    expect(texts(allocate(money(whole), list))).toEqual(expected)
  })

  test.each([
    ['no weights', []],
    ['a negative weight', [2n, -1n]],
    ['all weights zero', [0n, 0n]],
    ['too many weights', new Array<bigint>(10_001).fill(1n)],
  ])('is refused for %s', (_case, list) => {
    expect(() => allocate(money('5.00'), list)).toThrow(RangeError)
  })

  test('conserves every cent, and each part is within a cent of its exact share', () => {
    fc.assert(
      fc.property(cents, weights, (value, list) => {
        const parts = allocate(fromCents(value), list).map(toCents)
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(value)
        parts.forEach((part, at) => {
          const error = part * total - value * (list[at] ?? 0n)
          expect(error < total && error > -total).toBe(true)
        })
      }),
      { seed: 6, numRuns: 1000 },
    )
  })

  test('does to a negative amount what it does to the positive one', () => {
    fc.assert(
      fc.property(cents, weights, (value, list) => {
        const amount = fromCents(value)
        expect(allocate(negate(amount), list)).toEqual(allocate(amount, list).map(negate))
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  test('a lost cent would be noticed', () => {
    const whole = money('1.00')
    expect(() => assertConserved(whole, [money('0.50'), money('0.49')])).toThrow(
      'parts of 1.00 sum to 0.99',
    )
    expect(() => assertConserved(Money.zero, [])).not.toThrow()
  })
})
