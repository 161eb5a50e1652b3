import { excerpt } from './excerpt.ts'
import { type Reading, read, unread } from './issues.ts'
import { centsMax, fromCents, type Money } from './money.ts'
import { type MoneyRefusal, moneyRefusals } from './money-refusals.ts'

/**
 * What people paste as an amount (docs/words.md, "Money"), read or refused with its reason; nothing is
 * guessed. An announced amount keeps its text and the precision it is stated to: '41,6 millions de
 * dollars' is 41600000.00 stated to 100000.00, '2 903 063 $' is stated to 1.00. The surprising one
 * is '1,234', a dollar and a bit in French and 1 234 dollars in English: refused, while '1,234.00'
 * and '1,234,567' can only be English. Figures move as digits; no decimal is made before all checks.
 */
export interface StatedMoney {
  readonly value: Money
  /** The text as written, without the space around it. */
  readonly asStated: string
  /** The unit of the last digit that was written. */
  readonly precision: Money
}

interface Frame {
  readonly isNegative: boolean
  readonly figure: string
  /** Powers of ten that the unit stands for: 6 for millions. */
  readonly scale: number
}

interface Figure {
  readonly whole: string
  readonly decimals: string
}

const charactersMax = 64

/** Cents and wide dollar signs are malformed, not foreign. */
const otherSymbol = /[\p{Sc}--[$¢\u{fe69}\u{ff04}\u{ffe0}]]/v
const otherWord =
  /(?<!\p{L})(?:(?:A|AU|HK|MX|NZ)\$|(?:USD?|EUR|GBP|CHF|JPY|AUD|NZD|MXN|CNY|HKD|euros?|francs?|pounds?|livres?|yens?|américains?|american)(?!\p{L}))/iu

const aroundFigure = /^(\D*)(\d.*\d|\d)(\D*)$/
const prefixForm = /^([-+(]?) ?((?:(?:CAD|CAN|CA|C) ?)?\$|CAD)? ?([-+(]?)$/
const plainUnit = /^(?:\$(?: ?CA[ND]?)?|CAD|dollars?(?: canadiens?)?|canadian dollars?)?$/i
const letterUnit = /^M(?: ?\$(?: ?CA[ND]?)?| CAD)?$/
const wordUnit =
  /^millions?(?: ?\$(?: ?CA[ND]?)?| CAD| (?:de )?dollars?(?: canadiens?)?| (?:of )?(?:canadian )?dollars?)?$/i
const dollarName = /\$|CAD|dollar/i
const bareCode = /^(?:M |millions? )?CAD$/i

const exponentForm = /^[\d., ]+e[-+]?\d+$/i
const ambiguousForm = /^[1-9]\d{0,2},\d{3}$/
const spacedForm = /^(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d+))?$/
const commaForm = /^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/

export function readMoney(pasted: string): Reading<StatedMoney> {
  const asStated = pasted.trim()
  const stated = pasted.length > charactersMax ? 'money/malformed' : interpret(asStated)
  if (typeof stated === 'string') {
    return unread(stated, moneyRefusals[stated], excerpt(asStated))
  }
  return read({ ...stated, asStated })
}

function interpret(stated: string): Omit<StatedMoney, 'asStated'> | MoneyRefusal {
  if (stated === '') {
    return 'money/empty'
  }
  const text = stated
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\u2212', '-')
    .replaceAll('\\$', '$')
  if (otherSymbol.test(text) || otherWord.test(text)) {
    return 'money/currency'
  }
  const frame = readFrame(text)
  if (frame === null) {
    return 'money/malformed'
  }
  const figure = readFigure(frame.figure)
  return typeof figure === 'string' ? figure : amountOf(frame, figure)
}

/** What stands around the figure: sign or parentheses, dollars, millions. Null when it is no frame. */
function readFrame(text: string): Frame | null {
  const [, before = '', figure = '', after = ''] = aroundFigure.exec(text) ?? []
  const prefix = prefixForm.exec(before.trim())
  if (figure === '' || prefix === null) {
    return null
  }
  const [, outer = '', mark = '', inner = ''] = prefix
  const sign = outer + inner
  const closing = after.trim()
  const unit = closing.replace(/^\)|\)$/, '').trim()
  const scale = scaleOf(mark, unit)
  if (sign.length > 1 || (sign === '(') !== closing.length > unit.length || scale === null) {
    return null
  }
  return { isNegative: sign === '-' || sign === '(', figure, scale }
}

/** Null for an unknown unit, for dollars named twice, and for a bare `M`, which may mean thousands. */
function scaleOf(mark: string, unit: string): number | null {
  const isNamedAfter = dollarName.test(unit)
  if (isNamedAfter && mark !== '' && !(mark === '$' && bareCode.test(unit))) {
    return null
  }
  if (plainUnit.test(unit)) {
    return 0
  }
  const isMillions = wordUnit.test(unit) || (letterUnit.test(unit) && (isNamedAfter || mark !== ''))
  return isMillions ? 6 : null
}

function readFigure(figure: string): Figure | MoneyRefusal {
  if (exponentForm.test(figure)) {
    return 'money/exponent'
  }
  if (ambiguousForm.test(figure)) {
    return 'money/ambiguous'
  }
  const [, grouped = '', decimals = ''] = spacedForm.exec(figure) ?? commaForm.exec(figure) ?? []
  const whole = grouped.replaceAll(/[ ,]/g, '')
  return /^(?:0|[1-9]\d*)$/.test(whole) ? { whole, decimals } : 'money/malformed'
}

function amountOf(frame: Frame, figure: Figure): Omit<StatedMoney, 'asStated'> | MoneyRefusal {
  const places = frame.scale + 2
  if (figure.decimals.length > places) {
    return 'money/too-many-decimals'
  }
  const cents = BigInt(figure.whole + figure.decimals.padEnd(places, '0'))
  if (cents > centsMax) {
    return 'money/too-large'
  }
  return {
    value: fromCents(frame.isNegative ? -cents : cents),
    precision: fromCents(10n ** BigInt(places - figure.decimals.length)),
  }
}
