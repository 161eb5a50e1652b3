import { plainDecimal } from './spreadsheet-values.ts'

/**
 * What a cell of a workbook says, apart from how it is written: two cells with one face read the
 * same to a person and compute the same. Numbers are held to the hundredth, since no figure of ours
 * has more places and programs spell binary numbers each their own way; one that is further off
 * than a millionth is not ours and stays as it is. Of its style only how it shows what is there.
 * Examples: 1234.5, 1.2345E3 and 1234.5000000001 are `n1234.50`; 1234.506 is `n1234.506`.
 */
export interface CellFace {
  /** 0 is column A. */
  readonly column: number
  /** As `formulaForm` has it; null for a constant. */
  readonly formula: string | null
  /** The constant, or what the formula came to: its kind and its text. '' where there is none. */
  readonly value: FaceValue
  /** As `formatForm` has it: '' for General. `hiddenFormat` where nobody sees what is there. */
  readonly format: string
}

export const hiddenFormat = 'hidden'

/** n number, t text, b boolean, e error of a formula. */
export type FaceValue = '' | `${'n' | 't' | 'b' | 'e'}${string}`

/** Programs write a constant that is a truth value as a formula, `TRUE()`. */
export const faceOf = ({ formula, value, ...rest }: CellFace): CellFace => ({
  ...rest,
  formula:
    (formula === 'TRUE' && value === 'b1') || (formula === 'FALSE' && value === 'b0')
      ? null
      : formula,
  value,
})

export const isNothing = ({ formula, value }: Pick<CellFace, 'formula' | 'value'>): boolean =>
  formula === null && (value === '' || value === 't')

export function numberValue(text: string): FaceValue {
  const plain = plainDecimal(text)
  return plain === null ? `n${text}` : `n${toHundredths(plain) ?? plain}`
}

const placesOfTolerance = 6

/** With two decimals; null for what is more than a millionth away from any such number. */
function toHundredths(plain: string): string | null {
  const isNegative = plain.startsWith('-')
  const [whole = '0', decimals = ''] = plain.replace('-', '').split('.')
  const places = Math.max(decimals.length, placesOfTolerance)
  const unit = 10n ** BigInt(places - 2)
  const exact = BigInt(whole + decimals.padEnd(places, '0'))
  const hundredths = (exact + unit / 2n) / unit
  const off = exact - hundredths * unit
  const tolerance = 10n ** BigInt(places - placesOfTolerance)
  if (off > tolerance || -off > tolerance) {
    return null
  }
  const digits = String(hundredths).padStart(3, '0')
  const sign = isNegative && hundredths !== 0n ? '-' : ''
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** As a person is told it: text as it is, numbers plainly. Null for nothing. */
export function valueText(value: FaceValue): string | null {
  if (value === '') {
    return null
  }
  const text = value.slice(1)
  return value.startsWith('b') ? (text === '1' ? 'TRUE' : 'FALSE') : text
}
