import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Registry } from 'prom-client'
import { Problem } from '#core/problem.ts'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { openDueYears } from '#features/imports/official-plan.actions.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Log } from '#platform/log.ts'
import { type MetricsServer, serveMetrics } from '#platform/metrics.ts'
import type { OpenService } from '#platform/service.ts'
import { makeApp } from '#src/app.ts'
import { makeExportQueue, prepareExportQueue } from '#src/export-queue.ts'
import { freezeReports, recordChecks } from '#src/record.ts'
import { type RecordWatch, watchRecord } from '#src/record-watch.ts'
import { metricsOf } from '#src/service-metrics.ts'

/**
 * Start and drain: migrate, listen, answer; at the end finish what is under way. A database that is
 * away, at the start or later, is waited for: meanwhile the service answers 503 and says so.
 */
export interface ServeOptions {
  readonly service: OpenService
  readonly log: Log
  readonly anchorFiles: AnchorFiles
  readonly host: string
  readonly port: number
  /** Null: no figures are served. */
  readonly metricsPort: number | null
  readonly sessionSecret: string | null
  /** `vigie demo` alone: visitors enter without a password. */
  readonly isDemo?: boolean
  /** Told how to drain before anything listens. */
  readonly closeAtEnd: (drain: () => Promise<void>) => void
}

interface ServingState {
  isPrepared: boolean
  isAway: boolean
  isListening: boolean
  isStopping: boolean
}

/** A longer migration is waited for by a service that already answers that it lives. */
const preparingMillisMax = 15_000
const retryMillis = 1_000
const returnMillis = 200

/** Answers the address: `http://127.0.0.1:3000`. */
export async function serve(options: ServeOptions): Promise<string> {
  const { service, log, anchorFiles, host, port, metricsPort, sessionSecret, closeAtEnd } = options
  const { isDemo = false } = options
  const watch = watchRecord({ service, files: anchorFiles, checks: recordChecks, log })
  const exportQueue = makeExportQueue(service, log)
  const state = { isPrepared: false, isAway: false, isListening: false, isStopping: false }
  const ready = (): boolean => state.isPrepared && !state.isAway
  const metrics = metricsOf(service, () => watch.lastVerification)
  const server = await makeApp({
    service,
    log,
    ready,
    metrics,
    sessionSecret,
    anchorFiles,
    isDemo,
  })
  const figures = metricsPort === null ? null : await listenForMetrics(metrics, host, metricsPort)
  closeAtEnd(async () => {
    state.isStopping = true
    await exportQueue.close()
    await server.close()
    await figures?.close()
    await watch.close()
  })
  const away = Promise.withResolvers<void>()
  const prepared = prepareUntilDone({ service, log, watch, onAway: away.resolve }, state)
  // With the database there, the first answer already finds everything in place.
  await Promise.race([prepared, away.promise, sleep(preparingMillisMax, undefined, { ref: false })])
  state.isListening = true
  await listen(server, host, port)
  void prepared.then(() => {
    watch.start()
    exportQueue.start()
    return watchDatabase(service, log, state)
  })
  return addressOf(server, host)
}

interface Preparing {
  readonly service: OpenService
  readonly log: Log
  readonly watch: RecordWatch
  readonly onAway: () => void
}

/**
 * Before anything listens, a database that is there and cannot be used stops the start. Later it is
 * waited for like one that is away: whoever brings it back may first have to create or restore it.
 */
async function prepareUntilDone(
  { service, log, watch, onAway }: Preparing,
  state: ServingState,
): Promise<void> {
  let said = ''
  while (!state.isStopping) {
    try {
      await service.prepare()
      await prepareExportQueue(service)
      await watch.check()
      const call = { actor: systemActor, request: 'start', operatingSystemUser: null }
      if (service.refusal?.() == null) {
        await perform(service, call, openDueYears)
        await freezeReports(service, log)
      }
      state.isPrepared = true
      return
    } catch (error) {
      if (!state.isListening && !isUnavailable(error)) {
        throw error
      }
      onAway()
      if (said !== String(error)) {
        said = String(error)
        log.warn({ err: error }, 'the database cannot be used yet; trying again')
      }
      await sleep(retryMillis, undefined, { ref: false })
    }
  }
}

/** Whether requests may be sent is asked of the database, not remembered. */
async function watchDatabase(service: OpenService, log: Log, state: ServingState): Promise<void> {
  while (!state.isStopping) {
    await sleep(state.isAway ? returnMillis : retryMillis, undefined, { ref: false })
    // Twice: a connection that was cut says nothing about the next one.
    const isAway = !((await service.answers()) || (await service.answers()))
    if (isAway !== state.isAway && !state.isStopping) {
      log.warn(isAway ? 'the database is away' : 'the database is back')
      state.isAway = isAway
    }
  }
}

async function listenForMetrics(
  metrics: Registry,
  host: string,
  port: number,
): Promise<MetricsServer> {
  try {
    return await serveMetrics(metrics, host, port)
  } catch (error) {
    throw addressProblem(error, host, port) ?? error
  }
}

async function listen(server: HttpServer, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw addressProblem(error, host, port) ?? error
  }
}

function addressProblem(cause: unknown, host: string, port: number): Problem | null {
  const { code } = Object(cause) as { code?: unknown }
  switch (code) {
    case 'EADDRINUSE':
      return new Problem(
        'unavailable',
        'service/port-in-use',
        {
          fr: `Le port ${port} de ${host} est déjà pris; choisissez-en un autre avec --port (0 en prend un libre).`,
          en: `Port ${port} of ${host} is already taken; choose another one with --port (0 takes a free one).`,
        },
        { cause },
      )
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Problem(
        'invalid',
        'service/address-unusable',
        {
          fr: `Impossible d’écouter sur le port ${port} de ${host} (${code}); vérifiez --host et --port.`,
          en: `Cannot listen on port ${port} of ${host} (${code}); check --host and --port.`,
        },
        { cause },
      )
    default:
      return null
  }
}

function addressOf(server: HttpServer, host: string): string {
  const { port } = server.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
