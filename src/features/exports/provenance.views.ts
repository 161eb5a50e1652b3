import type { Bilingual, Language } from '#core/language.ts'
import type { Sheet } from '#platform/tables/workbook.ts'
import { amountOr, countOr, textOr, words } from './cells.views.ts'
import { type CellsByKey, drawn, type PlacedSheet, type SheetPlan } from './sheet-plan.views.ts'
import type { ProvenanceNature, ProvenanceRow } from './workbook-provenance.ts'
import { provenanceColumns } from './workbook-provenance-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * Where each planned amount was read. Words quoted from a source are written as they were printed,
 * its own marks and spelling included: an auditor searches the document for them.
 */
const natureWords: Readonly<Record<ProvenanceNature, Bilingual>> = {
  planned: { fr: 'Montant prévu', en: 'Planned amount' },
  announced: { fr: 'Plan annoncé', en: 'Plan as announced' },
  note: { fr: 'À savoir', en: 'To know' },
  relation: { fr: 'Relation entre enveloppes', en: 'Relation between envelopes' },
  authority: { fr: 'Autorisation publiée', en: 'Published authority' },
  'left-out': { fr: 'Chiffre publié laissé de côté', en: 'Published figure left out' },
  document: { fr: 'Document source', en: 'Source document' },
}

const title = {
  fr: 'Provenance : ce que disent les sources',
  en: 'Provenance: what the sources say',
}
const intro = {
  fr: 'Les trois colonnes de montants ne s’additionnent jamais entre elles.',
  en: 'The three columns of amounts are never added to one another.',
}

export const provenancePlan = (rows: readonly ProvenanceRow[], language: Language): SheetPlan => ({
  name: sheetNames.provenance[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns: provenanceColumns,
  rowCount: rows.length,
  hasTotal: false,
})

export const provenanceSheet = (
  rows: readonly ProvenanceRow[],
  plan: PlacedSheet,
  language: Language,
): Sheet =>
  drawn(
    plan,
    language,
    rows.map((row) => rowCells(row, language)),
  )

const rowCells = (row: ProvenanceRow, language: Language): CellsByKey => ({
  nature: words(natureWords[row.nature], language),
  code: { text: row.code },
  subject: { text: row.subject[language] },
  programme: textOr(row.programme, 'not-applicable'),
  period: textOr(row.period, 'not-applicable'),
  lastFiscalYear: textOr(
    row.lastFiscalYear,
    row.nature === 'planned' || row.nature === 'announced' ? 'absent' : 'not-applicable',
  ),
  planned: amountOr(row.planned, 'not-applicable'),
  authority: amountOr(row.authority, 'not-applicable'),
  figure: amountOr(row.figure, row.nature === 'left-out' ? 'unknown' : 'not-applicable'),
  asStated: textOr(row.asStated, 'not-applicable'),
  precision: amountOr(row.precision, 'not-applicable'),
  stated: row.isStated === null ? { missing: 'not-applicable' } : { boolean: row.isStated },
  document: textOr(row.document?.code ?? null, 'not-applicable'),
  documentTitle: textOr(row.document?.title[language] ?? null, 'not-applicable'),
  row: countOr(row.row, 'not-applicable'),
  quote: textOr(row.quote, 'not-applicable'),
  reading: row.reading === null ? { missing: 'not-applicable' } : { text: row.reading[language] },
  url: row.url === null ? { missing: 'not-applicable' } : linkOr(row.url),
  sha256: textOr(row.document?.sha256 ?? null, 'not-applicable'),
})

/** A published address is a link only in the form that every reader of the file accepts. */
const linkOr = (url: string) =>
  /^https?:\/\/[A-Za-z0-9\-._~:/?#[\]@$&'()*+,;=%]{1,1900}$/.test(url)
    ? { link: { target: url, text: url } }
    : { text: url }
