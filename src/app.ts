import { chainChecks, type RecordCheck } from '#features/audit/audit.public.ts'
import { registerAudit } from '#features/audit/audit.routes.ts'
import { expenditureConstraints } from '#features/expenditures/constraints.ts'
import { registerExpenditures } from '#features/expenditures/expenditures.routes.ts'
import { registerReports } from '#features/exports/reports.routes.ts'
import { registerFunding } from '#features/funding/funding.routes.ts'
import { makeCalls } from '#features/identity/calls.public.ts'
import { identityConstraints } from '#features/identity/constraints.ts'
import { registerJournal } from '#features/journal/journal.routes.ts'
import { journalChecks } from '#features/journal/journal-checks.public.ts'
import { registerOrganizations } from '#features/organizations/organizations.routes.ts'
import { periodConstraints } from '#features/periods/constraints.ts'
import { registerProgrammes } from '#features/programmes/programmes.routes.ts'
import { totalsChecks } from '#features/reconciliation/totals-check.public.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeServer, openApiDocument } from '#platform/http/server.ts'
import type { Log } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'

export interface AppOptions {
  readonly service: OpenService
  readonly log: Log
  readonly ready: () => boolean
}

/** Database constraints by name, as the Problem their rule throws. */
export const constraints = {
  ...identityConstraints,
  ...periodConstraints,
  ...expenditureConstraints,
}

/** What `verify` recomputes, in the order of the shelf. */
export const recordChecks: readonly RecordCheck[] = [
  ...chainChecks,
  ...journalChecks,
  ...totalsChecks,
]

/** The one list of what the service answers. */
export async function makeApp({ service, log, ready }: AppOptions): Promise<HttpServer> {
  const calls = makeCalls(service)
  const server = await makeServer({
    log,
    ready,
    isUnavailable,
    onUnavailable: () => {
      service.revive().catch((error) => log.error({ err: error }, 'the database stays away'))
    },
    constraints,
  })
  await server.register(
    async (api: HttpServer) => {
      api.decorateRequest('actor', null)
      api.addHook('onRequest', calls.authenticate)
      registerAudit(api, calls, recordChecks)
      registerOrganizations(api, calls)
      registerProgrammes(api, calls)
      registerJournal(api, calls)
      registerFunding(api, calls)
      registerExpenditures(api, calls)
      registerReports(api, calls)
    },
    { prefix: '/api/v1' },
  )
  server.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
  server.get('/api/v1/openapi.json', { schema: { hide: true } }, () => openApiDocument(server))
  return server
}
