import { type CellPlace, cellAddress, readCellAddress, rowsMax } from '#core/grid.ts'
import { type CellFace, type FaceValue, faceOf, isNothing, numberValue } from './cell-face.ts'
import { FileFault } from './file-fault.ts'
import { type FormulaToken, formulaForm, readFormula } from './formula-form.ts'
import type { PackedTexts } from './packed-texts.ts'
import type { ReturnedBook } from './returned-book.ts'
import { unescaped } from './spreadsheet-values.ts'
import { isTrue } from './xlsx-workbook.ts'
import type { Attributes } from './xml-reader.ts'

/**
 * The rows and cells inside `sheetData`, as their faces. A cell that stands twice or out of order
 * is refused: programs differ on which one counts. Everything else about a sheet is read around it.
 */
export interface ReturnedRow {
  readonly row: number
  readonly isHidden: boolean
  /** By column, those that say something. */
  readonly cells: readonly CellFace[]
}

const columnsMax = 16_384
/** In points: of a row that is lower nobody reads a line. */
const heightMin = 3
const dayOfEpoch = 25_569
const dayMillis = 86_400_000

interface OpenCell extends CellPlace {
  readonly type: string
  readonly style: number
  value: string | null
  inline: string | null
  formula: string | null
  formulaAttributes: Attributes
}

export class CellsReader {
  readonly #sheet: string
  readonly #texts: PackedTexts
  readonly #formats: readonly string[]
  readonly #shared = new Map<string, { tokens: readonly FormulaToken[]; from: CellPlace }>()
  #rows: ReturnedRow[] = []
  #cells: CellFace[] = []
  #row = 0
  #isRowHidden = false
  #column = -1
  #cell: OpenCell | null = null
  #textOf: 'value' | 'inline' | 'formula' | null = null
  #seen = 0
  #seenBefore = 0

  constructor(sheet: string, { texts, formats }: Pick<ReturnedBook, 'texts' | 'formats'>) {
    this.#sheet = sheet
    this.#texts = texts
    this.#formats = formats
  }

  /** Rows that were finished since the last call. */
  take(): readonly ReturnedRow[] {
    return this.#rows.splice(0)
  }

  hasProgressed(): boolean {
    const isMore = this.#seen > this.#seenBefore
    this.#seenBefore = this.#seen
    return isMore
  }

  /** @param path from the root, whose second is `sheetData` */
  open(element: string, attributes: Attributes, path: readonly string[]): void {
    this.#textOf = null
    if (path.includes('extLst')) {
      return
    }
    const cell = this.#cell
    if (path.length === 2 && element === 'row') {
      this.#openRow(attributes)
    } else if (path.length === 3 && element === 'c') {
      this.#openCell(attributes)
    } else if (cell !== null && path.length === 4 && element === 'v') {
      this.#refuseIf(cell.value !== null)
      cell.value = ''
      this.#textOf = 'value'
    } else if (cell !== null && path.length === 4 && element === 'f') {
      this.#refuseIf(cell.formula !== null)
      cell.formula = ''
      cell.formulaAttributes = attributes
      this.#textOf = 'formula'
    } else if (cell !== null && path.length === 4 && element === 'is') {
      cell.inline = ''
    } else if (element === 't' && path[4] === 'is') {
      this.#textOf = path.includes('rPh') ? null : 'inline'
    } else {
      this.#refuseIf(element !== 'extLst' && path[4] !== 'is')
    }
  }

  text(text: string): void {
    if (this.#cell !== null && this.#textOf !== null) {
      const so = this.#cell[this.#textOf] ?? ''
      this.#refuseIf(so.length > textMax)
      this.#cell[this.#textOf] = so + text
    }
  }

  close(element: string): void {
    this.#textOf = null
    if (element === 'c' && this.#cell !== null) {
      this.#closeCell(this.#cell)
    } else if (element === 'row' && this.#row > 0 && this.#cells.length > 0) {
      this.#rows.push({ row: this.#row, isHidden: this.#isRowHidden, cells: this.#cells })
      this.#cells = []
    }
  }

  #openRow({ r, hidden, ht }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : wholeNumber(r)
    this.#refuseIf(!(row > this.#row && row <= rowsMax))
    this.#row = row
    this.#isRowHidden = isTrue(hidden) || (ht !== undefined && Number(ht) < heightMin)
    this.#column = -1
  }

  #openCell({ r, t = 'n', s = '0' }: Attributes): void {
    const place = r === undefined ? null : readCellAddress(r)
    this.#refuseIf(r !== undefined && place?.row !== this.#row)
    const column = place?.column ?? this.#column + 1
    this.#refuseIf(column <= this.#column || column >= columnsMax)
    this.#column = column
    this.#cell = {
      ...{ row: this.#row, column, type: t, style: Number(s) },
      ...{ value: null, inline: null, formula: null, formulaAttributes: {} },
    }
    this.#seen += 1
  }

  #closeCell(cell: OpenCell): void {
    const value = this.#valueOf(cell)
    this.#refuseIf(value === null)
    const face = faceOf({
      column: cell.column,
      formula: this.#formulaOf(cell),
      value: value ?? '',
      format: this.#formats[cell.style] ?? '',
    })
    if (!isNothing(face)) {
      this.#cells.push(face)
    }
    this.#cell = null
  }

  /** Null where the workbook contradicts itself. */
  #valueOf({ type, value, inline }: OpenCell): FaceValue | null {
    if (type === 'inlineStr' && inline !== null) {
      return `t${unescaped(inline)}`
    }
    if (value === null || (value === '' && type !== 'str')) {
      return ''
    }
    switch (type) {
      case 'n':
        return numberValue(value.trim())
      case 's': {
        const text = /^\s*\d{1,7}\s*$/.test(value) ? this.#texts.at(Number(value)) : undefined
        return text === undefined ? null : `t${unescaped(text)}`
      }
      case 'str':
      case 'inlineStr':
        return `t${unescaped(value)}`
      case 'b':
        return `b${/^\s*(?:1|true)\s*$/.test(value) ? 1 : 0}`
      case 'e':
        return `e${value}`
      case 'd':
        return dayValue(value.trim())
      default:
        return null
    }
  }

  /** Of arrays and tables of data, what they are stands before what they compute. */
  #formulaOf(cell: OpenCell): string | null {
    const { formula, formulaAttributes } = cell
    if (formula === null) {
      return null
    }
    const { t = 'normal', si = '', ref = '' } = formulaAttributes
    if (t === 'shared') {
      if (formula !== '') {
        this.#shared.set(si, { tokens: readFormula(formula), from: cell })
      }
      const shared = this.#shared.get(si)
      this.#refuseIf(shared === undefined)
      return shared === undefined ? null : formulaForm(shared.tokens, cell, shared.from)
    }
    const form = formulaForm(readFormula(formula), cell)
    if (t === 'normal') {
      return form
    }
    const { r1 = '', r2 = '' } = formulaAttributes
    return `{${[t, ref, r1, r2].filter((word) => word !== '').join(' ')}} ${form}`
  }

  #refuseIf(isWrong: boolean): void {
    if (isWrong) {
      const place = { row: this.#row, column: Math.max(0, this.#column) }
      throw new FileFault('files/workbook-damaged', {
        sheet: this.#sheet,
        ...(this.#row === 0 ? {} : { address: cellAddress(place) }),
      })
    }
  }
}

/** Of one value or formula, escapes included. */
const textMax = 262_144

/** NaN for what is none: no comparison holds with it. */
export const wholeNumber = (text: string): number =>
  /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN

/** A day of the strict format, as the number that the others store. */
function dayValue(text: string): FaceValue {
  const instant = Date.parse(/T/.test(text) ? `${text.replace(/Z$/, '')}Z` : `${text}T00:00:00Z`)
  return Number.isNaN(instant) ? `e${text}` : numberValue(String(instant / dayMillis + dayOfEpoch))
}
