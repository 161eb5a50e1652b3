import type { Bilingual } from '#core/language.ts'

/**
 * The words for the type of an event, of which the code says what it spoke of and what was done:
 * `expenditure.posted` is « Dépense : comptabilisation ». What was done is a noun in French, so that
 * it agrees with everything it is said of.
 */
export const nounWords: Readonly<Record<string, Bilingual>> = {
  expenditure: { fr: 'Dépense', en: 'Expenditure' },
  expenditures: { fr: 'Dépenses', en: 'Expenditures' },
  import: { fr: 'Importation', en: 'Import' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  revision: { fr: 'Révision', en: 'Revision' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  envelopes: { fr: 'Enveloppes', en: 'Envelopes' },
  relation: { fr: 'Relation', en: 'Relation' },
  extract: { fr: 'Extrait du grand livre', en: 'Ledger extract' },
  'extract-mapping': { fr: 'Lecture des extraits', en: 'Reading of extracts' },
  matching: { fr: 'Appariement', en: 'Matching' },
  period: { fr: 'Période', en: 'Period' },
  'year-end': { fr: 'Fin d’exercice', en: 'Year-end' },
  plan: { fr: 'Plan', en: 'Plan' },
  'published-figures': { fr: 'Chiffres publiés', en: 'Published figures' },
  funding: { fr: 'Financement', en: 'Funding' },
  export: { fr: 'Exportation', en: 'Export' },
  organization: { fr: 'Organisme', en: 'Organization' },
  person: { fr: 'Personne', en: 'Person' },
  account: { fr: 'Compte', en: 'Account' },
  'sign-in': { fr: 'Ouverture de session', en: 'Sign-in' },
  observation: { fr: 'Observation', en: 'Observation' },
  record: { fr: 'Registre', en: 'Record' },
  event: { fr: 'Événement', en: 'Event' },
  entry: { fr: 'Écriture', en: 'Entry' },
}

const doneWords: Readonly<Record<string, Bilingual>> = {
  entered: { fr: 'saisie', en: 'entered' },
  changed: { fr: 'modification', en: 'changed' },
  deleted: { fr: 'suppression', en: 'deleted' },
  submitted: { fr: 'soumission', en: 'submitted' },
  returned: { fr: 'retour', en: 'returned' },
  approved: { fr: 'approbation', en: 'approved' },
  posted: { fr: 'comptabilisation', en: 'posted' },
  released: { fr: 'dégagement', en: 'released' },
  reversed: { fr: 'contre-passation', en: 'reversed' },
  'reversal-asked': { fr: 'demande de contre-passation', en: 'reversal asked' },
  'reversal-refused': { fr: 'refus de la contre-passation', en: 'reversal refused' },
  refunded: { fr: 'remboursement', en: 'refunded' },
  'refund-asked': { fr: 'demande de remboursement', en: 'refund asked' },
  'refund-refused': { fr: 'refus du remboursement', en: 'refund refused' },
  reclassified: { fr: 'reclassement', en: 'reclassified' },
  'reclassification-asked': { fr: 'demande de reclassement', en: 'reclassification asked' },
  'reclassification-refused': { fr: 'refus du reclassement', en: 'reclassification refused' },
  confirmed: { fr: 'confirmation', en: 'confirmed' },
  imported: { fr: 'importation', en: 'imported' },
  loaded: { fr: 'chargement', en: 'loaded' },
  'years-opened': { fr: 'ouverture d’exercices', en: 'years opened' },
  requested: { fr: 'demande', en: 'requested' },
  finished: { fr: 'fin', en: 'finished' },
  cancelled: { fr: 'annulation', en: 'cancelled' },
  run: { fr: 'lancement', en: 'run' },
  matched: { fr: 'appariement de lignes', en: 'lines matched' },
  unmatched: { fr: 'désappariement', en: 'lines unmatched' },
  split: { fr: 'fractionnement', en: 'line split' },
  explained: { fr: 'explication', en: 'explained' },
  signed: { fr: 'signature', en: 'signed' },
  closed: { fr: 'fermeture', en: 'closed' },
  reopened: { fr: 'réouverture', en: 'reopened' },
  prepared: { fr: 'préparation', en: 'prepared' },
  frozen: { fr: 'conservation des rapports', en: 'reports kept' },
  renamed: { fr: 'changement de nom', en: 'renamed' },
  added: { fr: 'ajout', en: 'added' },
  disabled: { fr: 'désactivation', en: 'disabled' },
  enabled: { fr: 'réactivation', en: 'enabled' },
  'role-added': { fr: 'ajout d’un rôle', en: 'role added' },
  'password-changed': { fr: 'changement de mot de passe', en: 'password changed' },
  'token-issued': { fr: 'délivrance d’un jeton', en: 'token issued' },
  'token-revoked': { fr: 'révocation d’un jeton', en: 'token revoked' },
  'signed-in': { fr: 'ouverture de session', en: 'signed in' },
  'signed-out': { fr: 'fermeture de session', en: 'signed out' },
  'sessions-ended': { fr: 'fin de sessions', en: 'sessions ended' },
  locked: { fr: 'verrouillage', en: 'locked' },
  written: { fr: 'rédaction', en: 'written' },
  accepted: { fr: 'acceptation après une restauration', en: 'accepted after a restore' },
}

/** Undefined for a type that has no words: its code is shown. */
export function eventWords(type: string): Bilingual | undefined {
  const [noun = '', done = ''] = type.split('.')
  const [what, how] = [wordsOf(nounWords, noun), wordsOf(doneWords, done)]
  return what === undefined || how === undefined
    ? undefined
    : { fr: `${what.fr}\u00a0: ${how.fr}`, en: `${what.en}: ${how.en}` }
}

/** `expenditure/…` as people call it: its number where the event says one. */
export function subjectWords(subject: string, name: string | null = null): Bilingual {
  const [noun = '', ...rest] = subject.split('/')
  const what = wordsOf(nounWords, noun)
  if (what === undefined) {
    return { fr: subject, en: subject }
  }
  const which = name ?? rest.join('/')
  return { fr: `${what.fr} ${which}`.trim(), en: `${what.en} ${which}`.trim() }
}

const wordsOf = (
  words: Readonly<Record<string, Bilingual>>,
  code: string,
): Bilingual | undefined => (Object.hasOwn(words, code) ? words[code] : undefined)
