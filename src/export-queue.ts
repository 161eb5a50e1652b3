import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Problem } from '#core/problem.ts'
import {
  beginExport,
  type Drawing,
  expireExports,
  failExport,
  finishExport,
  Superseded,
  tellProgress,
} from '#features/exports/export-drawing.actions.ts'
import type { Finished } from '#features/exports/export-drawing.store.ts'
import { exportQueue } from '#features/exports/queued-export.ts'
import { systemActor } from '#features/identity/actor.ts'
import { type Context, perform } from '#features/identity/context.public.ts'
import { createPool, isUnavailable } from '#platform/db/connect.ts'
import { type JobWorker, prepareJobs, workOff } from '#platform/db/jobs.ts'
import type { Log } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'
import type { ExportOrder, ExportTold } from '#src/export-thread.ts'

/**
 * While the service runs: exports that wait are drawn one after the other, each in a thread with
 * bounded memory, and files whose time is over are cleared away. What is under way when the service
 * stops is handed out again, to this process when it is back or to another one.
 */
export interface ExportQueue {
  start(): void
  close(): Promise<void>
}

interface QueueState {
  worker: JobWorker | null
  isClosed: boolean
  timer: NodeJS.Timeout | null
}

const retryMillis = 1_000
const clearMillis = 60_000
const heapMebibytes = 256
const entry = new URL('./export-thread.ts', import.meta.url)

export const prepareExportQueue = ({ ownerPool, working }: OpenService): Promise<void> =>
  prepareJobs(ownerPool, exportQueue, working.role)

export function makeExportQueue(service: OpenService, log: Log): ExportQueue {
  const pool = createPool({ ...service.working, max: 2, applicationName: 'vigie queue' })
  const state: QueueState = { worker: null, isClosed: false, timer: null }
  let starting: Promise<void> = Promise.resolve()
  const complain = (error: unknown): void => {
    if (!isAway(error) && !state.isClosed) {
      log.error({ err: error }, 'an export could not be worked off')
    }
  }
  const clear = (): void => void act(service, expireExports).catch(complain)
  const begin = async (): Promise<void> => {
    while (!state.isClosed && state.worker === null) {
      try {
        state.worker = await workOff(pool, {
          queue: exportQueue,
          run: (id, signal) => runExport({ service, log }, id, signal),
          complain,
        })
      } catch (error) {
        complain(error)
        await sleep(retryMillis, undefined, { ref: false })
      }
    }
  }
  return {
    start() {
      if (state.isClosed) {
        return
      }
      starting = begin()
      state.timer = setInterval(clear, clearMillis)
      state.timer.unref()
      clear()
    },
    async close() {
      state.isClosed = true
      clearInterval(state.timer ?? undefined)
      await starting
      await state.worker?.stop()
      await pool.end()
    },
  }
}

const act = <T>(service: OpenService, action: (context: Context) => Promise<T>): Promise<T> =>
  perform(service, { actor: systemActor, request: 'exports', operatingSystemUser: null }, action)

interface Running {
  readonly service: OpenService
  readonly log: Log
}

/** @throws what another attempt may find gone: the database away, the record not written to */
async function runExport(
  { service, log }: Running,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const drawing = await act(service, (context) => beginExport(context, id))
    if (drawing !== null) {
      const finished = await drawInThread(service, drawing, signal)
      await act(service, (context) => finishExport(context, drawing, finished))
    }
  } catch (error) {
    if (error instanceof Superseded) {
      return
    }
    if (signal.aborted || isAway(error) || service.refusal?.() != null) {
      throw error
    }
    if (!(error instanceof Problem)) {
      log.error({ err: error, export: id }, 'an export failed')
    }
    const code = error instanceof Problem ? error.code : 'exports/failed'
    await act(service, (context) => failExport(context, id, code))
  }
}

/** The database was away from the thread, where what was thrown stays. */
class Away extends Error {}

const isAway = (error: unknown): boolean => error instanceof Away || isUnavailable(error)

/** @throws Superseded, Away, the reason of the signal, a Problem, or what was thrown there */
async function drawInThread(
  service: OpenService,
  drawing: Drawing,
  signal: AbortSignal,
): Promise<Finished> {
  signal.throwIfAborted()
  const order: ExportOrder = {
    drawing,
    working: service.working,
    today: service.clock.today(),
    site: service.site ?? null,
  }
  const worker = new Worker(entry, {
    workerData: order,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Finished>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (told: ExportTold) => {
    switch (told.kind) {
      case 'progress':
        act(service, (context) => tellProgress(context, drawing, told)).catch(reject)
        return
      case 'finished':
        return resolve(told.finished)
      case 'superseded':
        return reject(new Superseded())
      case 'away':
        return reject(new Away(told.detail))
      case 'refused':
        return reject(refusedThere(told.code))
    }
  })
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`the exporting thread ended with ${code}`)))
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

/** What the thread was refused by: kept by its code, which says it in docs/errors.md. */
const refusedThere = (code: string): Problem =>
  new Problem('refused', code, { fr: 'L’exportation est refusée.', en: 'The export is refused.' })
