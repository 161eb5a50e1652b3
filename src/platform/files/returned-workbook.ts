import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Problem } from '#core/problem.ts'
import { FileFault, problemOfFault, type ToldFault, toldOf } from './file-fault.ts'
import type { DefinedName } from './returned-book.ts'
import type { ReturnedRow } from './returned-cells.ts'
import { returnedFaults } from './returned-faults.ts'
import { returnedLimits } from './returned-limits.ts'
import type { SheetMarks } from './returned-sheet.ts'
import type { RowDigests } from './row-digests.ts'
import { makeTurns } from './turns.ts'

/**
 * A workbook that came back, read from the disk in a thread of its own with bounded memory and
 * time. A sheet is first set beside the digests of the record's rows; cells come only for the rows
 * that are asked for, some at a time, so that a file of a million rows is never held.
 */
export interface ReturnedWorkbook extends Opened {
  /** @param sheet its place among the sheets, which has cells */
  align(sheet: number, record: RowDigests): Promise<AlignedSheet>
  /** @param wanted numbers of rows that have cells, the least first */
  rows(sheet: number, wanted: readonly number[]): AsyncGenerator<readonly ReturnedRow[]>
}

export interface Opened {
  readonly is1904: boolean
  readonly names: readonly DefinedName[]
  readonly description: string
  readonly sheets: readonly OpenedSheet[]
}

export interface OpenedSheet {
  readonly name: string
  readonly isHidden: boolean
  /** False for a chart or a dialog that stands alone. */
  readonly hasCells: boolean
  /** The texts at the beginning of its first rows. */
  readonly head: readonly string[]
}

/** A sheet beside the record's rows. */
export interface AlignedSheet {
  /** For `stepsOf`. */
  readonly steps: Int32Array
  /** Numbers of rows with cells. */
  readonly hidden: readonly number[]
  readonly marks: SheetMarks
}

export type Asked =
  | { readonly kind: 'align'; readonly sheet: number; readonly record: RowDigests }
  | { readonly kind: 'rows'; readonly sheet: number; readonly wanted: Uint32Array }
  | { readonly kind: 'more' }

export type Answer =
  | { readonly kind: 'refused'; readonly fault: ToldFault }
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'aligned'; readonly aligned: AlignedSheet }
  | { readonly kind: 'rows'; readonly rows: readonly ReturnedRow[] | null }

const entry = new URL('./returned-worker.ts', import.meta.url)
const turns = makeTurns(returnedLimits)

/** A file on the disk, and what its sender calls it. */
export interface ReturnedFile {
  readonly path: string
  readonly name: string
}

/**
 * Opens the file for as long as it is used.
 * @throws Problem `files/…` that says what refuses it as a whole
 */
export async function withReturned<T>(
  { path, name }: ReturnedFile,
  use: (workbook: ReturnedWorkbook) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { size } = await stat(path)
  if (size > returnedLimits.fileBytesMax) {
    throw returnedTooLarge(name)
  }
  if (size === 0) {
    throw refusal(name, toldOf(new FileFault('files/empty')))
  }
  return turns(async () => {
    const thread = new ReadingThread(path, name, signal)
    try {
      return await use(await thread.open())
    } finally {
      await thread.end()
    }
  }, signal)
}

const refusal = (name: string, fault: ToldFault): Problem =>
  problemOfFault(name, fault, returnedFaults)

export const returnedTooLarge = (name: string): Problem =>
  refusal(name, toldOf(new FileFault('files/too-large')))

class ReadingThread {
  readonly #worker: Worker
  readonly #name: string
  readonly #failed: Promise<never>
  readonly #timer: NodeJS.Timeout
  readonly #forget: () => void

  constructor(path: string, name: string, signal?: AbortSignal) {
    this.#name = name
    this.#worker = new Worker(entry, {
      workerData: { path },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: returnedLimits.heapMebibytes },
    })
    const { promise, reject } = Promise.withResolvers<never>()
    const tooDemanding = (detail: string): void =>
      reject(refusal(name, { code: 'files/too-demanding', place: {}, detail }))
    const stop = (): void => reject(signal?.reason)
    this.#failed = promise
    // It is looked at with each answer, and it may fail between two of them.
    promise.catch(() => undefined)
    this.#timer = setTimeout(tooDemanding, returnedLimits.millisMax, 'out of time')
    signal?.addEventListener('abort', stop, { once: true })
    this.#forget = () => signal?.removeEventListener('abort', stop)
    this.#worker.once('exit', (code) => reject(new Error(`the reading thread ended with ${code}`)))
    this.#worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        tooDemanding('out of memory')
      } else {
        reject(error)
      }
    })
  }

  async open(): Promise<ReturnedWorkbook> {
    const answer = await this.#next()
    if (answer.kind !== 'opened') {
      throw new RangeError(`the reading thread answered ${answer.kind}`)
    }
    return {
      ...answer.opened,
      align: (sheet, record) => this.#align(sheet, record),
      rows: (sheet, wanted) => this.#rows(sheet, wanted),
    }
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer)
    this.#forget()
    await this.#worker.terminate()
  }

  async #align(sheet: number, record: RowDigests): Promise<AlignedSheet> {
    const answer = await this.#ask({ kind: 'align', sheet, record })
    if (answer.kind !== 'aligned') {
      throw new RangeError(`the reading thread answered ${answer.kind}`)
    }
    return answer.aligned
  }

  async *#rows(sheet: number, wanted: readonly number[]): AsyncGenerator<readonly ReturnedRow[]> {
    let asked: Asked = { kind: 'rows', sheet, wanted: Uint32Array.from(wanted) }
    for (;;) {
      const answer = await this.#ask(asked)
      if (answer.kind !== 'rows' || answer.rows === null) {
        return
      }
      yield answer.rows
      asked = { kind: 'more' }
    }
  }

  #ask(asked: Asked): Promise<Answer> {
    const answer = this.#next()
    this.#worker.postMessage(asked)
    return answer
  }

  /** One question at a time, so the next message is its answer. */
  async #next(): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.#worker.once('message', resolve)
    const answer = await Promise.race([promise, this.#failed])
    if (answer.kind === 'refused') {
      throw refusal(this.#name, answer.fault)
    }
    return answer
  }
}
