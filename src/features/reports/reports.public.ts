import { createHash } from 'node:crypto'
import { canonical } from '#core/canonical.ts'
import type { Comparison } from '#features/comparison/compare.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { listAnnouncements } from '#features/programmes/programmes.public.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import { readFacts } from '#features/reconciliation/reconciliation.public.ts'
import { announcementsTable, announcementsTitle } from './announcements.table.ts'
import { type Report, reportData } from './report.ts'
import {
  askComparison,
  askReconciliation,
  buildComparison,
  buildReconciliation,
  comparisonReport,
  reconciliationReport,
} from './reports.table.ts'
import type { ReportRequest } from './request.ts'

export interface DrawnReport {
  readonly report: Report
  /** SHA-256 of the rows and totals in canonical text. */
  readonly dataDigest: string
}

export async function drawReport(viewing: Viewing, request: ReportRequest): Promise<DrawnReport> {
  authorize(viewing, 'report.read')
  const facts = await readFacts(viewing.handle, request.by === 'period' ? 'period' : 'year')
  const report = await build(viewing, facts, request)
  return { report, dataDigest: digestOf(report) }
}

/** With the facts it was computed from, to the period, read in the viewing's one snapshot. */
export interface DetailedReport extends DrawnReport {
  readonly facts: Facts
}

/** The report with the findings behind it, for a workbook: one computation for both. */
export async function drawReconciliation(
  viewing: Viewing,
  request: ReportRequest,
): Promise<DetailedReport & { readonly reconciliation: Reconciliation }> {
  authorize(viewing, 'report.read')
  const facts = await readFacts(viewing.handle)
  const reconciliation = askReconciliation(facts, request)
  const report = reconciliationReport(facts, reconciliation)
  return { report, facts, dataDigest: digestOf(report), reconciliation }
}

export async function drawComparison(
  viewing: Viewing,
  request: ReportRequest,
): Promise<DetailedReport & { readonly comparison: Comparison }> {
  authorize(viewing, 'report.read')
  const facts = await readFacts(viewing.handle)
  const comparison = askComparison(facts, request)
  const report = comparisonReport(facts, comparison)
  return { report, facts, dataDigest: digestOf(report), comparison }
}

async function build(viewing: Viewing, facts: Facts, request: ReportRequest): Promise<Report> {
  switch (request.name) {
    case 'reconciliation':
      return buildReconciliation(facts, request)
    case 'comparison':
      return buildComparison(facts, request)
    case 'announcements':
      return announcements(viewing, facts, request)
  }
}

async function announcements(
  viewing: Viewing,
  facts: Facts,
  request: ReportRequest,
): Promise<Report> {
  const { jurisdiction } = request
  const all = await listAnnouncements(viewing.handle)
  const { position, positionAt, seal } = facts
  return {
    name: 'announcements',
    title: announcementsTitle,
    parameters: jurisdiction === undefined ? {} : { jurisdiction },
    position,
    positionAt,
    seal,
    horizon: defaultRange(facts)?.to ?? '',
    formulas: {},
    table: announcementsTable(
      all.filter((item) => jurisdiction === undefined || item.jurisdiction === jurisdiction),
    ),
    extras: {},
    notes: [
      {
        code: 'not-spending',
        text: {
          fr: 'Annonces, prévisions, montants présumés ou non ventilés par mesure : aucun n’entre dans une colonne de dépenses.',
          en: 'Announcements, forecasts, presumed amounts or amounts not broken down by measure: none enters a spent column.',
        },
      },
    ],
  }
}

export const digestOf = (report: Report): string =>
  createHash('sha256')
    .update(canonical(reportData(report)), 'utf8')
    .digest('hex')
