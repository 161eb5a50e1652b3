import type { Bilingual, Language } from '#core/language.ts'
import type { Scenario } from '#features/comparison/scenario.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { Dimension, Spread } from '#features/reconciliation/facts.ts'
import type { Finding } from '#features/reconciliation/reconcile.ts'

/**
 * The words for what is a code in JSON: kinds of rows, dimensions, fundings, readings. French keeps
 * a word on the same line as the sign that follows it, so `said` puts U+00A0 before : % and $ and
 * inside « »; sources of the plan are quoted as they were printed and never pass through it.
 */
export function said(words: Bilingual, language: Language): string {
  return language === 'fr' ? words.fr.replace(/ (?=[:%$»])|(?<=«) /g, '\u00a0') : words.en
}

export type RowKindCode = Finding['head']['kind'] | 'cumulated' | 'total'

export const kindWords: Readonly<Record<RowKindCode, Bilingual>> = {
  measure: { fr: 'Mesure', en: 'Measure' },
  axis: { fr: 'Axe ou volet', en: 'Axis' },
  lead: { fr: 'Porteur', en: 'Lead' },
  organization: { fr: 'Organisme', en: 'Organization' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  'fiscal-year': { fr: 'Exercice', en: 'Fiscal year' },
  period: { fr: 'Période', en: 'Period' },
  programme: { fr: 'Programme', en: 'Programme' },
  undistributed: { fr: 'Non réparti', en: 'Undistributed' },
  'own-resources': { fr: 'Ressources propres', en: 'Own resources' },
  cumulated: { fr: 'Cumulé', en: 'Cumulated' },
  total: { fr: 'Total', en: 'Total' },
}

export const dimensionWords: Readonly<Record<Dimension, Bilingual>> = {
  measure: { fr: 'par mesure', en: 'by measure' },
  axis: { fr: 'par axe', en: 'by axis' },
  lead: { fr: 'par porteur', en: 'by lead' },
  organization: { fr: 'par organisme', en: 'by organization' },
  envelope: { fr: 'par enveloppe', en: 'by envelope' },
  'fiscal-year': { fr: 'par exercice', en: 'by fiscal year' },
  period: { fr: 'par période', en: 'by period' },
  programme: { fr: 'par programme', en: 'by programme' },
}

export const fundingWords: Readonly<Record<Finding['funding'], Bilingual>> = {
  own: { fr: 'enveloppe propre', en: 'own envelope' },
  shared: { fr: 'enveloppe partagée', en: 'shared envelope' },
  self_funded: { fr: 'autofinancé', en: 'self-funded' },
  none: { fr: 'plusieurs ou aucun', en: 'several or none' },
}

export const jurisdictionWords: Readonly<Record<Jurisdiction, Bilingual>> = {
  QC: { fr: 'Québec', en: 'Quebec' },
  CA: { fr: 'Canada (gouvernement fédéral)', en: 'Canada (federal government)' },
}

export const spreadWords: Readonly<Record<Spread, Bilingual>> = {
  none: {
    fr: 'Aucune répartition calculée : l’argent non réparti par exercice n’entre que si l’intervalle contient toute sa durée.',
    en: 'No derived split: money not distributed by fiscal year enters only if the range contains its whole term.',
  },
  'straight-line': {
    fr: 'Parts égales sur les exercices de la durée : un calcul, marqué comme tel.',
    en: 'Equal parts over the fiscal years of the term: a calculation, marked as such.',
  },
}

export const spreadNames: Readonly<Record<Spread, Bilingual>> = {
  none: { fr: 'laissé hors des exercices', en: 'left out of the years' },
  'straight-line': { fr: 'réparti en parts égales', en: 'spread in equal parts' },
}

export const scenarioWords: Readonly<Record<Scenario, Bilingual>> = {
  low: {
    fr: 'Lecture basse : les relations non énoncées ne s’additionnent pas.',
    en: 'Low reading: relations that are not stated are not additive.',
  },
  high: {
    fr: 'Lecture haute : les relations non énoncées s’additionnent.',
    en: 'High reading: relations that are not stated are additive.',
  },
  announced: {
    fr: 'Annonces additionnées, sans la contribution qui peut être dans l’une d’elles.',
    en: 'Announcements added, without the contribution that may be inside one of them.',
  },
}

/** The same readings where there is room for a name only. */
export const scenarioNames: Readonly<Record<Scenario, Bilingual>> = {
  low: { fr: 'basse', en: 'low' },
  high: { fr: 'haute', en: 'high' },
  announced: { fr: 'annonces additionnées', en: 'announcements added' },
}

export const undistributedWords: Bilingual = { fr: 'Non réparti', en: 'Undistributed' }
export const languageWords: Bilingual = { fr: 'français', en: 'English' }

/** Whom a workbook without documents is for. */
export const everyReader: Bilingual = {
  fr: 'Tout lecteur de rapports : aucune pièce n’y paraît.',
  en: 'Every reader of reports: it shows no document.',
}

/** Contract, "Files", and those of the other reports. */
export const sheetNames = {
  cover: { fr: 'Couverture', en: 'Cover' },
  summary: { fr: 'Sommaire', en: 'Summary' },
  bridge: { fr: 'Passage', en: 'Bridge' },
  effects: { fr: 'Effets', en: 'Effects' },
  yearEnd: { fr: 'Fermeture', en: 'Year-end' },
  cells: { fr: 'Cellules', en: 'Cells' },
  forecast: { fr: 'Prévision', en: 'Forecast' },
  tieOut: { fr: 'Rapprochement', en: 'Tie-out' },
  extract: { fr: 'Extrait', en: 'Extract' },
  journal: { fr: 'Journal', en: 'Journal' },
  matches: { fr: 'Appariements', en: 'Matches' },
  published: { fr: 'Chiffres publiés', en: 'Published figures' },
  variances: { fr: 'Écarts', en: 'Variances' },
  planned: { fr: 'Budget prévu', en: 'Planned budget' },
  expenditures: { fr: 'Dépenses', en: 'Expenditures' },
  exceptions: { fr: 'Exceptions', en: 'Exceptions' },
  comparability: { fr: 'Comparabilité', en: 'Comparability' },
  assumptions: { fr: 'Hypothèses', en: 'Assumptions' },
  money: { fr: 'Montants par enveloppe', en: 'Amounts by envelope' },
  checks: { fr: 'Contrôles', en: 'Checks' },
  dictionary: { fr: 'Dictionnaire', en: 'Dictionary' },
  provenance: { fr: 'Provenance', en: 'Provenance' },
} as const satisfies Readonly<Record<string, Bilingual>>
