import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { CalendarDate } from '#core/calendar-date.ts'
import {
  type Drawing,
  drawExport,
  keepPart,
  refusalOf,
  Superseded,
} from '#features/exports/export-drawing.actions.ts'
import type { Finished } from '#features/exports/export-drawing.store.ts'
import { type Actor, systemActor } from '#features/identity/actor.ts'
import { type Call, perform, view } from '#features/identity/context.public.ts'
import { createPool, isTransient, isUnavailable } from '#platform/db/connect.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'
import { handleOf } from '#platform/db/transaction.ts'
import type { Service, WorkingConnection } from '#platform/service.ts'

/**
 * The entry of the thread in which one export is drawn, started by export-queue.ts and ended with
 * it, so that two hundred thousand lines hold up nobody. It runs as it is, without tsx: Node takes
 * the types away by itself, so nothing here leads to a page.
 */
export interface ExportOrder {
  readonly working: WorkingConnection
  readonly drawing: Drawing
  readonly today: CalendarDate
  readonly site: string | null
}

export type ExportTold =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'finished'; readonly finished: Finished }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'away'; readonly detail: string }
  | { readonly kind: 'refused'; readonly code: string }

const tellMillis = 500

async function draw({ working, drawing, today, site }: ExportOrder): Promise<void> {
  // One connection for the snapshot that is read, one to put aside what is made of it.
  const pool = createPool({
    ...working,
    max: 2,
    applicationName: 'vigie export',
    timeouts: noTimeouts,
  })
  const service: Service = { handle: handleOf(pool), clock: { today: () => today }, site }
  try {
    tell(await outcome(service, drawing))
  } finally {
    await pool.end()
  }
}

async function outcome(service: Service, drawing: Drawing): Promise<ExportTold> {
  const kept = callOf(systemActor, drawing)
  let toldAt = 0
  try {
    const finished = await view(service, callOf(drawing.actor, drawing), (viewing) =>
      drawExport(viewing, drawing, {
        keep: (part) => perform(service, kept, (context) => keepPart(context, drawing, part)),
        told(done, total) {
          if (performance.now() - toldAt >= tellMillis) {
            toldAt = performance.now()
            tell({ kind: 'progress', done, total })
          }
        },
      }),
    )
    return { kind: 'finished', finished }
  } catch (error) {
    if (error instanceof Superseded) {
      return { kind: 'superseded' }
    }
    if (isUnavailable(error) || isTransient(error)) {
      return { kind: 'away', detail: String(error) }
    }
    const code = refusalOf(error)
    if (code === null) {
      throw error
    }
    return { kind: 'refused', code }
  }
}

const callOf = (actor: Actor, { id }: Drawing): Call => ({
  actor,
  request: `export/${id}`,
  operatingSystemUser: null,
})

const tell = (told: ExportTold): void => parentPort?.postMessage(told)

if (process.platform === 'linux') {
  // There, of this thread alone: pages come first, and the file takes what time they leave.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
}

await draw(workerData as ExportOrder)
