import type { Bilingual } from '#core/language.ts'

/** What pages call the parts of an envelope that people enter, by their names in its form. */
export const envelopeWords = {
  code: { fr: 'Code', en: 'Code' },
  state: { fr: 'État', en: 'State' },
  programme: { fr: 'Plan ou stratégie', en: 'Plan or strategy' },
  organization: { fr: 'Organisme responsable', en: 'Responsible organization' },
  title: { fr: 'Titre', en: 'Title' },
  'title.fr': { fr: 'Titre en français', en: 'Title in French' },
  'title.en': { fr: 'Titre en anglais', en: 'Title in English' },
  measures: { fr: 'Mesures', en: 'Measures' },
  terms: { fr: 'Modalités', en: 'Terms' },
  source: { fr: 'Source', en: 'Source' },
  'source.document': { fr: 'Document source', en: 'Source document' },
  'source.quote': { fr: 'Mots cités', en: 'Words quoted' },
  'source.title': { fr: 'Titre du document', en: 'Title of the document' },
  'source.title.fr': { fr: 'Titre du document en français', en: 'Title of the document in French' },
  'source.title.en': { fr: 'Titre du document en anglais', en: 'Title of the document in English' },
  'source.url': { fr: 'Adresse du document', en: 'Address of the document' },
  'source.sha256': { fr: 'SHA-256 du document', en: 'SHA-256 of the document' },
  reason: { fr: 'Motif', en: 'Reason' },
} satisfies Record<string, Bilingual>

export type EnvelopeField = keyof typeof envelopeWords

/** Of a term. */
export const termWordsOfForm = {
  kind: { fr: 'Modalité', en: 'Term' },
  amount: { fr: 'Montant', en: 'Amount' },
  asStated: { fr: 'Tel qu’énoncé', en: 'As stated' },
  firstFiscalYear: { fr: 'De', en: 'From' },
  lastFiscalYear: { fr: 'À', en: 'To' },
  stated: { fr: 'Premier exercice', en: 'First year' },
} satisfies Record<string, Bilingual>

export type TermField = keyof typeof termWordsOfForm

/** Whether the source says it, or somebody read it so. */
export const statedWords = {
  true: { fr: 'énoncé', en: 'stated' },
  false: { fr: 'déduit', en: 'inferred' },
} satisfies Record<string, Bilingual>

/** Of a relation. */
export const relationFieldWords = {
  from: { fr: 'De l’enveloppe', en: 'From envelope' },
  kind: { fr: 'Relation', en: 'Relation' },
  to: { fr: 'À l’enveloppe', en: 'To envelope' },
  stated: { fr: 'Énoncée ou déduite', en: 'Stated or inferred' },
  ifNotAdditive: { fr: 'Dans la lecture basse', en: 'In the low reading' },
  citation: { fr: 'Mots cités', en: 'Words quoted' },
  document: { fr: 'Document source', en: 'Source document' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  reason: { fr: 'Motif', en: 'Reason' },
} satisfies Record<string, Bilingual>

export type RelationField = keyof typeof relationFieldWords

/** `Modalité 2, Montant`, for each field of each term, and each measure. */
export const envelopeLabels = (
  terms: number,
  measures: number,
): Readonly<Record<string, Bilingual>> => ({
  ...envelopeWords,
  ...Object.fromEntries(
    placesTo(measures).map((place) => [`measures.${place}`, numbered('Mesure', 'Measure', place)]),
  ),
  ...Object.fromEntries(
    placesTo(terms).flatMap((place) =>
      Object.entries(termWordsOfForm).map(([name, { fr, en }]) => {
        const term = numbered('Modalité', 'Term', place)
        return [`terms.${place}.${name}`, { fr: `${term.fr}, ${fr}`, en: `${term.en}, ${en}` }]
      }),
    ),
  ),
})

export const placesTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, place) => place)

const numbered = (fr: string, en: string, place: number): Bilingual => ({
  fr: `${fr} ${place + 1}`,
  en: `${en} ${place + 1}`,
})
