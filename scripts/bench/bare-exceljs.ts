import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import exceljs from 'exceljs'

/** exceljs' own streaming writer and nothing else: `bare-exceljs.ts ROWS.jsonl FILE.xlsx`. */
const [from = '', filename = ''] = process.argv.slice(2)
const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename })
const sheet = workbook.addWorksheet('Dépenses')
for await (const line of createInterface({ input: createReadStream(from) })) {
  sheet.addRow(JSON.parse(line)).commit()
}
sheet.commit()
await workbook.commit()
