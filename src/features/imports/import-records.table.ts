import { type ColumnSpec, type RecordList, recordColumns } from '#core/record-table.ts'

/** Imports and the rows of one as files, field by field as the API says them. */
export const importRecords: RecordList = {
  name: 'imports',
  title: { fr: 'Imports', en: 'Imports' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ['organizations', 'Organismes', 'Organizations', 'words'],
    ['file.name', 'Fichier', 'File'],
    ['file.bytes', 'Octets', 'Bytes', 'count'],
    ['file.sha256', 'SHA-256', 'SHA-256'],
    ['understood', 'Lecture', 'Understood'],
    ...counts(),
    ...sums(),
    ['sums.unreadable', 'Montants illisibles', 'Unreadable amounts', 'count'],
    ['findings', 'Constats', 'Findings'],
    ['createdAt', 'Chargé', 'Created at'],
    ['preparedBy', 'Préparé par', 'Prepared by'],
    ['confirmed.by', 'Confirmé par', 'Confirmed by'],
    ['confirmed.rows', 'Lignes confirmées', 'Rows confirmed', 'count'],
    ['confirmed.amount', 'Montant confirmé', 'Amount confirmed', 'amount'],
    ['submittedBy', 'Soumis par', 'Submitted by'],
    ['approvedBy', 'Approuvé par', 'Approved by'],
    ['reversal.askedBy', 'Contre-passation demandée par', 'Reversal asked by'],
    ['reversal.reason', 'Motif de contre-passation', 'Reason of the reversal'],
    ['reversal.approvedBy', 'Contre-passation approuvée par', 'Reversal approved by'],
  ]),
  totals: [],
}

function counts(): readonly ColumnSpec[] {
  return [
    ['counts.rows', 'Lignes', 'Rows', 'count'],
    ['counts.accepted', 'Lignes acceptées', 'Rows accepted', 'count'],
    ['counts.rejected', 'Lignes rejetées', 'Rows rejected', 'count'],
    ['counts.ignored', 'Lignes ignorées', 'Rows ignored', 'count'],
    ['counts.new', 'Lignes nouvelles', 'Rows new', 'count'],
    ['counts.duplicate', 'Lignes déjà là', 'Rows there already', 'count'],
    ['counts.changed', 'Lignes différentes', 'Rows changed', 'count'],
  ]
}

function sums(): readonly ColumnSpec[] {
  return [
    ['sums.rows', 'Somme', 'Sum', 'amount'],
    ['sums.accepted', 'Somme acceptée', 'Sum accepted', 'amount'],
    ['sums.rejected', 'Somme rejetée', 'Sum rejected', 'amount'],
    ['sums.new', 'Somme nouvelle', 'Sum new', 'amount'],
    ['sums.duplicate', 'Somme déjà là', 'Sum there already', 'amount'],
    ['sums.changed', 'Somme différente', 'Sum changed', 'amount'],
  ]
}

export const importRowRecords: RecordList = {
  name: 'rows',
  title: { fr: 'Lignes', en: 'Rows' },
  columns: recordColumns([
    ['row', 'Ligne', 'Row', 'count'],
    ['state', 'État', 'State'],
    ['organization', 'Organisme', 'Organization'],
    ['measure', 'Mesure', 'Measure'],
    ['envelope', 'Enveloppe', 'Envelope'],
    ['serviceDate', 'Date de service', 'Service date', 'date'],
    ['documentNumber', 'Pièce', 'Document'],
    ['supplier', 'Fournisseur', 'Supplier'],
    ['description', 'Description', 'Description'],
    ['amount', 'Montant', 'Amount', 'amount'],
    ['commitment', 'Engagement', 'Commitment'],
    ['flags', 'Signalements', 'Flags', 'words'],
    ['expenditure', 'Identifiant de la dépense', 'Id of the expenditure'],
    ['sameAs.document', 'Comme la dépense', 'Same as expenditure'],
    ['sameAs.row', 'Comme la ligne', 'Same as row', 'count'],
    ['differs', 'Diffère par', 'Differs by', 'words'],
    ['problems', 'Anomalies', 'Problems'],
  ]),
  totals: ['amount'],
}
