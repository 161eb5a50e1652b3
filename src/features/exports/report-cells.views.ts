import type { Bilingual, Language } from '#core/language.ts'
import type { CellValue, Column, TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { sheetCell } from '#platform/tables/sheet-cells.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import { textOr, words } from './cells.views.ts'
import type { CellsByKey } from './sheet-plan.views.ts'
import { fundingWords, kindWords } from './workbook-words.ts'

/** Cells of a report's own row by the keys of its columns, codes in words where they have any. */
export function reportCells(
  columns: readonly Column[],
  row: TableRow,
  language: Language,
  own: (key: string, code: string | null) => SheetCell | null = () => null,
): CellsByKey {
  const cells = columns.map(({ key }, index): [string, SheetCell] => {
    const value = row.cells[index]
    if (value === undefined) {
      throw new RangeError(`no cell for ${key} in the report's table`)
    }
    const code = value.type === 'text' && typeof value.value === 'string' ? value.value : null
    return [key, own(key, code) ?? cellOf(key, value, code, language)]
  })
  return Object.fromEntries(cells)
}

export const mapCells = (
  cells: CellsByKey,
  drawnAs: (cell: SheetCell, key: string) => SheetCell,
): CellsByKey =>
  Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, drawnAs(cell, key)]))

function cellOf(key: string, value: CellValue, code: string | null, language: Language): SheetCell {
  switch (key) {
    case 'kind':
      return wordsOrCode(kindWords, code, language)
    case 'funding':
      return code === null
        ? { missing: 'not-applicable' }
        : wordsOrCode(fundingWords, code, language)
    default:
      return sheetCell(value, { language, flagWords: flagLabelOf })
  }
}

function wordsOrCode(
  wordsOf: Readonly<Record<string, Bilingual>>,
  code: string | null,
  language: Language,
): SheetCell {
  const found = wordsOf[code ?? '']
  return found === undefined ? textOr(code) : words(found, language)
}
