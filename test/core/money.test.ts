import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  abs,
  add,
  centsMax,
  compare,
  equals,
  fromCents,
  isNegative,
  isPositive,
  isZero,
  Money,
  max,
  min,
  money,
  negate,
  percentageOf,
  percentOf,
  subtract,
  sum,
  toCents,
} from '#core/money.ts'

const highest = money('9999999999999.99')
const lowest = money('-9999999999999.99')
const cents = fc.bigInt({ min: -centsMax, max: centsMax })
const replay = { seed: 20260331, numRuns: 2000 }

describe('an amount', () => {
  test.each(['0.00', '0.01', '-0.01', '1.00', '2903063.00', '9999999999999.99'])(
    'is written as it was read: %s',
    (text) => {
      expect(money(text).toString()).toBe(text)
      expect(JSON.stringify({ amount: money(text) })).toBe(`{"amount":"${text}"}`)
    },
  )

  test.each([
    '',
    '5',
    '5.0',
    '5.000',
    '.50',
    '007.00',
    '-0.00',
    '+1.00',
    ' 1.00',
    '1.00\n',
    '1,00',
    '1_0.00',
    '0x1F.00',
    '1e3',
    'NaN',
    'Infinity',
    '١.٠٠',
  ])('is made from canonical text only, not from %j', (text) => {
    expect(() => money(text)).toThrow(RangeError)
  })

  test('cannot be compared, added or turned into a number by operators', () => {
    const [a, b] = [money('9.00'), money('10.00')]
    expect(() => a < b).toThrow(TypeError)
    expect(() => `${+a}`).toThrow(TypeError)
    expect(() => [a].some((amount) => amount > b)).toThrow(TypeError)
    expect(() => Number(a)).toThrow(/add, subtract, compare or equals/)
    expect(`${a}`).toBe('9.00')
  })

  test('shows itself, so that two amounts are never deeply equal by accident', () => {
    expect(money('1.00')).not.toEqual(money('2.00'))
    expect({ amount: money('1.00') }).not.toEqual({ amount: money('-1.00') })
    expect(add(money('1.00'), money('1.00'))).toEqual(money('2.00'))
  })

  test('cannot be changed', () => {
    expect(Object.isFrozen(money('1.00'))).toBe(true)
    expect(money('1.00')).toBeInstanceOf(Money)
  })
})

describe('arithmetic', () => {
  test('a tenth and two tenths are three tenths', () => {
    expect(add(money('0.10'), money('0.20')).toString()).toBe('0.30')
  })

  test('minus zero does not exist', () => {
    expect(negate(Money.zero).toString()).toBe('0.00')
    expect(subtract(money('5.00'), money('5.00')).toString()).toBe('0.00')
    expect(add(money('-5.00'), money('5.00')).toString()).toBe('0.00')
    expect(percentageOf(money('-0.01'), '1').toString()).toBe('0.00')
    expect(fromCents(-0n).toString()).toBe('0.00')
  })

  test('a total past what may be entered is still exact', () => {
    expect(add(highest, money('0.01')).toString()).toBe('10000000000000.00')
    expect(sum(Array.from({ length: 1000 }, () => highest)).toString()).toBe('9999999999999990.00')
    expect(subtract(lowest, money('0.01')).toString()).toBe('-10000000000000.00')
    expect(sum([highest, highest, lowest])).toEqual(highest)
    expect(sum([])).toEqual(Money.zero)
    expect(sum(new Set([money('1.10'), money('2.20')]))).toEqual(money('3.30'))
  })

  test('agrees with whole cents, whatever the amounts', () => {
    const half = fc.bigInt({ min: -centsMax / 2n, max: centsMax / 2n })
    fc.assert(
      fc.property(half, half, (a, b) => {
        expect(toCents(add(fromCents(a), fromCents(b)))).toBe(a + b)
        expect(toCents(subtract(fromCents(a), fromCents(b)))).toBe(a - b)
        expect(toCents(sum([fromCents(a), fromCents(b)]))).toBe(a + b)
      }),
      replay,
    )
  })

  test('cents and text tell the same amount', () => {
    fc.assert(
      fc.property(cents, (value) => {
        const amount = fromCents(value)
        expect(money(amount.toString())).toEqual(amount)
        expect(toCents(amount)).toBe(value)
        expect(amount.toString().replace('.', '')).toMatch(/^-?\d{3,15}$/)
        expect(BigInt(amount.toString().replace('.', ''))).toBe(value)
        expect(negate(negate(amount))).toEqual(amount)
        expect(toCents(abs(amount))).toBe(value < 0n ? -value : value)
      }),
      replay,
    )
  })
})

describe('order', () => {
  test.each([
    ['9.00', '10.00', -1],
    ['10.00', '9.00', 1],
    ['-10.00', '9.00', -1],
    ['-9.00', '-10.00', 1],
    ['5.00', '5.00', 0],
  ] as const)('%s against %s is %i', (a, b, order) => {
    expect(compare(money(a), money(b))).toBe(order)
    expect(equals(money(a), money(b))).toBe(order === 0)
    expect(min(money(a), money(b)).toString()).toBe(order <= 0 ? a : b)
    expect(max(money(a), money(b)).toString()).toBe(order >= 0 ? a : b)
  })

  test.each([
    ['-0.01', true, false, false],
    ['0.00', false, true, false],
    ['0.01', false, false, true],
  ])('%s is negative, zero or positive, and one of them only', (text, negative, zero, positive) => {
    const amount = money(text)
    expect([isNegative(amount), isZero(amount), isPositive(amount)]).toEqual([
      negative,
      zero,
      positive,
    ])
  })
})

describe('percent of', () => {
  test.each([
    ['1.00', '3.00', '33.33'],
    ['2.00', '3.00', '66.67'],
    ['0.00', '3.00', '0.00'],
    ['3.00', '3.00', '100.00'],
    ['1.00', '800.00', '0.13'],
    ['-1.00', '800.00', '-0.13'],
    ['1.00', '-800.00', '-0.13'],
    ['-0.01', '9000.00', '0.00'],
    ['0.00', '-3.00', '0.00'],
    ['4.50', '3.00', '150.00'],
    ['9999999999999.99', '0.01', '99999999999999900.00'],
  ])('%s of %s is %s', (part, whole, percent) => {
    expect(percentOf(money(part), money(whole))).toBe(percent)
  })

  test('a percentage of nothing is undefined, not zero', () => {
    expect(percentOf(money('1.00'), Money.zero)).toBeNull()
    expect(percentOf(Money.zero, Money.zero)).toBeNull()
  })

  test('two decimals, half away from zero, as whole numbers have it', () => {
    fc.assert(
      fc.property(cents, cents, (part, whole) => {
        fc.pre(whole !== 0n)
        const size = (value: bigint): bigint => (value < 0n ? -value : value)
        const rounded = (size(part) * 20_000n + size(whole)) / (2n * size(whole))
        const sign = rounded !== 0n && part < 0n !== whole < 0n ? '-' : ''
        const digits = String(rounded).padStart(3, '0')
        const expected = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
        expect(percentOf(fromCents(part), fromCents(whole))).toBe(expected)
      }),
      replay,
    )
  })
})

describe('a percentage of an amount', () => {
  test.each([
    ['0.99', '2.50', '0.02'],
    ['-0.99', '2.50', '-0.02'],
    ['2903063.00', '5', '145153.15'],
    ['100.00', '0', '0.00'],
    ['100.00', '100', '100.00'],
    ['100.00', '100.000000', '100.00'],
    ['9999999999999.99', '99.999999', '9999999899999.99'],
    ['9000000000000.01', '99.999999', '8999999910000.00'],
  ])('of $0, $1 % is $2: cents are rounded down', (whole, percent, share) => {
    expect(percentageOf(money(whole), percent).toString()).toBe(share)
  })

  test('as whole numbers have it, whatever the amount', () => {
    const millionths = fc.bigInt({ min: 0n, max: 100_000_000n })
    fc.assert(
      fc.property(cents, millionths, (whole, share) => {
        const digits = String(share).padStart(7, '0')
        const percent = `${digits.slice(0, -6)}.${digits.slice(-6)}`
        expect(toCents(percentageOf(fromCents(whole), percent))).toBe(
          (whole * share) / 100_000_000n,
        )
      }),
      replay,
    )
  })

  test.each(['', '-1', '100.01', '101', '1e1', '0x5', '5 %', '1.0000001', '007', '.5', 'NaN'])(
    'is not asked in %j',
    (percent) => {
      expect(() => percentageOf(money('100.00'), percent)).toThrow(RangeError)
    },
  )
})
