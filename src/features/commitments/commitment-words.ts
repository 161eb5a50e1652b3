import type { Bilingual } from '#core/language.ts'

/**
 * What pages call the parts of a commitment, by the name that the part has in a form and in JSON, and
 * the actions that became of it (docs/words.md).
 */
export const fieldWords = {
  number: { fr: 'Numéro', en: 'Number' },
  state: { fr: 'État', en: 'State' },
  organization: { fr: 'Organisme', en: 'Organization' },
  measure: { fr: 'Mesure', en: 'Measure' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  fiscalYear: { fr: 'Exercice demandé', en: 'Fiscal year asked on' },
  supplier: { fr: 'Fournisseur ou bénéficiaire', en: 'Supplier or recipient' },
  reference: { fr: 'Référence', en: 'Reference' },
  description: { fr: 'Description', en: 'Description' },
  amount: { fr: 'Montant', en: 'Amount' },
  reason: { fr: 'Motif', en: 'Reason' },
} satisfies Record<string, Bilingual>

const said: Readonly<Record<string, Bilingual>> = {
  'commitment.entered': { fr: 'saisi', en: 'entered' },
  'commitment.changed': { fr: 'modifié', en: 'changed' },
  'commitment.submitted': { fr: 'soumis', en: 'submitted' },
  'commitment.returned': { fr: 'retourné', en: 'returned' },
  'commitment.approved': { fr: 'approuvé', en: 'approved' },
  'commitment.released': { fr: 'dégagé', en: 'released' },
}

export const historyWords = (type: string): Bilingual => said[type] ?? { fr: type, en: type }
