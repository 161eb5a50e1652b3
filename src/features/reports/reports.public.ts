import { createHash } from 'node:crypto'
import { canonical } from '#core/canonical.ts'
import type { Comparison } from '#features/comparison/compare.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { listNotes } from '#features/programmes/programmes.public.ts'
import type { Exceptions } from '#features/reconciliation/exceptions.ts'
import { type Facts, factsOf, type Grain } from '#features/reconciliation/facts.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import { askComparison, buildComparison, comparisonReport } from './comparison-report.table.ts'
import { askExceptions } from './exceptions-report.table.ts'
import {
  factsFor,
  type Made,
  makeAnnouncements,
  makeBridge,
  makeExceptions,
  makeForecast,
  makeTieOut,
  makeYearEnd,
} from './parts.public.ts'
import { type Report, reportData } from './report.ts'
import { askReconciliation, buildReconciliation, reconciliationReport } from './reports.table.ts'
import { assertUsed, type ReportRequest } from './request.ts'

export interface DrawnReport {
  readonly report: Report
  /** SHA-256 of the rows and totals in canonical text. */
  readonly dataDigest: string
}

export async function drawReport(viewing: Viewing, request: ReportRequest): Promise<DrawnReport> {
  authorize(viewing, 'report.read')
  assertUsed(request)
  const report = await build(viewing, request)
  return { report, dataDigest: digestOf(report) }
}

/** A report that one of the makers of parts.public.ts made, for whoever may read reports. */
export async function drawn<T extends Made>(
  viewing: Viewing,
  request: ReportRequest,
  make: (viewing: Viewing, request: ReportRequest) => Promise<T>,
): Promise<T & DrawnReport> {
  authorize(viewing, 'report.read')
  assertUsed(request)
  const made = await make(viewing, request)
  return { ...made, dataDigest: digestOf(made.report) }
}

/**
 * With the facts it was computed from, to the period, read in the viewing's one snapshot. A page
 * prints no digest: who does takes `digestOf` the report.
 */
export interface DetailedReport extends Made {
  readonly facts: Facts
}

/** The report with the findings behind it, for a workbook: one computation for both. */
export async function drawReconciliation(
  viewing: Viewing,
  request: ReportRequest,
): Promise<DetailedReport & { readonly reconciliation: Reconciliation }> {
  authorize(viewing, 'report.read')
  assertUsed(request)
  const facts = await factsFor(viewing, request)
  const reconciliation = askReconciliation(facts, request)
  const report = reconciliationReport(facts, reconciliation, request)
  return { report, facts, reconciliation }
}

export async function drawComparison(
  viewing: Viewing,
  request: ReportRequest,
): Promise<DetailedReport & { readonly comparison: Comparison }> {
  authorize(viewing, 'report.read')
  assertUsed(request)
  const facts = await factsFor(viewing, request)
  const comparison = askComparison(facts, request, await listNotes(viewing.handle))
  const report = comparisonReport(facts, comparison)
  return { report, facts, comparison }
}

/** Of one government, with what a reader of its figures must look at. */
export interface Overview {
  readonly reconciliation: Reconciliation
  readonly exceptions: Exceptions
}

/**
 * Each government whose plan is there, as its reconciliation and its exceptions say when nothing
 * else is asked: one reading of the record for all.
 */
export async function drawOverviews(
  viewing: Viewing,
): Promise<{ readonly facts: Facts; readonly overviews: readonly Overview[] }> {
  authorize(viewing, 'report.read')
  const facts = await factsFor(viewing, { name: 'reconciliation' })
  const there = jurisdictions.filter((each) => defaultRange(factsOf(facts, each)) !== null)
  const overviews = there.map((jurisdiction) => ({
    reconciliation: askReconciliation(facts, { name: 'reconciliation', jurisdiction }),
    exceptions: askExceptions(facts, { name: 'exceptions', jurisdiction }),
  }))
  return { facts, overviews }
}

async function build(viewing: Viewing, request: ReportRequest): Promise<Report> {
  const read = (grain: Grain): Promise<Facts> => factsFor(viewing, request, grain)
  switch (request.name) {
    case 'reconciliation':
      return buildReconciliation(await read(request.by === 'period' ? 'period' : 'year'), request)
    case 'comparison':
      return buildComparison(await read('year'), request, await listNotes(viewing.handle))
    case 'exceptions':
      return (await makeExceptions(viewing, request)).report
    case 'bridge':
      return (await makeBridge(viewing, request)).report
    case 'forecast':
      return (await makeForecast(viewing, request)).report
    case 'tie-out':
      return (await makeTieOut(viewing, request)).report
    case 'year-end':
      return (await makeYearEnd(viewing, request)).report
    case 'announcements':
      return (await makeAnnouncements(viewing, request)).report
  }
}

export const digestOf = (report: Report): string =>
  createHash('sha256')
    .update(canonical(reportData(report)), 'utf8')
    .digest('hex')
