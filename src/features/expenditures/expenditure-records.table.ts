import { type ColumnSpec, type RecordList, recordColumns } from '#core/record-table.ts'

/**
 * Expenditures, and what waits for a decision, as files, field by field as the API says them. An
 * import takes the first one as it stands: its columns are known to it, or left aside.
 */
const fields: readonly ColumnSpec[] = [
  ['id', 'Identifiant', 'Id'],
  ['number', 'Numéro', 'Number'],
  ['state', 'État', 'State'],
  ['version', 'Version', 'Version', 'count'],
  ['organization', 'Organisme', 'Organization'],
  ['measure', 'Mesure', 'Measure'],
  ['envelope', 'Enveloppe', 'Envelope'],
  ['fiscalYear', 'Exercice', 'Fiscal year'],
  ['recordedIn.fiscalYear', 'Exercice d’inscription', 'Recorded in fiscal year'],
  ['recordedIn.period', 'Période d’inscription', 'Recorded in period', 'count'],
  ['serviceDate', 'Date de service', 'Service date', 'date'],
  ['documentDate', 'Date de pièce', 'Document date', 'date'],
  ['documentNumber', 'Pièce', 'Document'],
  ['supplier', 'Fournisseur', 'Supplier'],
  ['description', 'Description', 'Description'],
  ['amount', 'Montant', 'Amount', 'amount'],
  ['commitment', 'Engagement', 'Commitment'],
  ['justification', 'Justification', 'Justification'],
  ['source.document', 'Source publiée', 'Published source'],
  ['source.row', 'Ligne de la source', 'Row of the source', 'count'],
  ['source.url', 'Adresse de la source', 'Address of the source'],
  ['flags', 'Signalements', 'Flags', 'words'],
  ['preparedBy', 'Saisie par', 'Entered by'],
  ['submittedBy', 'Soumise par', 'Submitted by'],
  ['approvedBy', 'Approuvée par', 'Approved by'],
  ['reversedBy', 'Contre-passée par', 'Reversed by'],
  ['refunded', 'Remboursé', 'Refunded', 'amount'],
  ['reclassifiedFrom', 'Remplace', 'Reclassified from'],
  ['reclassifiedTo', 'Remplacée par', 'Reclassified to'],
  ['entry', 'Écriture', 'Entry'],
  ['position', 'Position', 'Position', 'count'],
  ['requests', 'Demandes', 'Requests'],
]

/** Totals are gross, as each is the sum of its column: what came back is `refunded`. */
export const expenditureRecords: RecordList = {
  name: 'expenditures',
  title: { fr: 'Dépenses', en: 'Expenditures' },
  columns: recordColumns(fields),
  totals: ['amount', 'refunded'],
}

export const approvalRecords: RecordList = {
  name: 'approvals',
  title: { fr: 'À approuver', en: 'To approve' },
  columns: recordColumns([
    ['kind', 'Genre', 'Kind'],
    ['request', 'Demande', 'Request'],
    ['since', 'Depuis', 'Since'],
    ['recordsIn.fiscalYear', 'Exercice si approuvée', 'Fiscal year if approved'],
    ['recordsIn.period', 'Période si approuvée', 'Period if approved', 'count'],
    ['flags', 'Signalements à l’approbation', 'Flags at approval', 'words'],
    ['reasons', 'Pourquoi', 'Why'],
    ['needsJustification', 'Justification requise', 'Justification needed', 'boolean'],
    ...fields.map(
      ([key, fr, en, type = 'text']): ColumnSpec => [`expenditure.${key}`, fr, en, type],
    ),
  ]),
  totals: [],
}
