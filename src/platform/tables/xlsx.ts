import type { Workbook as File, Style } from 'exceljs'
import { zipParts } from '#platform/files/deterministic-zip.ts'
import { localeOf } from '#platform/i18n/format.ts'
import type { Workbook } from './workbook.ts'
import { addCharts } from './xlsx-charts.ts'
import { mendParts } from './xlsx-mend.ts'
import { drawParts } from './xlsx-parts.ts'
import { assertWritable } from './xlsx-rules.ts'
import { drawSheet } from './xlsx-sheet.ts'
import { plainLine } from './xlsx-text.ts'

/**
 * Writes a described workbook as an .xlsx. The same description gives the same bytes, in any process
 * and any time zone, so that a workbook can be issued again and compared by its hash: the instant
 * comes with the description, nothing is random, and the zip is made of sorted parts.
 * exceljs draws and nothing more (docs/architecture.md, "Files"): it never reads a file, and no value reaches it
 * but through `fileCell`. It is loaded on first use, since a command that prints a table needs none,
 * or while what is to be written is still read.
 */
export async function writeWorkbook(workbook: Workbook): Promise<Uint8Array> {
  const { parts } = await drawWorkbook(workbook)
  return zipParts(parts)
}

export const loadWriter = () => import('exceljs')

export interface DrawnWorkbook {
  /** By name. */
  readonly parts: Map<string, string>
  readonly file: File
  /** By which a cell of a sheet names each of the looks asked for, in their order. */
  readonly styleIds: readonly number[]
}

/** Before it is zipped. `looks` are in the file's styles, whether a cell has them or not. */
export async function drawWorkbook(
  workbook: Workbook,
  looks: readonly Partial<Style>[] = [],
): Promise<DrawnWorkbook> {
  assertWritable(workbook)
  const { default: ExcelJS } = await loadWriter()
  const file = new ExcelJS.Workbook()
  setProperties(file, workbook)
  for (const [index, sheet] of workbook.sheets.entries()) {
    const worksheet = file.addWorksheet(sheet.name)
    drawSheet(worksheet, sheet, workbook.language, tableName(sheet.name, index))
    if (sheet.isEditable !== true) {
      await worksheet.protect('', {
        selectLockedCells: true,
        selectUnlockedCells: true,
        autoFilter: true,
        sort: true,
        formatColumns: true,
        formatRows: true,
      })
    }
  }
  const { parts, styleIds } = await drawParts(file, looks)
  mendParts(parts)
  addCharts(parts, workbook)
  return { parts, file, styleIds }
}

function setProperties(file: File, workbook: Workbook): void {
  const instant = new Date(workbook.instant)
  if (Number.isNaN(instant.getTime())) {
    throw new RangeError(`not an instant: ${workbook.instant.slice(0, 64)}`)
  }
  file.creator = workbook.creator
  file.lastModifiedBy = workbook.creator
  file.title = workbook.title
  if (workbook.madeWith !== undefined) {
    file.description = plainLine(workbook.madeWith)
  }
  file.created = instant
  file.modified = instant
  // A property that exceljs writes and its types leave out.
  Object.assign(file, { language: localeOf(workbook.language) })
  file.views = [
    {
      x: 0,
      y: 0,
      width: 24_000,
      height: 14_000,
      firstSheet: 0,
      activeTab: 0,
      visibility: 'visible',
    },
  ]
}

/** ASCII, unique by its number, and never like a cell's address: `t5_Depenses`. */
export function tableName(sheetName: string, index: number): string {
  const ascii = sheetName.normalize('NFD').replace(/\p{Mn}/gu, '')
  return `t${index + 1}_${ascii.replace(/[^A-Za-z0-9]+/g, '_')}`
}
