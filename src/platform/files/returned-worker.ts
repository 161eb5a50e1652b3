import { parentPort, workerData } from 'node:worker_threads'
import { FileFault, toldOf } from './file-fault.ts'
import { ReturnedReading } from './returned-reading.ts'
import type { Answer, Asked } from './returned-workbook.ts'

/**
 * The entry of the thread in which one workbook is read, started by `withReturned` and ended with
 * it. It runs as it is: Node takes the types away by itself.
 */
const { path }: { readonly path: string } = workerData
const reading = ReturnedReading.open(path)

/** A refusal where the file is at fault; anything else ends the thread. */
async function told(work: (reading: ReturnedReading) => Promise<Answer>): Promise<Answer> {
  try {
    return await work(await reading)
  } catch (error) {
    if (error instanceof FileFault) {
      return { kind: 'refused', fault: toldOf(error) }
    }
    throw error
  }
}

parentPort?.on('message', async (asked: Asked) => {
  parentPort?.postMessage(await told((it) => it.answer(asked)))
})
parentPort?.postMessage(await told(async (it) => ({ kind: 'opened', opened: await it.opened() })))
