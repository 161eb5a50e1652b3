import { type Language, languages } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import { registerEventPages } from '#features/audit/event-pages.routes.ts'
import { registerObservationPages } from '#features/audit/observation-pages.routes.ts'
import { registerVerifyPages } from '#features/audit/verify-pages.routes.ts'
import { registerCommitmentPages } from '#features/commitments/commitment-pages.routes.ts'
import { registerCommitmentStepPages } from '#features/commitments/commitment-step-pages.routes.ts'
import { registerApprovalPages } from '#features/expenditures/approvals-pages.routes.ts'
import { registerDocumentPages } from '#features/expenditures/document-pages.routes.ts'
import { registerEntryPages } from '#features/expenditures/entry-pages.routes.ts'
import { registerExpenditurePages } from '#features/expenditures/expenditure-pages.routes.ts'
import { registerPastePages } from '#features/expenditures/paste-pages.routes.ts'
import { registerRequestPages } from '#features/expenditures/request-pages.routes.ts'
import { registerComparisonPages } from '#features/exports/comparison-pages.routes.ts'
import { registerEnvelopePages } from '#features/exports/envelope-pages.routes.ts'
import { registerFrozenReportPages } from '#features/exports/frozen-report-pages.routes.ts'
import { registerMeasurePages } from '#features/exports/measure-pages.routes.ts'
import { registerQueuedExportPages } from '#features/exports/queued-export-pages.routes.ts'
import { registerReconciliationPages } from '#features/exports/reconciliation-pages.routes.ts'
import { registerReportPages } from '#features/exports/report-pages.routes.ts'
import { registerReturnedPages } from '#features/exports/returned-pages.routes.ts'
import { registerExtractPages } from '#features/extracts/extract-pages.routes.ts'
import { registerMappingPages } from '#features/extracts/mapping-pages.routes.ts'
import { registerPlannedPages } from '#features/funding/planned-pages.routes.ts'
import {
  registerEnvelopeStepPages,
  registerRelationStepPages,
} from '#features/funding/planned-step-pages.routes.ts'
import { registerRevisionPages } from '#features/funding/revision-pages.routes.ts'
import { registerRevisionStepPages } from '#features/funding/revision-step-pages.routes.ts'
import { registerHomePages } from '#features/home/home-pages.routes.ts'
import {
  registerAccountPages,
  registerPasswordPages,
} from '#features/identity/account-pages.routes.ts'
import { actOf } from '#features/identity/calls.public.ts'
import { registerDemoPages } from '#features/identity/demo-pages.routes.ts'
import { makePageGuard, type PageGuard } from '#features/identity/page-guard.public.ts'
import { makePages, type Pages } from '#features/identity/pages.public.ts'
import type { Act } from '#features/identity/permission.ts'
import { registerSessionPages } from '#features/identity/session-pages.routes.ts'
import { registerTokenPages } from '#features/identity/token-pages.routes.ts'
import { registerUserPages } from '#features/identity/user-pages.routes.ts'
import { registerImportFilePages } from '#features/imports/import-file-pages.routes.ts'
import { registerImportPages } from '#features/imports/import-pages.routes.ts'
import { registerImportStepPages } from '#features/imports/import-step-pages.routes.ts'
import { registerJournalPages } from '#features/journal/journal-pages.routes.ts'
import { registerMatchingPages } from '#features/matching/matching-pages.routes.ts'
import { registerRunPages } from '#features/matching/run-pages.routes.ts'
import { registerOrganizationPages } from '#features/organizations/organization-pages.routes.ts'
import { registerPeriodPages } from '#features/periods/period-pages.routes.ts'
import type { AfterApproval } from '#features/year-end/year-end.routes.ts'
import { registerYearEndPages } from '#features/year-end/year-end-pages.routes.ts'
import { registerYearEndPreviewPages } from '#features/year-end/year-end-preview-pages.routes.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import { acceptForms } from '#platform/http/forms.ts'
import { routeUnknown } from '#platform/http/framework-problems.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOf } from '#platform/http/language.ts'
import { addressOf } from '#platform/http/page-address.ts'
import type { OpenService } from '#platform/service.ts'
import { eventCodes } from './event-codes.ts'

export interface PagesOptions extends AfterApproval {
  readonly service: OpenService
  readonly secret: string
  readonly constraints: Readonly<Record<string, () => Problem>>
  /** What verifying the record recomputes, and the anchors it holds it against. */
  readonly checks: readonly RecordCheck[]
  readonly anchorFiles: AnchorFiles | null
  /** Visitors enter in any role, without a password. */
  readonly isDemo: boolean
}

/** The one list of pages. */
function registerEach(server: HttpServer, pages: Pages, options: PagesOptions): void {
  registerEntryPages(server, pages)
  registerPastePages(server, pages)
  registerApprovalPages(server, pages)
  registerExpenditurePages(server, pages)
  registerDocumentPages(server, pages)
  registerRequestPages(server, pages)
  registerReconciliationPages(server, pages)
  registerComparisonPages(server, pages)
  registerReportPages(server, pages)
  registerQueuedExportPages(server, pages)
  registerMeasurePages(server, pages)
  registerEnvelopePages(server, pages)
  registerImportPages(server, pages)
  registerImportFilePages(server, pages)
  registerImportStepPages(server, pages)
  registerExtractPages(server, pages)
  registerMappingPages(server, pages)
  registerMatchingPages(server, pages)
  registerRunPages(server, pages)
  registerCommitmentPages(server, pages)
  registerCommitmentStepPages(server, pages)
  registerRevisionPages(server, pages)
  registerRevisionStepPages(server, pages)
  registerPlannedPages(server, pages)
  registerEnvelopeStepPages(server, pages)
  registerRelationStepPages(server, pages)
  registerYearEndPages(server, pages, options)
  registerYearEndPreviewPages(server, pages)
  registerFrozenReportPages(server, pages)
  registerPeriodPages(server, pages)
  registerUserPages(server, pages)
  registerOrganizationPages(server, pages)
  registerAccountPages(server, pages)
  registerTokenPages(server, pages)
  registerJournalPages(server, pages)
  registerEventPages(server, pages, eventCodes)
  registerObservationPages(server, pages)
  const { service, checks, anchorFiles: files } = options
  registerVerifyPages(server, pages, { service, checks, files })
  registerReturnedPages(server, pages)
  registerHomePages(server, pages)
}

/** Registers pages in both languages, behind one guard. */
export async function registerPages(
  server: HttpServer,
  options: PagesOptions,
  each: typeof registerEach = registerEach,
): Promise<void> {
  const { service, secret, constraints, isDemo } = options
  const acts = new Map<string, Act>()
  const guard = makePageGuard(service, secret, acts)
  const pages = makePages(service, { constraints, isUnavailable })
  server.get('/', { schema: { hide: true } }, (request, reply) =>
    reply
      .header('vary', 'accept-language')
      .redirect(`/${languageOf(request.headers['accept-language'])}`, 302),
  )
  for (const language of languages) {
    await server.register(
      async (scope: HttpServer) => {
        await openScope(scope, guard, acts)
        registerSessionPages(scope, options)
        registerPasswordPages(scope, service)
        if (isDemo) {
          registerDemoPages(scope, { service, acts })
        }
        each(scope, pages, options)
      },
      { prefix: `/${language satisfies Language}` },
    )
  }
}

async function openScope(
  scope: HttpServer,
  guard: PageGuard,
  acts: Map<string, Act>,
): Promise<void> {
  scope.decorateRequest('actor', null)
  scope.decorateRequest('session', null)
  scope.addHook('onRoute', (route) => {
    const act = actOf(route)
    if (route.method === 'GET') {
      acts.set(addressOf(route.url), act)
    }
    route.schema = { ...route.schema, hide: true }
  })
  await acceptForms(scope)
  scope.addHook('onRequest', guard.authenticate)
  scope.addHook('preValidation', async (request) => {
    await guard.confirm(request)
    request.query = withoutEmpty(request.query)
  })
  scope.setNotFoundHandler(() => {
    throw routeUnknown()
  })
}

/** A field of a search that was left empty asks for nothing. */
const withoutEmpty = (query: unknown): object =>
  Object.fromEntries(Object.entries(Object(query)).filter(([, value]) => value !== ''))
