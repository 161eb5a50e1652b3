import type { DataValidation, Style, Worksheet } from 'exceljs'
import { layoutOf } from './sheet-layout.ts'
import type { EntryRule, Sheet } from './workbook.ts'

/**
 * Makes a form of a sheet: under its rows the columns of `entry` may be typed in, each with the
 * format and the check of what it takes; whatever else is on the sheet stays protected. Formats and
 * rights are the column's, so that no empty cell is written. Text columns have the format Text:
 * `00123`, `3-4` and `=1+1` stay what was typed.
 */
const rowsChecked = 5_000
const amountMax = '9999999999999.99'

export function openEntry(
  worksheet: Worksheet,
  sheet: Sheet,
  entry: Readonly<Record<string, EntryRule>>,
): void {
  const { headerRow, lastDataRow, letter } = layoutOf(sheet)
  const first = lastDataRow + 1
  sheet.columns.forEach(({ key }, at) => {
    const rule = entry[key]
    if (rule !== undefined) {
      worksheet.getColumn(at + 1).style = styleOf(rule)
      for (let row = 1; row < headerRow; row += 1) {
        lock(worksheet, row, at + 1)
      }
      const column = letter(key)
      validationsOf(worksheet).add(`${column}${first}:${column}${first + rowsChecked - 1}`, {
        ...checkOf(rule),
        allowBlank: true,
        showInputMessage: true,
        showErrorMessage: true,
        promptTitle: rule.title,
        prompt: rule.prompt,
        errorTitle: rule.title,
        error: rule.refusal,
      })
    }
  })
}

/** Above the headers nothing is read: what was typed there would be lost. */
function lock(worksheet: Worksheet, row: number, column: number): void {
  const cell = worksheet.getCell(row, column)
  cell.style = { ...cell.style, protection: { locked: true } }
}

const textFormat = '@'

function styleOf(rule: EntryRule): Partial<Style> {
  const open = { protection: { locked: false } }
  switch (rule.takes) {
    case 'date':
      return { ...open, numFmt: 'yyyy-mm-dd' }
    case 'amount':
      return { ...open, numFmt: '#,##0.00' }
    default:
      return { ...open, numFmt: textFormat }
  }
}

function checkOf(
  rule: EntryRule,
): Pick<DataValidation, 'type' | 'operator' | 'formulae' | 'errorStyle'> {
  switch (rule.takes) {
    case 'list':
      return { type: 'list', formulae: [rule.range], errorStyle: 'warning' }
    case 'only':
      return { type: 'list', formulae: [`"${rule.word}"`], errorStyle: 'stop' }
    case 'date':
      return {
        type: 'date',
        operator: 'between',
        formulae: [rule.first, rule.last].map((day) => new Date(`${day}T00:00:00Z`)),
        errorStyle: 'stop',
      }
    case 'amount':
      return {
        type: 'decimal',
        operator: 'between',
        formulae: ['0.01', amountMax],
        errorStyle: 'stop',
      }
    case 'text':
      return {
        type: 'textLength',
        operator: 'lessThanOrEqual',
        formulae: [rule.charactersMax],
        errorStyle: 'stop',
      }
  }
}

/** By range, which exceljs writes as one rule; its types know single cells only. */
const validationsOf = (
  worksheet: Worksheet,
): { add(range: string, validation: DataValidation): void } =>
  (worksheet as unknown as { dataValidations: ReturnType<typeof validationsOf> }).dataValidations
