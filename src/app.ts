import { randomBytes } from 'node:crypto'
import type { Registry } from 'prom-client'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'
import { registerAudit } from '#features/audit/audit.routes.ts'
import { registerObservations } from '#features/audit/observations.routes.ts'
import { registerCommitments } from '#features/commitments/commitments.routes.ts'
import { registerApprovals } from '#features/expenditures/approvals.routes.ts'
import { registerExpenditures } from '#features/expenditures/expenditures.routes.ts'
import { registerRequests } from '#features/expenditures/requests.routes.ts'
import { registerFrozenReports } from '#features/exports/frozen-reports.routes.ts'
import { registerQueuedExports } from '#features/exports/queued-exports.routes.ts'
import { registerReports } from '#features/exports/reports.routes.ts'
import { registerReturned } from '#features/exports/returned.routes.ts'
import { registerExtracts } from '#features/extracts/extracts.routes.ts'
import { registerEnvelopeProposals } from '#features/funding/envelope-proposals.routes.ts'
import { registerFunding } from '#features/funding/funding.routes.ts'
import { registerRelationProposals } from '#features/funding/relation-proposals.routes.ts'
import { registerRevisions } from '#features/funding/revisions.routes.ts'
import { actOf, makeCalls } from '#features/identity/calls.public.ts'
import { registerOwnSessions } from '#features/identity/own-sessions.routes.ts'
import { registerSession } from '#features/identity/session.routes.ts'
import { registerTokens } from '#features/identity/tokens.routes.ts'
import { registerUsers } from '#features/identity/users.routes.ts'
import { registerImports } from '#features/imports/imports.routes.ts'
import { registerTemplate } from '#features/imports/template.routes.ts'
import { registerJournal } from '#features/journal/journal.routes.ts'
import { registerJournalFiles } from '#features/journal/journal-file.routes.ts'
import { registerMatching } from '#features/matching/matching.routes.ts'
import { registerOrganizations } from '#features/organizations/organizations.routes.ts'
import { registerPeriods } from '#features/periods/periods.routes.ts'
import { registerProgrammes } from '#features/programmes/programmes.routes.ts'
import { type AfterApproval, registerYearEnd } from '#features/year-end/year-end.routes.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeServer, openApiDocument } from '#platform/http/server.ts'
import type { Log } from '#platform/log.ts'
import { measureRequests } from '#platform/metrics.ts'
import type { OpenService } from '#platform/service.ts'
import { registerPages } from './pages.ts'
import { constraints, freezeReports, recordChecks } from './record.ts'

export interface AppOptions {
  readonly service: OpenService
  readonly log: Log
  readonly ready: () => boolean
  /** Where requests are counted; none: nobody looks. */
  readonly metrics?: Registry
  /** Without one it is made up: pages opened before a start are loaded again after it. */
  readonly sessionSecret?: string | null
  /** Null where no anchors are kept. */
  readonly anchorFiles?: AnchorFiles | null
  /** Visitors enter without a password. */
  readonly isDemo?: boolean
}

/** The one list of what the service answers. */
export async function makeApp(options: AppOptions): Promise<HttpServer> {
  const { service, log, ready, metrics, sessionSecret, anchorFiles = null } = options
  const { isDemo = false } = options
  const secret = sessionSecret ?? randomBytes(32).toString('base64url')
  const server = await makeServer({
    log,
    ready,
    isUnavailable,
    onUnavailable: () => {
      service.revive().catch((error) => log.error({ err: error }, 'the database stays away'))
    },
    constraints,
  })
  if (metrics !== undefined) {
    measureRequests(server, metrics)
  }
  const freeze = () => freezeReports(service, log)
  await server.register(
    async (api: HttpServer) => registerApi(api, { service, anchorFiles, secret, freeze }),
    { prefix: '/api/v1' },
  )
  const record = { checks: recordChecks, anchorFiles }
  await registerPages(server, { service, secret, constraints, isDemo, freeze, ...record })
  server.get('/api/v1/openapi.json', { schema: { hide: true } }, () => openApiDocument(server))
  return server
}

interface ApiOptions extends Pick<AppOptions, 'service'>, AfterApproval {
  readonly secret: string
  readonly anchorFiles: AnchorFiles | null
}

function registerApi(api: HttpServer, { service, secret, anchorFiles, freeze }: ApiOptions): void {
  const calls = makeCalls(service, secret)
  api.decorateRequest('actor', null)
  api.decorateRequest('session', null)
  api.addHook('onRoute', (route) => {
    actOf(route)
  })
  api.addHook('onRequest', calls.authenticate)
  api.addHook('onRequest', calls.guard)
  registerSession(api, calls, { service, secret })
  registerOwnSessions(api, calls)
  registerUsers(api, calls)
  registerTokens(api, calls)
  registerAudit(api, { service, calls, checks: recordChecks, files: anchorFiles })
  registerObservations(api, calls)
  registerOrganizations(api, calls)
  registerProgrammes(api, calls)
  registerPeriods(api, calls)
  registerJournal(api, calls)
  registerJournalFiles(api, calls)
  registerFunding(api, calls)
  registerEnvelopeProposals(api, calls)
  registerRelationProposals(api, calls)
  registerRevisions(api, calls)
  registerCommitments(api, calls)
  registerExpenditures(api, calls)
  registerRequests(api, calls)
  registerApprovals(api, calls)
  registerImports(api, calls)
  registerTemplate(api, calls)
  registerExtracts(api, calls)
  registerMatching(api, calls)
  registerYearEnd(api, calls, { freeze })
  registerReports(api, calls)
  registerQueuedExports(api, calls)
  registerFrozenReports(api, calls)
  registerReturned(api, calls)
}
