import type { Bilingual } from '#core/language.ts'
import type { FundingTerm } from './envelope.ts'
import type { RelationKind } from './relation.ts'

/** The words for how an envelope's money comes, and for how two envelopes relate (docs/words.md). */
export const termWords: Readonly<Record<FundingTerm['kind'], Bilingual>> = {
  term: { fr: 'total sur une durée', en: 'total over a term' },
  recurring: { fr: 'montant par exercice', en: 'amount per fiscal year' },
}

export const relationWords: Readonly<Record<RelationKind, Bilingual>> = {
  adds: { fr: 's’ajoute à', en: 'adds to' },
  replaces: { fr: 'remplace', en: 'replaces' },
  includes: { fr: 'contient', en: 'includes' },
  renews: { fr: 'renouvelle', en: 'renews' },
  unknown: { fr: 'relation non énoncée avec', en: 'relation not stated with' },
}
