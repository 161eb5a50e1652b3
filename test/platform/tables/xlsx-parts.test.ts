import ExcelJS from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { drawParts } from '#platform/tables/xlsx-parts.ts'

/** The steps of exceljs are written out in our code: this is what says so when they change. */
test('the parts are those that exceljs itself would zip, letter for letter', async () => {
  const file = new ExcelJS.Workbook()
  file.created = new Date('2026-04-01T00:00:00Z')
  file.modified = file.created
  const sheet = file.addWorksheet('Écarts')
  sheet.addTable({
    name: 't1',
    ref: 'A1',
    headerRow: true,
    columns: [{ name: 'Un' }, { name: 'Deux' }],
    rows: [[{ formula: '1-1', result: 0 }, 'é']],
  })
  sheet.getCell('A4').value = { text: 'voir', hyperlink: '/fr' }
  const { parts: drawn } = await drawParts(file)
  const zipped = unzipSync(new Uint8Array(await file.xlsx.writeBuffer()))
  const expected = Object.entries(zipped)
    .filter(([name]) => !name.endsWith('/'))
    .map(([name, bytes]) => [name, strFromU8(bytes)])
  expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(expected))
})
