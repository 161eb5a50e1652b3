import { readStanding } from '#features/audit/audit.public.ts'
import { positionOf } from '#features/audit/moment.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { readRunLines, readTieOut } from '#features/matching/matching.public.ts'
import type { Run, RunLines } from '#features/matching/run.ts'
import type { TieOut } from '#features/matching/tie-out.ts'
import type { Announcement } from '#features/programmes/programme.ts'
import { listAnnouncements } from '#features/programmes/programmes.public.ts'
import type { Bridge } from '#features/reconciliation/bridge.ts'
import type { Exceptions } from '#features/reconciliation/exceptions.ts'
import type { Facts, Grain } from '#features/reconciliation/facts.ts'
import type { Forecast } from '#features/reconciliation/forecast.ts'
import { readEffects, readFacts } from '#features/reconciliation/reconciliation.public.ts'
import { type ClosedCell, closedCells } from '#features/year-end/closed-cells.ts'
import { listClosedFigures } from '#features/year-end/year-end.public.ts'
import { announcementsReport, askAnnouncements } from './announcements.table.ts'
import {
  askBridge,
  assertForward,
  type Between,
  bridgeReport,
  requireSince,
} from './bridge-report.table.ts'
import { askExceptions, exceptionsReport } from './exceptions-report.table.ts'
import { askForecast, forecastReport } from './forecast-report.table.ts'
import type { Report } from './report.ts'
import type { ReportRequest } from './request.ts'
import { requirePeriod, requireTieOut, tieOutReport } from './tie-out-report.table.ts'
import { askClosedYears, type ClosedYears, yearEndReport } from './year-end-report.table.ts'

/**
 * Reports with what they were made from, in the viewing's one snapshot: a workbook shows the parts,
 * everything else prints the report alone.
 */
export interface Made {
  readonly report: Report
}

export const factsFor = async (
  { handle }: Viewing,
  { asOf }: ReportRequest,
  grain: Grain = 'period',
): Promise<Facts> => readFacts(handle, { grain, asOf: await positionOf(handle, asOf) })

export async function makeExceptions(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly exceptions: Exceptions }> {
  const facts = await factsFor(viewing, request)
  const exceptions = askExceptions(facts, request)
  return { report: exceptionsReport(facts, exceptions), exceptions }
}

export async function makeForecast(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly facts: Facts; readonly forecast: Forecast }> {
  const facts = await factsFor(viewing, request)
  const forecast = askForecast(facts, request)
  return { report: forecastReport(facts, forecast, request), facts, forecast }
}

export async function makeBridge(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly bridge: Bridge }> {
  const between = await readBetween(viewing, request)
  const bridge = askBridge(between, request)
  return { report: bridgeReport(between, bridge), bridge }
}

async function readBetween({ handle }: Viewing, request: ReportRequest): Promise<Between> {
  const since = await positionOf(handle, requireSince(request))
  const closing = await readFacts(handle, {
    grain: 'year',
    asOf: await positionOf(handle, request.asOf),
  })
  const opening = await readFacts(handle, { grain: 'year', asOf: since })
  assertForward(opening.position, closing.position)
  const effects = await readEffects(handle, opening.position, closing.position)
  return { opening, closing, effects }
}

/** Of documents: another organization's matching is answered like one that is not there. */
export async function makeTieOut(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly run: Run; readonly tieOut: TieOut }> {
  authorize(viewing, 'matching.read')
  const question = requirePeriod(request)
  const { organization, period } = question
  const isOpen = may(viewing.actor, 'matching.read', organization)
  const found = requireTieOut(
    question,
    isOpen ? await readTieOut(viewing.handle, organization, period) : null,
  )
  return { ...found, report: tieOutReport(found, await readStanding(viewing.handle, null)) }
}

export const readLinesOf = ({ handle }: Viewing, run: Run): Promise<RunLines> =>
  readRunLines(handle, run)

export async function makeYearEnd(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly closed: ClosedYears }> {
  const { handle } = viewing
  const { jurisdiction = 'QC' } = request
  const asOf = await positionOf(handle, request.asOf)
  const closed = askClosedYears(await listClosedFigures(handle, { jurisdiction, asOf }), request)
  return { report: yearEndReport(closed, await readStanding(handle, asOf)), closed }
}

/** What each closing found and did, read at the position just before it. */
export async function readClosedCells(
  { handle }: Viewing,
  { rows }: ClosedYears,
): Promise<readonly ClosedCell[]> {
  const cells: ClosedCell[] = []
  for (const [, [first, ...others]] of Map.groupBy(rows, ({ yearEnd }) => yearEnd)) {
    if (first !== undefined) {
      const { programme, fiscalYear, position } = first
      const { balances } = await readFacts(handle, { grain: 'year', asOf: position - 1 })
      cells.push(
        ...closedCells({
          programme,
          fiscalYear,
          envelopes: [first, ...others].map(({ figures }) => figures.envelope),
          before: balances,
          moved: await readEffects(handle, position - 1, position),
        }),
      )
    }
  }
  return cells
}

export async function makeAnnouncements(
  viewing: Viewing,
  request: ReportRequest,
): Promise<Made & { readonly facts: Facts; readonly announcements: readonly Announcement[] }> {
  const facts = await factsFor(viewing, request, 'year')
  const all = await listAnnouncements(viewing.handle, facts.position)
  const announcements = askAnnouncements(all, request)
  return { report: announcementsReport(facts, announcements, request), facts, announcements }
}
