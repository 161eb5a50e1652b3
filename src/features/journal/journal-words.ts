import type { Bilingual } from '#core/language.ts'
import type { Cause } from './cause.ts'
import type { Account, DocumentReference, EntryKind } from './entry.ts'

/** The words for what is a code in the journal. */
export const causeWords: Readonly<Record<Cause, Bilingual>> = {
  reclassification: { fr: 'Reclassements', en: 'Reclassifications' },
  reversal: { fr: 'Contre-passations', en: 'Reversals' },
  refund: { fr: 'Remboursements', en: 'Refunds' },
  'late-item': { fr: 'Inscriptions tardives', en: 'Late items' },
  spending: { fr: 'Dépenses', en: 'Spending' },
  'opening-of-year': { fr: 'Ouvertures d’exercice', en: 'Openings of a year' },
  'supplement-reduction': {
    fr: 'Crédits supplémentaires et réductions',
    en: 'Supplements and reductions',
  },
  'transfer-distribution': {
    fr: 'Virements et répartitions',
    en: 'Transfers and distributions',
  },
  'carry-forward': { fr: 'Reports', en: 'Carry-forwards' },
  'commitment-release': { fr: 'Engagements et dégagements', en: 'Commitments and releases' },
  lapse: { fr: 'Péremptions', en: 'Lapses' },
}

export const entryKindWords: Readonly<Record<EntryKind, Bilingual>> = {
  appropriation: { fr: 'Crédit ouvert', en: 'Appropriation' },
  supplement: { fr: 'Crédit supplémentaire', en: 'Supplement' },
  reduction: { fr: 'Réduction', en: 'Reduction' },
  transfer: { fr: 'Virement', en: 'Transfer' },
  distribution: { fr: 'Répartition', en: 'Distribution' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  release: { fr: 'Dégagement', en: 'Release' },
  expenditure: { fr: 'Dépense', en: 'Expenditure' },
  'self-funded': { fr: 'Dépense autofinancée', en: 'Self-funded expenditure' },
  refund: { fr: 'Remboursement', en: 'Refund' },
  'carry-forward': { fr: 'Report', en: 'Carry-forward' },
  lapse: { fr: 'Péremption', en: 'Lapse' },
}

export const accountWords: Readonly<Record<Account, Bilingual>> = {
  authority: { fr: 'Crédits autorisés', en: 'Authority' },
  available: { fr: 'Disponible', en: 'Available' },
  committed: { fr: 'Engagé', en: 'Committed' },
  spent: { fr: 'Dépensé', en: 'Spent' },
  own_resources: { fr: 'Ressources propres', en: 'Own resources' },
}

export const documentWords: Readonly<Record<DocumentReference['type'], Bilingual>> = {
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  revision: { fr: 'Révision', en: 'Revision' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  expenditure: { fr: 'Dépense', en: 'Expenditure' },
  'year-end': { fr: 'Fin d’exercice', en: 'Year-end' },
}
