import { setTimeout as sleep } from 'node:timers/promises'
import {
  beginExport,
  drawExport,
  finishExport,
  keepPart,
} from '#features/exports/export-drawing.actions.ts'
import { type Actor, systemActor } from '#features/identity/actor.ts'
import { type Context, perform, view } from '#features/identity/context.public.ts'
import type { Service } from '#platform/service.ts'

export interface ToldExport {
  readonly id: string
  readonly state: string
  readonly command: string
  readonly rowsDone: number
  readonly rowsTotal: number | null
  readonly failure: string | null
  readonly sha256: string | null
}

/** Several may be in line before it, on a machine that others keep busy. */
const millisMax = 180_000

/** Asked again until it is in one of these states. */
export async function untilExport(
  ask: () => Promise<{ readonly body: ToldExport }>,
  states: readonly string[] = ['ready', 'failed', 'cancelled', 'expired'],
): Promise<ToldExport> {
  const deadline = Date.now() + millisMax
  for (;;) {
    const { body } = await ask()
    if (states.includes(body.state)) {
      return body
    }
    if (Date.now() > deadline) {
      throw new Error(`waited in vain for an export to be ${states}, it is ${body.state}`)
    }
    await sleep(50)
  }
}

/** What the queue of a service does, at once and on this thread. */
export async function drawNow(service: Service, id: string): Promise<void> {
  const callOf = (actor: Actor) => ({ actor, request: 'test', operatingSystemUser: null })
  const act = <T>(action: (context: Context) => Promise<T>): Promise<T> =>
    perform(service, callOf(systemActor), action)
  const drawing = await act((context) => beginExport(context, id))
  if (drawing === null) {
    throw new Error(`export ${id} is not waiting`)
  }
  const finished = await view(service, callOf(drawing.actor), (viewing) =>
    drawExport(viewing, drawing, {
      keep: (part) => act((context) => keepPart(context, drawing, part)),
      told: () => undefined,
    }),
  )
  await act((context) => finishExport(context, drawing, finished))
}
