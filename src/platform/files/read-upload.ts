import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { FileDelimiter, FileEncoding, Grid, Understood } from '#core/grid.ts'
import { FileFault, problemOfFault, type ToldFault, toldOf } from './file-fault.ts'
import { type PackedSheet, unpacked } from './packed-sheet.ts'
import { readingLimits } from './reading-limits.ts'
import { makeTurns } from './turns.ts'

/**
 * Reads a file that somebody brought, in a thread of its own with bounded memory and time: whatever
 * stands in the file, the service goes on meanwhile and after. Two files at a time, the others in
 * line. What a person says of the file (`asked`) goes before what is found in it.
 */
export interface Upload {
  readonly name: string
  readonly encoding?: FileEncoding | undefined
  /** Between the cells of a CSV file. */
  readonly delimiter?: FileDelimiter | undefined
}

/** What the thread is given. */
export interface ReadingOrder {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name: string
  readonly asked: Pick<Upload, 'encoding' | 'delimiter'>
}

/** What it answers. */
export type ReadingOutcome =
  | { readonly kind: 'refused'; readonly fault: ToldFault }
  | {
      readonly kind: 'read'
      readonly sha256: string
      readonly understood: Understood
      readonly sheets: readonly PackedSheet[]
    }

const entry = new URL('./reading-worker.ts', import.meta.url)
const turns = makeTurns(readingLimits)

/**
 * @throws Problem `files/…`: refused as a whole, with the place and what to do; `files/busy` when too
 * many wait. The reason of `signal` when it is aborted.
 */
export async function readUpload(
  bytes: Uint8Array,
  { name, encoding, delimiter }: Upload,
  signal?: AbortSignal,
): Promise<Grid> {
  signal?.throwIfAborted()
  if (bytes.byteLength > readingLimits.fileBytesMax) {
    throw problemOfFault(name, toldOf(new FileFault('files/too-large')))
  }
  const outcome = await turns(async () => {
    const order = { bytes: await copied(bytes), name, asked: { encoding, delimiter } }
    signal?.throwIfAborted()
    return readInThread(order, signal)
  }, signal)
  if (outcome.kind === 'refused') {
    throw problemOfFault(name, outcome.fault)
  }
  const { sha256, understood, sheets } = outcome
  return { name, bytes: bytes.byteLength, sha256, understood, sheets: sheets.map(unpacked) }
}

const pieceBytes = 2 * 1024 * 1024

/**
 * Exactly these bytes, to be handed over while the caller keeps its own; a piece at a time, since 20
 * MiB at once can hold up everybody else for longer than they should wait.
 */
async function copied(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const copy = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    copy.set(bytes.subarray(at, at + pieceBytes), at)
    await setImmediate()
  }
  return copy
}

async function readInThread(order: ReadingOrder, signal?: AbortSignal): Promise<ReadingOutcome> {
  const worker = new Worker(entry, {
    workerData: order,
    transferList: [order.bytes.buffer],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: readingLimits.heapMebibytes },
  })
  const { promise, resolve, reject } = Promise.withResolvers<ReadingOutcome>()
  const tooDemanding = (detail: string): void =>
    resolve({ kind: 'refused', fault: { code: 'files/too-demanding', place: {}, detail } })
  const stop = (): void => reject(signal?.reason)
  const timer = setTimeout(tooDemanding, readingLimits.millisMax, 'out of time')
  signal?.addEventListener('abort', stop, { once: true })
  worker.once('message', resolve)
  worker.once('exit', (code) => reject(new Error(`the reading thread ended with ${code}`)))
  worker.once('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      tooDemanding('out of memory')
    } else {
      reject(error)
    }
  })
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
