import { createHash } from 'node:crypto'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { sampleWorkbook } from './sample-workbook.ts'

/** Run as a process of its own, in another time zone: prints the hash of what it wrote. */
const bytes = await writeWorkbook(sampleWorkbook())
process.stdout.write(createHash('sha256').update(bytes).digest('hex'))
