import type { Work } from '#platform/db/transaction.ts'
import type { Measure } from './measure.ts'
import type { Announcement, Axis, PlanNote, Programme, SourceDocument } from './programme.ts'

/** Each of these inserts what is not there yet and answers how many rows were new. */

export async function saveSourceDocuments(
  work: Work,
  event: string,
  documents: readonly SourceDocument[],
): Promise<number> {
  const rows = await work
    .insertInto('source_document')
    .values(
      documents.map(({ code, title, file, url, sha256 }) => ({
        code,
        event,
        title_fr: title.fr,
        title_en: title.en,
        file,
        url,
        sha256,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('source_document.code')
    .execute()
  return rows.length
}

export async function saveProgrammes(
  work: Work,
  event: string,
  programmes: readonly Programme[],
): Promise<number> {
  const rows = await work
    .insertInto('programme')
    .values(
      programmes.map((programme) => ({
        code: programme.code,
        event,
        jurisdiction: programme.jurisdiction,
        title_fr: programme.title.fr,
        title_en: programme.title.en,
        organization: programme.organization,
        first_fiscal_year: programme.firstFiscalYear,
        last_fiscal_year: programme.lastFiscalYear,
        announced: programme.announced?.amount.toString() ?? null,
        announced_as_stated: programme.announced?.asStated ?? null,
        announced_precision: programme.announced?.precision.toString() ?? null,
        announced_source: programme.announced?.source ?? null,
        source_document: programme.source.document,
        source_quote: programme.source.quote,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('programme.code')
    .execute()
  return rows.length
}

export async function saveAxes(work: Work, event: string, axes: readonly Axis[]): Promise<number> {
  const rows = await work
    .insertInto('axis')
    .values(
      axes.map(({ code, programme, place, title, source }) => ({
        code,
        event,
        programme,
        place,
        title_fr: title.fr,
        title_en: title.en,
        source_document: source.document,
        source_quote: source.quote,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('axis.code')
    .execute()
  return rows.length
}

export async function saveMeasures(
  work: Work,
  event: string,
  measures: readonly Measure[],
): Promise<number> {
  const rows = await work
    .insertInto('measure')
    .values(measures.map((measure) => measureRow(measure, event)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('measure.code')
    .execute()
  const fresh = new Set(rows.map(({ code }) => code))
  const added = measures.filter(({ code }) => fresh.has(code))
  const leads = added.flatMap(({ code, leads }) =>
    leads.map((organization, place) => ({ measure: code, organization, place })),
  )
  const collaborators = added.flatMap(({ code, collaborators }) =>
    collaborators.map((collaborator, place) => ({
      measure: code,
      place,
      organization: collaborator.code,
      name_fr: collaborator.name.fr,
      name_en: collaborator.name.en,
    })),
  )
  if (leads.length > 0) {
    await work.insertInto('measure_lead').values(leads).execute()
  }
  if (collaborators.length > 0) {
    await work.insertInto('measure_collaborator').values(collaborators).execute()
  }
  return added.length
}

function measureRow(measure: Measure, event: string) {
  const context = measure.context as { source: { document: string } } | null
  return {
    code: measure.code,
    event,
    programme: measure.programme,
    axis: measure.axis,
    place: measure.place,
    title_fr: measure.title.fr,
    title_en: measure.title.en,
    funding: measure.funding,
    recommendations: [...measure.recommendations],
    initiative: measure.initiative,
    adaptation: measure.adaptation,
    accessibility: measure.accessibility,
    deliverables: [...measure.deliverables],
    context: context === null ? null : JSON.stringify(context),
    context_document: context?.source.document ?? null,
    source_document: measure.source.document,
    source_quote: measure.source.quote,
  }
}

export async function saveNotes(
  work: Work,
  subject: string,
  notes: readonly PlanNote[],
): Promise<void> {
  if (notes.length > 0) {
    await work
      .insertInto('plan_note')
      .values(
        notes.map(({ code, text, citation }, place) => ({
          subject,
          place,
          code,
          text_fr: text.fr,
          text_en: text.en,
          citation: citation?.quote ?? null,
          citation_document: citation?.document ?? null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

export async function saveAnnouncements(
  work: Work,
  event: string,
  announcements: readonly Announcement[],
): Promise<number> {
  const rows = await work
    .insertInto('announcement')
    .values(
      announcements.map((announcement) => ({
        code: announcement.code,
        event,
        jurisdiction: announcement.jurisdiction,
        document: announcement.document,
        document_row: announcement.row,
        date_as_printed: announcement.date,
        subject: announcement.subject,
        nature: announcement.nature,
        amount: announcement.amount?.toString() ?? null,
        period: announcement.period,
        detail: announcement.detail,
        url: announcement.url,
        reason: announcement.reason.code,
        reason_fr: announcement.reason.text.fr,
        reason_en: announcement.reason.text.en,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('announcement.code')
    .execute()
  return rows.length
}
