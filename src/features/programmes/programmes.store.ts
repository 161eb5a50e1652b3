import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { fundings, type Measure } from './measure.ts'
import type {
  Announcement,
  Axis,
  Jurisdiction,
  PlanNote,
  Programme,
  SourceDocument,
} from './programme.ts'

const jurisdictionOf = (stored: string): Jurisdiction => (stored === 'CA' ? 'CA' : 'QC')

export async function listSourceDocuments(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly SourceDocument[]> {
  const rows = await handle
    .selectFrom('source_document')
    .where(knownAt('source_document.event', asOf))
    .selectAll()
    .orderBy('source_document.code')
    .execute()
  return rows.map(({ code, title_fr, title_en, file, url, sha256 }) => ({
    code,
    title: { fr: title_fr, en: title_en },
    file,
    url,
    sha256,
  }))
}

export async function listProgrammes(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly Programme[]> {
  const rows = await handle
    .selectFrom('programme')
    .innerJoin('source_document', 'source_document.code', 'programme.source_document')
    .where(knownAt('programme.event', asOf))
    .selectAll('programme')
    .select('source_document.sha256')
    .orderBy('programme.jurisdiction', 'desc')
    .orderBy('programme.code')
    .execute()
  return rows.map((row) => ({
    code: row.code,
    jurisdiction: jurisdictionOf(row.jurisdiction),
    title: { fr: row.title_fr, en: row.title_en },
    organization: row.organization,
    firstFiscalYear: fiscalYear(row.first_fiscal_year),
    lastFiscalYear: row.last_fiscal_year === null ? null : fiscalYear(row.last_fiscal_year),
    announced:
      row.announced === null
        ? null
        : {
            amount: money(row.announced),
            asStated: row.announced_as_stated ?? '',
            precision: money(row.announced_precision ?? '0.01'),
            source: row.announced_source ?? '',
          },
    source: { document: row.source_document, sha256: row.sha256, quote: row.source_quote },
  }))
}

export async function listNotes(handle: Handle): Promise<ReadonlyMap<string, PlanNote[]>> {
  const rows = await handle
    .selectFrom('plan_note')
    .selectAll()
    .orderBy('plan_note.subject')
    .orderBy('plan_note.place')
    .execute()
  const notes = rows.map((row) => ({
    subject: row.subject,
    code: row.code,
    text: { fr: row.text_fr, en: row.text_en },
    citation:
      row.citation === null || row.citation_document === null
        ? null
        : { document: row.citation_document, quote: row.citation },
  }))
  const bySubject = new Map<string, PlanNote[]>()
  for (const { subject, ...note } of notes) {
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), note])
  }
  return bySubject
}

export async function listAxes(handle: Handle, asOf: AsOf = null): Promise<readonly Axis[]> {
  const rows = await handle
    .selectFrom('axis')
    .innerJoin('source_document', 'source_document.code', 'axis.source_document')
    .where(knownAt('axis.event', asOf))
    .selectAll('axis')
    .select('source_document.sha256')
    .orderBy('axis.programme')
    .orderBy('axis.place')
    .execute()
  return rows.map((row) => ({
    code: row.code,
    programme: row.programme,
    place: row.place,
    title: { fr: row.title_fr, en: row.title_en },
    source: { document: row.source_document, sha256: row.sha256, quote: row.source_quote },
  }))
}

export interface MeasuresAsked {
  readonly code?: string
  readonly asOf?: AsOf
}

/** Measures in the order of the plan; one of them when a code is given. */
export async function listMeasures(
  handle: Handle,
  { code, asOf = null }: MeasuresAsked = {},
): Promise<readonly Measure[]> {
  const rows = await handle
    .selectFrom('measure')
    .innerJoin('source_document', 'source_document.code', 'measure.source_document')
    .where(knownAt('measure.event', asOf))
    .selectAll('measure')
    .select('source_document.sha256')
    .$if(code !== undefined, (query) => query.where('measure.code', '=', code ?? ''))
    .orderBy('measure.programme')
    .orderBy('measure.place')
    .execute()
  const envelopes = await envelopesByMeasure(handle, asOf)
  const leads = await leadsByMeasure(handle)
  const collaborators = await collaboratorsByMeasure(handle)
  return rows.map((row) => ({
    code: row.code,
    programme: row.programme,
    axis: row.axis,
    place: row.place,
    title: { fr: row.title_fr, en: row.title_en },
    funding: fundings.find((funding) => funding === row.funding) ?? 'none',
    envelopes: (envelopes.get(row.code) ?? []).map(({ code }) => code),
    leads: (leads.get(row.code) ?? []).map(({ organization }) => organization),
    collaborators: (collaborators.get(row.code) ?? []).map((each) => ({
      code: each.organization,
      name: { fr: each.name_fr, en: each.name_en },
    })),
    recommendations: row.recommendations,
    initiative: row.initiative,
    adaptation: row.adaptation,
    accessibility: row.accessibility,
    deliverables: row.deliverables,
    context: row.context === null ? null : JSON.parse(row.context),
    source: { document: row.source_document, sha256: row.sha256, quote: row.source_quote },
  }))
}

async function envelopesByMeasure(handle: Handle, asOf: AsOf) {
  const rows = await handle
    .selectFrom('envelope_measure')
    .innerJoin('envelope', 'envelope.code', 'envelope_measure.envelope')
    .where(knownAt('envelope.event', asOf))
    .select(['envelope_measure.measure', 'envelope.code'])
    .orderBy('envelope.code')
    .execute()
  return Map.groupBy(rows, ({ measure }) => measure)
}

async function leadsByMeasure(handle: Handle) {
  const rows = await handle
    .selectFrom('measure_lead')
    .select(['measure_lead.measure', 'measure_lead.organization'])
    .orderBy('measure_lead.place')
    .execute()
  return Map.groupBy(rows, ({ measure }) => measure)
}

async function collaboratorsByMeasure(handle: Handle) {
  const rows = await handle
    .selectFrom('measure_collaborator')
    .selectAll()
    .orderBy('measure_collaborator.place')
    .execute()
  return Map.groupBy(rows, ({ measure }) => measure)
}

export async function listAnnouncements(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly Announcement[]> {
  const rows = await handle
    .selectFrom('announcement')
    .where(knownAt('announcement.event', asOf))
    .selectAll()
    .orderBy('announcement.document', 'desc')
    .orderBy('announcement.document_row')
    .execute()
  return rows.map((row) => ({
    code: row.code,
    jurisdiction: jurisdictionOf(row.jurisdiction),
    document: row.document,
    row: row.document_row,
    date: row.date_as_printed,
    subject: row.subject,
    nature: row.nature,
    amount: row.amount === null ? null : money(row.amount),
    period: row.period,
    detail: row.detail,
    url: row.url,
    reason: { code: row.reason, text: { fr: row.reason_fr, en: row.reason_en } },
  }))
}
