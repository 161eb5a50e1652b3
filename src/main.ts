import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { openDueYears } from '#features/imports/official-plan.actions.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Log } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'
import { makeApp } from '#src/app.ts'

/** Start and drain: migrate, listen, answer; on SIGTERM finish what is under way, then leave. */
export interface ServeOptions {
  readonly service: OpenService
  readonly log: Log
  readonly host: string
  readonly port: number
}

export interface Serving {
  /** `http://127.0.0.1:3000` */
  readonly address: string
  /** Settles when the service has drained. */
  readonly stopped: Promise<void>
}

const retryMillis = 1000

export async function serve({ service, log, host, port }: ServeOptions): Promise<Serving> {
  const state = { isPrepared: false, isStopping: false }
  const server = await makeApp({ service, log, ready: () => state.isPrepared })
  const prepared = prepareUntilDone(service, log, state)
  // With the database there, the first answer already finds everything in place.
  await Promise.race([prepared, pause(retryMillis)])
  await server.listen({ host, port })
  const stopped = drainOnSignal(server, service, state)
  return { address: addressOf(server, host), stopped }
}

interface ServingState {
  isPrepared: boolean
  isStopping: boolean
}

/** A database that is away at the start is waited for; anything else stops the start. */
async function prepareUntilDone(
  service: OpenService,
  log: Log,
  state: ServingState,
): Promise<void> {
  while (!state.isStopping) {
    try {
      await service.prepare()
      const call = { actor: systemActor, request: 'start', operatingSystemUser: null }
      await perform(service, call, openDueYears)
      state.isPrepared = true
      return
    } catch (error) {
      if (!isUnavailable(error)) {
        throw error
      }
      log.warn({ err: error }, 'the database is away; trying again')
      await pause(retryMillis)
    }
  }
}

function drainOnSignal(
  server: HttpServer,
  service: OpenService,
  state: ServingState,
): Promise<void> {
  return new Promise((resolve) => {
    closeWithGrace({ delay: 20_000 }, async () => {
      state.isStopping = true
      await server.close()
      await service.close()
      resolve()
    })
  })
}

function addressOf(server: HttpServer, host: string): string {
  const { port } = server.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, millis)
  })
