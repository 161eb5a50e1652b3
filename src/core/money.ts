import { Decimal } from 'decimal.js'

/**
 * Canadian dollars, exact to the cent. Never a JavaScript number: `0.1 + 0.2` is not 0.3 there.
 * `a < b` and `a + b` throw, since on objects they would compare or glue texts ("9.00" after
 * "10.00"); `-0.00` does not exist. What may be entered and stored is bounded (`centsMax`), sums
 * are not: a total of many great amounts is still exact, up to 60 digits.
 * Example: add(money('2903063.00'), money('-0.01')) prints '2903062.99'.
 */
const Exact = Decimal.clone({ defaults: true, precision: 60, rounding: Decimal.ROUND_HALF_UP })
const canonicalForm = /^-?(?:0|[1-9]\d{0,39})\.\d{2}$/
const percentForm = /^(?:0|[1-9]\d{0,2})(?:\.\d{1,6})?$/

let wrap: (made: string | Decimal) => Money
let unwrap: (amount: Money) => Decimal

export class Money {
  static readonly zero: Money = new Money('0.00')
  /** The canonical text, once it was given or asked for. */
  #text: string | null
  /** The canonical text until it is computed with. */
  #value: string | Decimal

  static {
    wrap = (made) => new Money(made)
    unwrap = (amount) => {
      if (typeof amount.#value === 'string') {
        amount.#value = new Exact(amount.#value)
      }
      return amount.#value
    }
  }

  private constructor(made: string | Decimal) {
    this.#text = typeof made === 'string' ? made : null
    this.#value = made
    Object.freeze(this)
  }

  /** '2903063.00': the canonical text, the one in JSON, SQL and the chain. */
  toString(): string {
    this.#text ??= unwrap(this).toFixed(2)
    return this.#text
  }

  toJSON(): string {
    return this.toString()
  }

  valueOf(): never {
    throw new TypeError('Money has no operators: use add, subtract, compare or equals')
  }

  /** Shows the amount in logs, and keeps a deep comparison from calling any two amounts equal. */
  get [Symbol.toStringTag](): string {
    return this.toString()
  }
}

/** The most cents that may be entered or stored: 9 999 999 999 999.99 is exact in an Excel cell. */
export const centsMax = 999_999_999_999_999n

/**
 * An amount from its canonical text, as JSON, SQL and our own code write it. What a person pasted
 * goes through `readMoney` instead.
 * @throws RangeError for any other text: '5', '5.000', '007.00', '-0.00'.
 */
export function money(text: string): Money {
  if (!canonicalForm.test(text) || text === '-0.00') {
    throw new RangeError(`not the canonical text of an amount: ${text.slice(0, 64)}`)
  }
  return wrap(text)
}

/** Most of what a report adds is zero: nothing is computed for it. */
export function add(a: Money, b: Money): Money {
  if (isZero(b)) {
    return a
  }
  return isZero(a) ? b : wrap(unwrap(a).plus(unwrap(b)))
}

export const subtract = (a: Money, b: Money): Money =>
  isZero(b) ? a : wrap(unwrap(a).minus(unwrap(b)))
export const negate = (a: Money): Money => wrap(unwrap(a).negated())
export const abs = (a: Money): Money => wrap(unwrap(a).abs())

export function sum(amounts: Iterable<Money>): Money {
  let total = Money.zero
  for (const amount of amounts) {
    total = add(total, amount)
  }
  return total
}

export function compare(a: Money, b: Money): -1 | 0 | 1 {
  if (equals(a, b)) {
    return 0
  }
  return unwrap(a).lessThan(unwrap(b)) ? -1 : 1
}

export const equals = (a: Money, b: Money): boolean => unwrap(a).equals(unwrap(b))
export const isZero = (a: Money): boolean => unwrap(a).isZero()
export const isNegative = (a: Money): boolean => unwrap(a).lessThan(0)
export const isPositive = (a: Money): boolean => unwrap(a).greaterThan(0)
export const min = (a: Money, b: Money): Money => (compare(a, b) <= 0 ? a : b)
export const max = (a: Money, b: Money): Money => (compare(a, b) >= 0 ? a : b)

/**
 * `part` in percent of `whole`, 0–100 with two decimals, half away from zero: 1.00 of 3.00 is
 * '33.33', 2.00 of 3.00 '66.67'. Null when the whole is zero: undefined is not 0 %.
 */
export function percentOf(part: Money, whole: Money): string | null {
  if (isZero(whole)) {
    return null
  }
  const percent = unwrap(part).times(100).dividedBy(unwrap(whole))
  // Rounded before it is printed: `toFixed` alone prints -0.001 as '-0.00', but a zero without sign.
  return percent.toDecimalPlaces(2).toFixed(2)
}

/**
 * `percent` ('5', '2.50') of an amount, cents rounded down toward zero, as the year-end's carry
 * asks: 2.50 % of 0.99 is 0.02.
 * @throws RangeError unless `percent` is plain text from 0 to 100 with at most six decimals.
 */
export function percentageOf(whole: Money, percent: string): Money {
  if (!percentForm.test(percent) || new Exact(percent).greaterThan(100)) {
    throw new RangeError(`not a percentage from 0 to 100: ${percent.slice(0, 64)}`)
  }
  const share = unwrap(whole).times(percent).dividedBy(100)
  return wrap(share.toDecimalPlaces(2, Decimal.ROUND_DOWN))
}

export const toCents = (amount: Money): bigint => BigInt(unwrap(amount).times(100).toFixed(0))

export const fromCents = (cents: bigint): Money => wrap(new Exact(cents.toString()).dividedBy(100))
