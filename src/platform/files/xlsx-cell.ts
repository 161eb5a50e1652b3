import type { Cell } from '#core/grid.ts'
import type { NumberFormat } from './number-format.ts'
import {
  type DateSystem,
  isoValue,
  numberValue,
  serialValue,
  unescaped,
} from './spreadsheet-values.ts'

/** A cell as its element says it (ECMA-376 part 1, 18.3.1.4), before anything is made of it. */
export interface StoredCell {
  /** 'n' where the element says nothing. */
  readonly type: string
  readonly format: NumberFormat
  readonly isFormula: boolean
  /** Null where there is no `v`. */
  readonly value: string | null
  /** Of an inline string; null where there is none. */
  readonly inline: string | null
}

export interface CellContext {
  readonly texts: readonly string[]
  readonly dateSystem: DateSystem
}

type Value = Pick<Cell, 'kind' | 'text'>

/**
 * What the cell holds: null where it is empty, 'damaged' where the workbook contradicts itself.
 */
export function cellValue(stored: StoredCell, context: CellContext): Value | null | 'damaged' {
  const { type, isFormula, value, inline } = stored
  if (type === 'inlineStr' && inline !== null) {
    return textValue(unescaped(inline))
  }
  if (value === null || (value === '' && type !== 'str')) {
    return isFormula ? { kind: 'files/formula-without-value', text: '' } : null
  }
  switch (type) {
    case 'n':
      return numericValue(value.trim(), stored.format, context.dateSystem)
    case 's':
      return sharedValue(value.trim(), context.texts)
    case 'str':
    case 'inlineStr':
      return textValue(unescaped(value))
    case 'b':
      return booleanValue(value.trim())
    case 'e':
      return { kind: 'files/cell-error', text: value }
    case 'd':
      return isoValue(value.trim())
    default:
      return 'damaged'
  }
}

const textValue = (text: string): Value | null => (text === '' ? null : { kind: 'text', text })

function numericValue(text: string, format: NumberFormat, system: DateSystem): Value {
  if (format === 'number') {
    return numberValue(text)
  }
  return format === 'unclear'
    ? { kind: 'files/format-unclear', text }
    : serialValue(text, format, system)
}

function sharedValue(place: string, texts: readonly string[]): Value | null | 'damaged' {
  const text = /^\d{1,7}$/.test(place) ? texts[Number(place)] : undefined
  return text === undefined ? 'damaged' : textValue(text)
}

function booleanValue(text: string): Value | 'damaged' {
  if (text === '1' || text === 'true') {
    return { kind: 'boolean', text: 'true' }
  }
  return text === '0' || text === 'false' ? { kind: 'boolean', text: 'false' } : 'damaged'
}
