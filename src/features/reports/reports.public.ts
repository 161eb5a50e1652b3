import { createHash } from 'node:crypto'
import { canonical } from '#core/canonical.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { listAnnouncements } from '#features/programmes/programmes.public.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { readFacts } from '#features/reconciliation/reconciliation.public.ts'
import { announcementsTable, announcementsTitle } from './announcements.table.ts'
import { buildComparison, buildReconciliation } from './build.ts'
import { type Report, reportData } from './report.ts'
import type { ReportRequest } from './request.ts'

/** A report with the facts it was computed from, read in the viewing's one snapshot. */
export interface DrawnReport {
  readonly report: Report
  readonly facts: Facts
  /** SHA-256 of the rows and totals in canonical text. */
  readonly dataDigest: string
}

export async function drawReport(viewing: Viewing, request: ReportRequest): Promise<DrawnReport> {
  authorize(viewing, 'report.read')
  const facts = await readFacts(viewing.handle)
  const report = await build(viewing, facts, request)
  return { report, facts, dataDigest: digestOf(report) }
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
    horizon: '',
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
