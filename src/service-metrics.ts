import type { Registry } from 'prom-client'
import { readProgress } from '#features/audit/audit.public.ts'
import { systemActor } from '#features/identity/actor.ts'
import { view } from '#features/identity/context.public.ts'
import { makeMetrics, measureRecord, measureVerification } from '#platform/metrics.ts'
import type { OpenService } from '#platform/service.ts'
import type { LastVerification } from '#src/record-watch.ts'

/** What is measured of this process and of the record it serves. */
export function metricsOf(
  service: OpenService,
  lastVerification: () => LastVerification | null,
): Registry {
  const registry = makeMetrics(service.poolState)
  measureVerification(registry, lastVerification)
  const call = { actor: systemActor, request: 'metrics', operatingSystemUser: null }
  measureRecord(registry, (after) =>
    view(service, call, ({ handle }) => readProgress(handle, after)),
  )
  return registry
}
