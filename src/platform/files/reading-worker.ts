import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { readCsv } from './csv-reader.ts'
import { FileFault, toldOf } from './file-fault.ts'
import { formatOf } from './file-format.ts'
import { buffersOf } from './packed-sheet.ts'
import type { ReadingOrder, ReadingOutcome } from './read-upload.ts'
import { readXlsx } from './xlsx-reader.ts'

/**
 * The entry of the thread in which a file is read, started by `readUpload` for one file and ended
 * with it. It runs as it is: Node takes the types away by itself.
 */
const { bytes, name, asked }: ReadingOrder = workerData

async function outcome(): Promise<ReadingOutcome> {
  try {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const read =
      formatOf(bytes, name) === 'csv' ? await readCsv(bytes, asked) : await readXlsx(bytes)
    return { kind: 'read', sha256, ...read }
  } catch (error) {
    if (error instanceof FileFault) {
      return { kind: 'refused', fault: toldOf(error) }
    }
    throw error
  }
}

const told = await outcome()
parentPort?.postMessage(told, told.kind === 'read' ? [...told.sheets.flatMap(buffersOf)] : [])
