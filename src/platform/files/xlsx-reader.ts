import type { ReadFile } from './csv-reader.ts'
import { FileFault } from './file-fault.ts'
import { newBudget, type PackedSheet } from './packed-sheet.ts'
import { readSheet } from './xlsx-sheet.ts'
import { readWorkbook } from './xlsx-workbook.ts'
import { openZip } from './zip-guard.ts'

/** A workbook as Excel, LibreOffice, Google Sheets and Numbers write it. @throws FileFault */
export async function readXlsx(bytes: Uint8Array): Promise<ReadFile> {
  const zip = await openZip(bytes)
  const workbook = await readWorkbook(zip)
  if (workbook.sheets.length === 0) {
    throw new FileFault('files/workbook-damaged')
  }
  const budget = newBudget()
  const sheets: PackedSheet[] = []
  for (const sheet of workbook.sheets) {
    sheets.push(await readSheet(zip, workbook, sheet, budget))
  }
  return {
    understood: {
      format: 'xlsx',
      dateSystem: {
        value: workbook.is1904 ? '1904' : '1900',
        isAsked: false,
        because: { fr: 'le classeur le dit', en: 'the workbook says so' },
      },
    },
    sheets,
  }
}
