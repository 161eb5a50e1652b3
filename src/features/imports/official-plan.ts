import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { money } from '#core/money.ts'
import type { PublishedPayment } from '#features/expenditures/published.ts'
import type { Envelope, PublishedAuthority } from '#features/funding/envelope.ts'
import type { Relation } from '#features/funding/relation.ts'
import type { Organization } from '#features/organizations/organization.ts'
import type { Measure } from '#features/programmes/measure.ts'
import type {
  Announcement,
  Axis,
  PlanNote,
  Programme,
  SourceDocument,
} from '#features/programmes/programme.ts'

/**
 * The shipped transcription of the official plan and of published spending, and how it becomes
 * what the service stores. fixtures/README.md says where each file comes from; tests re-read every
 * figure from the words kept beside it. Order in the files is the order of the plan.
 */
type Text<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: string }

interface StoredTerm {
  readonly kind: 'term' | 'recurring'
  readonly amount: string
  readonly asStated: string
  readonly precision: string
  readonly firstFiscalYear: string
  readonly lastFiscalYear: string | null
  readonly stated: boolean
}

interface StoredNote {
  readonly code: string
  readonly text: Bilingual
  readonly citation?: { readonly document: string; readonly quote: string }
}

interface StoredAnnounced {
  readonly amount: string
  readonly asStated: string
  readonly precision: string
  readonly source: { readonly document: string }
}

export interface PlanFiles {
  readonly sources: readonly (Omit<SourceDocument, 'url'> & { readonly file: string })[]
  readonly organizations: readonly Organization[]
  readonly programmes: readonly (Omit<
    Programme,
    'announced' | 'firstFiscalYear' | 'lastFiscalYear'
  > & {
    readonly announced: StoredAnnounced | null
    readonly firstFiscalYear: string
    readonly lastFiscalYear: string | null
    readonly notes: readonly StoredNote[]
  })[]
  readonly axes: readonly (Omit<Axis, 'place'> & { readonly order: number })[]
  readonly measures: readonly Omit<Measure, 'programme' | 'place'>[]
  readonly envelopes: readonly (Omit<Envelope, 'terms' | 'version'> & {
    readonly terms: readonly StoredTerm[]
    readonly notes: readonly StoredNote[]
  })[]
  readonly relations: readonly Relation[]
}

export interface OfficialPlan {
  readonly sources: readonly SourceDocument[]
  readonly organizations: readonly Organization[]
  readonly programmes: readonly Programme[]
  readonly axes: readonly Axis[]
  readonly measures: readonly Measure[]
  readonly envelopes: readonly Envelope[]
  readonly relations: readonly Relation[]
  /** Notes by the code of the programme or envelope they belong to. */
  readonly notes: ReadonlyMap<string, readonly PlanNote[]>
}

export function planOf(files: PlanFiles): OfficialPlan {
  const programmeOfAxis = new Map(files.axes.map(({ code, programme }) => [code, programme]))
  return {
    sources: files.sources.map((source) => ({ ...source, url: null })),
    organizations: files.organizations,
    programmes: files.programmes.map(({ notes: _notes, ...programme }) => ({
      ...programme,
      firstFiscalYear: fiscalYear(programme.firstFiscalYear),
      lastFiscalYear: yearOrNull(programme.lastFiscalYear),
      announced:
        programme.announced === null
          ? null
          : {
              amount: money(programme.announced.amount),
              asStated: programme.announced.asStated,
              precision: money(programme.announced.precision),
              source: programme.announced.source.document,
            },
    })),
    axes: files.axes.map(({ order, ...axis }) => ({ ...axis, place: order })),
    measures: files.measures.map((measure, index) => ({
      ...measure,
      programme: programmeOfAxis.get(measure.axis) ?? '',
      place: index + 1,
    })),
    envelopes: files.envelopes.map(({ notes: _notes, ...envelope }) => ({
      ...envelope,
      version: 1,
      terms: envelope.terms.map(({ amount, precision, ...term }) => ({
        kind: term.kind,
        amount: money(amount),
        asStated: term.asStated,
        precision: money(precision),
        firstFiscalYear: fiscalYear(term.firstFiscalYear),
        lastFiscalYear: yearOrNull(term.lastFiscalYear),
        stated: term.stated,
      })),
    })),
    relations: files.relations,
    notes: new Map(
      [...files.programmes, ...files.envelopes].map(({ code, notes }) => [
        code,
        notes.map((note) => ({ ...note, citation: note.citation ?? null })),
      ]),
    ),
  }
}

export interface PublishedFiles {
  readonly spending: readonly {
    readonly document: string
    readonly row: number
    readonly organization: string
    readonly measure: string | null
    readonly envelope: string
    readonly serviceDate: string
    readonly documentNumber: string
    readonly supplier: string
    readonly description: string
    readonly amount: string
    readonly flags: readonly string[]
    readonly url: string | null
    readonly quote: string
  }[]
  readonly authorities: readonly Omit<
    Text<PublishedAuthority, 'amount' | 'fiscalYear'>,
    'envelope'
  >[]
  readonly announcements: readonly (Omit<Announcement, 'amount'> & {
    readonly amount: string | null
  })[]
}

export interface PublishedFigures {
  readonly payments: readonly PublishedPayment[]
  readonly authorities: readonly PublishedAuthority[]
  readonly announcements: readonly Announcement[]
}

/** The contribution line that pays the CCPE prints the authorities of that envelope. */
const authoritiesEnvelope = 'CA-CCPE'

export function publishedOf(files: PublishedFiles): PublishedFigures {
  return {
    payments: files.spending.map((row) => ({
      stated: {
        organization: row.organization,
        measure: row.measure,
        envelope: row.envelope,
        serviceDate: calendarDate(row.serviceDate),
        documentDate: null,
        documentNumber: row.documentNumber,
        supplier: row.supplier,
        description: row.description,
        amount: money(row.amount),
        // The published source itself is what justifies recording it.
        commitment: null,
        justification: row.quote,
      },
      flags: row.flags,
      source: { document: row.document, row: row.row, url: row.url },
    })),
    authorities: files.authorities.map((row) => ({
      envelope: authoritiesEnvelope,
      fiscalYear: fiscalYear(row.fiscalYear),
      amount: money(row.amount),
      document: row.document,
      row: row.row,
      note: row.note,
    })),
    announcements: files.announcements.map((row) => ({
      ...row,
      amount: row.amount === null ? null : money(row.amount),
    })),
  }
}

const yearOrNull = (text: string | null): FiscalYear | null =>
  text === null ? null : fiscalYear(text)
