/**
 * Whether a number format shows its number as a number, a date or a time (ECMA-376 part 1, 18.8.30
 * and 18.8.31). Letters decide once everything that stands for itself is taken away: quoted and
 * escaped text, colours, conditions, locales, fill and space. Millions with a forgotten quote
 * (`0.0,, M`) have digits and a letter of dates: nobody knows what they show, so they are unclear.
 */
export type NumberFormat =
  | 'number'
  | 'date'
  /** Of a day. */
  | 'time'
  /** A length of time: [h]:mm. */
  | 'elapsed'
  | 'unclear'

const builtinDates = [
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58,
]
const builtinTimes = [18, 19, 20, 21, 32, 33, 45, 47, 55, 56]
const builtinElapsed = 46

export function builtinFormat(id: number): NumberFormat {
  if (builtinDates.includes(id)) {
    return 'date'
  }
  if (id === builtinElapsed) {
    return 'elapsed'
  }
  return builtinTimes.includes(id) ? 'time' : 'number'
}

/** All sections of a code ('positive;negative;zero;text') must agree. */
export function formatOfCode(code: string): NumberFormat {
  const kinds = new Set(
    bareCode(code)
      .split(';')
      .map(kindOfSection)
      .filter((kind) => kind !== null),
  )
  const [kind, other] = kinds
  return other === undefined ? (kind ?? 'number') : 'unclear'
}

/** Without what stands for itself; elapsed time ([h], [mm]) stays. */
const bareCode = (code: string): string =>
  code
    .replaceAll(/"[^"]*"?|\\.|[_*]./g, '')
    .replaceAll(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .replaceAll(/general|standard/gi, '0')
    .replaceAll(/am\/pm|a\/p/gi, 'h')

/** Null for a section that shows no value: empty, or text only. */
function kindOfSection(section: string): NumberFormat | null {
  // Fractions of a second are zeros that belong to the time: ss.000.
  const bare = section.replaceAll(/(s\]?)[.,]0+/gi, '$1').replaceAll(/[eE][-+](?=[0#?])/g, '')
  const hasDigits = /[0#?]/.test(bare)
  if (!/[ymdhseb]/i.test(bare)) {
    return hasDigits ? 'number' : null
  }
  if (hasDigits) {
    return 'unclear'
  }
  if (/\[/.test(bare)) {
    return 'elapsed'
  }
  return /[yde]/i.test(bare) || !/[hs]/i.test(bare) ? 'date' : 'time'
}
