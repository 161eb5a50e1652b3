import type { Cell, CellKind, Grid, Row, Sheet } from '#core/grid.ts'

/** A cell by its text, or by kind and text; null where there is none. */
export type Told = string | readonly [CellKind, string] | null

export const cellOf = (told: string | readonly [CellKind, string], column = 0): Cell => {
  const [kind, text] = typeof told === 'string' ? (['text', told] as const) : told
  return { column, kind, text, isFormula: false }
}

/** Rows from 1 on; an empty list is a row without a cell, which a sheet leaves out. */
export function sheetOf(rows: readonly (readonly Told[])[], changes: Partial<Sheet> = {}): Sheet {
  const kept: Row[] = rows.flatMap((cells, at) => {
    const filled = cells.flatMap((told, column) => (told === null ? [] : [cellOf(told, column)]))
    return filled.length === 0 ? [] : [{ row: at + 1, isHidden: false, cells: filled }]
  })
  return {
    name: 'Feuil1',
    isHidden: false,
    rows: kept,
    lastRow: kept.at(-1)?.row ?? 0,
    cellsCount: kept.reduce((count, { cells }) => count + cells.length, 0),
    formulasCount: 0,
    hiddenRowsCount: 0,
    hiddenColumns: [],
    merged: [],
    ...changes,
  }
}

export const gridOf = (...sheets: readonly Sheet[]): Grid => ({
  name: 'essai.xlsx',
  bytes: 1,
  sha256: '',
  sheets,
  understood: { format: 'xlsx' },
})
