import { cellAddress, readCellAddress, rowsMax } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'
import { coverValues, type MergedRange, readMergedRange } from './merged-cells.ts'
import { type PackedSheet, type ReadingBudget, SheetPacker } from './packed-sheet.ts'
import { readingLimits } from './reading-limits.ts'
import type { DateSystem } from './spreadsheet-values.ts'
import { cellValue, type StoredCell } from './xlsx-cell.ts'
import {
  isTrue,
  spreadsheetNamespaces,
  type Workbook,
  type WorkbookSheet,
} from './xlsx-workbook.ts'
import { readXml, type XmlHandler } from './xml-reader.ts'
import type { GuardedZip } from './zip-guard.ts'

/** @throws FileFault */
export async function readSheet(
  zip: GuardedZip,
  workbook: Workbook,
  sheet: WorkbookSheet,
  budget: ReadingBudget,
): Promise<PackedSheet> {
  const handler = new SheetHandler(workbook, sheet, budget)
  const part = { name: sheet.part, bytes: zip.read(sheet.part), namespaces: spreadsheetNamespaces }
  try {
    await readXml(part, handler)
  } catch (error) {
    throw error instanceof FileFault
      ? new FileFault(error.code, { sheet: sheet.name, ...error.place }, error.cause)
      : error
  }
  return handler.finish()
}

type Attributes = Readonly<Record<string, string>>

/**
 * Rows and cells of a sheet, in their order (ECMA-376 part 1, 18.3.1.80). A cell that stands twice,
 * or out of order, is refused: programs differ on which one counts. Inside the data nothing but
 * rows, cells and their parts is taken.
 */
class SheetHandler implements XmlHandler {
  readonly #workbook: Workbook
  readonly #sheet: WorkbookSheet
  readonly #packer: SheetPacker
  readonly #dateSystem: DateSystem
  readonly #hiddenColumns = new Uint8Array(readingLimits.columnsMax)
  readonly #usedColumns = new Uint8Array(readingLimits.columnsMax)
  readonly #merged: MergedRange[] = []
  readonly #mergedTexts: string[] = []
  #row = 0
  #isRowHidden = false
  #column = -1
  #type = 'n'
  #style = ''
  #isFormula = false
  #value: string | null = null
  #inline: string | null = null
  #textOf: 'value' | 'inline' | null = null
  #isCellSince = false

  constructor(workbook: Workbook, sheet: WorkbookSheet, budget: ReadingBudget) {
    this.#workbook = workbook
    this.#sheet = sheet
    this.#packer = new SheetPacker(budget)
    this.#dateSystem = workbook.is1904 ? '1904' : '1900'
  }

  open(element: string, attributes: Attributes, path: readonly string[]): void {
    this.#textOf = null
    if (path[1] === 'sheetData') {
      this.#openData(element, attributes, path)
    } else if (element === 'col' && path[1] === 'cols') {
      this.#hideColumns(attributes)
    } else if (element === 'mergeCell' && path[1] === 'mergeCells') {
      this.#merge(attributes.ref ?? '')
    }
  }

  #openData(element: string, attributes: Attributes, path: readonly string[]): void {
    if (path.includes('extLst')) {
      return
    }
    const depth = path.length
    if (depth === 2 && element === 'row') {
      this.#openRow(attributes)
    } else if (depth === 3 && element === 'c') {
      this.#openCell(attributes)
    } else if (depth === 4 && element === 'v') {
      this.#refuseIf(this.#value !== null)
      this.#value = ''
      this.#textOf = 'value'
    } else if (depth === 4 && element === 'f') {
      this.#isFormula = true
    } else if (depth === 4 && element === 'is') {
      this.#inline = ''
    } else if (element === 't' && path[4] === 'is' && !path.includes('rPh')) {
      this.#textOf = 'inline'
    } else {
      this.#refuseIf(element !== 'extLst' && path[4] !== 'is')
    }
  }

  text(text: string): void {
    if (this.#textOf === 'value') {
      this.#value += text
    } else if (this.#textOf === 'inline') {
      this.#inline += text
    }
  }

  close(element: string): void {
    this.#textOf = null
    if (element === 'c' && this.#column >= 0) {
      this.#closeCell()
    } else if (element === 'row' && this.#row > 0) {
      this.#packer.endRow(this.#row, this.#isRowHidden)
    }
  }

  #openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : wholeNumber(r)
    this.#refuseIf(row <= this.#row || row > rowsMax)
    this.#row = row
    this.#isRowHidden = isTrue(hidden)
    this.#column = -1
  }

  #openCell({ r, t = 'n', s = '' }: Attributes): void {
    const column = r === undefined ? this.#column + 1 : this.#columnOf(r)
    if (column >= readingLimits.columnsMax) {
      throw new FileFault('files/too-many-columns', { row: this.#row })
    }
    this.#refuseIf(column <= this.#column)
    this.#column = column
    this.#type = t
    this.#style = s
    this.#isFormula = false
    this.#value = null
    this.#inline = null
  }

  #columnOf(address: string): number {
    const place = readCellAddress(address)
    if (place === null || place.row !== this.#row) {
      const isTooFar = /^[A-Z]{3,}\d+$/.test(address)
      throw isTooFar && place === null
        ? new FileFault('files/too-many-columns', { row: this.#row })
        : new FileFault('files/workbook-damaged', { row: this.#row, value: address })
    }
    return place.column
  }

  #closeCell(): void {
    const stored = this.#stored()
    const value = cellValue(stored, { texts: this.#workbook.texts, dateSystem: this.#dateSystem })
    this.#refuseIf(value === 'damaged')
    if (value === null || value === 'damaged') {
      return
    }
    if (value.text.length > readingLimits.textMax) {
      throw new FileFault('files/text-too-long', { address: this.#address() })
    }
    this.#packer.add(this.#column, value.kind, value.text, stored.isFormula)
    this.#usedColumns[this.#column] = 1
    this.#isCellSince = true
  }

  #stored(): StoredCell {
    const { formats } = this.#workbook
    const style = this.#style === '' ? 0 : wholeNumber(this.#style)
    const format = formats[style] ?? (formats.length === 0 ? 'number' : undefined)
    if (format === undefined) {
      throw new FileFault('files/workbook-damaged', { address: this.#address() })
    }
    return {
      type: this.#type,
      format,
      isFormula: this.#isFormula,
      value: this.#value,
      inline: this.#inline,
    }
  }

  #address(): string {
    return cellAddress({ row: this.#row, column: Math.max(0, this.#column) })
  }

  #refuseIf(isWrong: boolean): void {
    if (isWrong) {
      throw new FileFault('files/workbook-damaged', {
        ...(this.#row === 0 ? {} : { address: this.#address() }),
      })
    }
  }

  #hideColumns({ min = '', max = '', hidden }: Attributes): void {
    const [first, last] = [wholeNumber(min), wholeNumber(max)]
    if (isTrue(hidden) && first > 0 && last <= readingLimits.columnsMax) {
      this.#hiddenColumns.fill(1, first - 1, last)
    }
  }

  #merge(ref: string): void {
    const range = readMergedRange(ref)
    this.#refuseIf(range === null || this.#merged.length >= readingLimits.mergedMax)
    if (range !== null) {
      this.#merged.push(range)
      this.#mergedTexts.push(ref)
    }
  }

  hasProgressed(): boolean {
    const is = this.#isCellSince
    this.#isCellSince = false
    return is
  }

  finish(): PackedSheet {
    const hiddenColumns = [...this.#hiddenColumns.keys()].filter(
      (column) => this.#hiddenColumns[column] === 1 && this.#usedColumns[column] === 1,
    )
    const { name, isHidden } = this.#sheet
    const packed = this.#packer.finish({ name, isHidden, hiddenColumns, merged: this.#mergedTexts })
    coverValues(packed, this.#merged)
    return packed
  }
}

/** NaN for what is none: no comparison holds with it. */
const wholeNumber = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN)
