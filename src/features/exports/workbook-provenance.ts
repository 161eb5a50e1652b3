import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import type { PublishedAuthority } from '#features/funding/envelope.ts'
import { relationWords, termWords } from '#features/funding/planned-words.ts'
import type { Announcement, PlanNote, SourceDocument } from '#features/programmes/programme.ts'
import type { Facts } from '#features/reconciliation/facts.ts'

/**
 * Where every planned amount was read, in the words it was read from, and what was read and left
 * out. Amounts of the plan, published authorities and other published figures stand in three
 * columns, so that no sum ever mixes them: authorities are printed beside spending and planned
 * money, never added.
 */
export const provenanceNatures = [
  'planned',
  'announced',
  'note',
  'relation',
  'authority',
  'left-out',
  'document',
] as const
export type ProvenanceNature = (typeof provenanceNatures)[number]

export interface ProvenanceRow {
  readonly nature: ProvenanceNature
  readonly code: string
  readonly subject: Bilingual
  readonly programme: string | null
  readonly document: SourceDocument | null
  /** Of the document, when it is a table. */
  readonly row: number | null
  readonly period: string | null
  readonly lastFiscalYear: string | null
  readonly planned: Money | null
  readonly authority: Money | null
  readonly figure: Money | null
  readonly asStated: string | null
  readonly precision: Money | null
  readonly isStated: boolean | null
  readonly quote: string | null
  readonly reading: Bilingual | null
  readonly url: string | null
}

export interface ProvenanceSources {
  readonly documents: readonly SourceDocument[]
  readonly announcements: readonly Announcement[]
  /** By the code of the programme or envelope they belong to. */
  readonly notes?: ReadonlyMap<string, readonly PlanNote[]>
}

/** @param facts of the government, or the two, that the workbook speaks of */
export function provenanceOf(facts: Facts, sources: ProvenanceSources): readonly ProvenanceRow[] {
  const find = (code: string) => sources.documents.find((document) => document.code === code)
  const cited = (code: string) => ({ document: find(code) ?? null })
  const jurisdictions = new Set(facts.programmes.map(({ jurisdiction }) => jurisdiction))
  const rows = [
    ...plannedRows(facts, cited),
    ...announcedRows(facts, cited),
    ...noteRows(facts, sources.notes ?? new Map(), cited),
    ...relationRows(facts, cited),
    ...facts.authorities.map((authority) => authorityRow(authority, cited)),
    ...sources.announcements
      .filter(({ jurisdiction }) => jurisdictions.has(jurisdiction))
      .map((announcement) => leftOutRow(announcement, cited)),
  ]
  const used = rows.flatMap(({ document }) => document?.code ?? [])
  return [...rows, ...documentRows(sources.documents, used)]
}

/** Of the documents, those that are cited. */
export const documentRows = (
  documents: readonly SourceDocument[],
  cited: readonly string[],
): readonly ProvenanceRow[] =>
  documents.filter(({ code }) => cited.includes(code)).map((document) => documentRow(document))

type Cited = (code: string) => Pick<ProvenanceRow, 'document'>

const nothing: Omit<ProvenanceRow, 'nature' | 'code' | 'subject'> = {
  programme: null,
  document: null,
  row: null,
  period: null,
  lastFiscalYear: null,
  planned: null,
  authority: null,
  figure: null,
  asStated: null,
  precision: null,
  isStated: null,
  quote: null,
  reading: null,
  url: null,
}

const plannedRows = (facts: Facts, cited: Cited): readonly ProvenanceRow[] =>
  facts.envelopes.flatMap(({ code, title, programme, source, terms }) =>
    terms.map((term) => ({
      ...nothing,
      nature: 'planned',
      code,
      subject: title,
      programme,
      ...cited(source.document),
      period: term.firstFiscalYear,
      lastFiscalYear: term.lastFiscalYear,
      planned: term.amount,
      asStated: term.asStated,
      precision: term.precision,
      isStated: term.stated,
      quote: source.quote,
      reading: termWords[term.kind],
    })),
  )

const announcedRows = (facts: Facts, cited: Cited): readonly ProvenanceRow[] =>
  facts.programmes.flatMap(({ code, title, firstFiscalYear, lastFiscalYear, announced }) =>
    announced === null
      ? []
      : [
          {
            ...nothing,
            nature: 'announced',
            code,
            subject: title,
            programme: code,
            ...cited(announced.source),
            period: firstFiscalYear,
            lastFiscalYear,
            figure: announced.amount,
            asStated: announced.asStated,
            precision: announced.precision,
            isStated: true,
          },
        ],
  )

/**
 * What a reader must know of an amount: a discrepancy between sources, a wider scope, a profile.
 */
const noteRows = (
  { programmes, envelopes }: Facts,
  notes: ReadonlyMap<string, readonly PlanNote[]>,
  cited: Cited,
): readonly ProvenanceRow[] =>
  [...programmes, ...envelopes].flatMap(({ code, title }) =>
    (notes.get(code) ?? []).map(({ text, citation }) => ({
      ...nothing,
      nature: 'note' as const,
      code,
      subject: title,
      ...(citation === null ? {} : cited(citation.document)),
      quote: citation?.quote ?? null,
      reading: text,
    })),
  )

const relationRows = (facts: Facts, cited: Cited): readonly ProvenanceRow[] =>
  facts.relations.map(({ from, to, kind, stated, citation, document, reading }) => ({
    ...nothing,
    nature: 'relation',
    code: `${from}:${kind}:${to}`,
    subject: {
      fr: `${from} ${relationWords[kind].fr} ${to}`,
      en: `${from} ${relationWords[kind].en} ${to}`,
    },
    ...cited(document),
    isStated: stated,
    quote: citation,
    reading,
  }))

const authorityRow = (authority: PublishedAuthority, cited: Cited): ProvenanceRow => {
  const { envelope, fiscalYear, amount, document, row, note } = authority
  return {
    ...nothing,
    nature: 'authority',
    code: envelope,
    subject: { fr: 'Autorisations imprimées', en: 'Authorities as printed' },
    ...cited(document),
    row,
    period: fiscalYear,
    authority: amount,
    isStated: true,
    reading: note,
  }
}

const leftOutRow = (announcement: Announcement, cited: Cited): ProvenanceRow => {
  const { code, subject, document, row, period, amount, detail, reason, url } = announcement
  return {
    ...nothing,
    nature: 'left-out',
    code,
    subject: { fr: subject, en: subject },
    ...cited(document),
    row,
    period,
    figure: amount,
    quote: detail,
    reading: reason.text,
    url,
  }
}

const documentRow = (document: SourceDocument): ProvenanceRow => ({
  ...nothing,
  nature: 'document',
  code: document.code,
  subject: document.title,
  document,
})
