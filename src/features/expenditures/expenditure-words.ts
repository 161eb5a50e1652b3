import type { Bilingual } from '#core/language.ts'
import type { WaitingKind } from './approvals.ts'
import type { RequestKind } from './expenditure.ts'

/**
 * What pages call the parts of an expenditure, by the name that the part has in a form and in JSON:
 * one word wherever it is met (docs/words.md).
 */
export const fieldWords = {
  number: { fr: 'Numéro', en: 'Number' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  measure: { fr: 'Mesure', en: 'Measure' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  serviceDate: { fr: 'Date de service', en: 'Service date' },
  documentDate: { fr: 'Date de la pièce', en: 'Document date' },
  documentNumber: { fr: 'Pièce', en: 'Document' },
  supplier: { fr: 'Fournisseur', en: 'Supplier' },
  description: { fr: 'Description', en: 'Description' },
  amount: { fr: 'Montant', en: 'Amount' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  justification: { fr: 'Justification', en: 'Justification' },
  reason: { fr: 'Motif', en: 'Reason' },
  date: { fr: 'Date du remboursement', en: 'Date of the refund' },
} satisfies Record<string, Bilingual>

export const dayHint: Bilingual = { fr: 'AAAA-MM-JJ', en: 'YYYY-MM-DD' }

export const requestNames: Readonly<Record<RequestKind, Bilingual>> = {
  reverse: { fr: 'contre-passation', en: 'reversal' },
  refund: { fr: 'remboursement', en: 'refund' },
  reclassify: { fr: 'reclassement', en: 'reclassification' },
}

export const waitingNames: Readonly<Record<WaitingKind, Bilingual>> = {
  expenditure: { fr: 'dépense', en: 'expenditure' },
  ...requestNames,
}

export const requestStates = {
  asked: { fr: 'en attente d’une décision', en: 'waiting for a decision' },
  approved: { fr: 'approuvée', en: 'approved' },
  refused: { fr: 'refusée', en: 'refused' },
} satisfies Record<string, Bilingual>
