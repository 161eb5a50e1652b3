import type { Bilingual } from '#core/language.ts'

/** The words for fields that events say; one that has none keeps its name of the API. */
const words: Readonly<Record<string, Bilingual>> = {
  id: { fr: 'Identifiant', en: 'Id' },
  number: { fr: 'Numéro', en: 'Number' },
  state: { fr: 'État', en: 'State' },
  version: { fr: 'Version', en: 'Version' },
  organization: { fr: 'Organisme', en: 'Organization' },
  measure: { fr: 'Mesure', en: 'Measure' },
  envelope: { fr: 'Enveloppe', en: 'Envelope' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  expenditure: { fr: 'Dépense', en: 'Expenditure' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  period: { fr: 'Période', en: 'Period' },
  recordedIn: { fr: 'Période d’inscription', en: 'Recorded period' },
  serviceDate: { fr: 'Date du service', en: 'Service date' },
  documentNumber: { fr: 'Numéro de pièce', en: 'Document number' },
  documentDate: { fr: 'Date de la pièce', en: 'Document date' },
  date: { fr: 'Date', en: 'Date' },
  effectiveOn: { fr: 'Date d’effet', en: 'Effective on' },
  supplier: { fr: 'Fournisseur', en: 'Supplier' },
  description: { fr: 'Description', en: 'Description' },
  reference: { fr: 'Référence', en: 'Reference' },
  amount: { fr: 'Montant', en: 'Amount' },
  total: { fr: 'Total', en: 'Total' },
  refunded: { fr: 'Montant remboursé', en: 'Refunded' },
  justification: { fr: 'Justification', en: 'Justification' },
  reason: { fr: 'Motif', en: 'Reason' },
  flags: { fr: 'Signalements', en: 'Flags' },
  lines: { fr: 'Lignes', en: 'Lines' },
  entry: { fr: 'Écriture', en: 'Entry' },
  entries: { fr: 'Écritures', en: 'Entries' },
  requests: { fr: 'Demandes', en: 'Requests' },
  preparedBy: { fr: 'Saisie par', en: 'Entered by' },
  changedBy: { fr: 'Modifiée par', en: 'Changed by' },
  submittedBy: { fr: 'Soumise par', en: 'Submitted by' },
  approvedBy: { fr: 'Approuvée par', en: 'Approved by' },
  askedBy: { fr: 'Demandé par', en: 'Asked by' },
  decidedBy: { fr: 'Décidé par', en: 'Decided by' },
  writtenBy: { fr: 'Auteur', en: 'Written by' },
  email: { fr: 'Courriel', en: 'Email' },
  name: { fr: 'Nom', en: 'Name' },
  isDisabled: { fr: 'Désactivée', en: 'Disabled' },
  role: { fr: 'Rôle', en: 'Role' },
  roles: { fr: 'Rôles', en: 'Roles' },
  subject: { fr: 'Objet', en: 'Subject' },
  text: { fr: 'Texte', en: 'Text' },
  type: { fr: 'Type', en: 'Type' },
  kind: { fr: 'Nature', en: 'Kind' },
  source: { fr: 'Source', en: 'Source' },
  file: { fr: 'Fichier', en: 'File' },
  fileName: { fr: 'Fichier', en: 'File' },
  bytes: { fr: 'Octets', en: 'Bytes' },
  digest: { fr: 'Empreinte', en: 'Digest' },
  sha256: { fr: 'Empreinte SHA-256', en: 'SHA-256 digest' },
  rows: { fr: 'Lignes', en: 'Rows' },
  row: { fr: 'Ligne', en: 'Row' },
  place: { fr: 'Rang', en: 'Place' },
  cause: { fr: 'Cause', en: 'Cause' },
  owner: { fr: 'Responsable', en: 'Owner' },
  note: { fr: 'Note', en: 'Note' },
}

/** `lines.0.amount` is « Lignes, 1, Montant »: places in a list are counted from one. */
export const fieldWords = (field: string): Bilingual => ({
  fr: said(field, 'fr'),
  en: said(field, 'en'),
})

const said = (field: string, language: keyof Bilingual): string =>
  field
    .split('.')
    .map((part) =>
      /^\d+$/.test(part)
        ? String(Number(part) + 1)
        : Object.hasOwn(words, part)
          ? (words[part]?.[language] ?? part)
          : part,
    )
    .join(', ')
