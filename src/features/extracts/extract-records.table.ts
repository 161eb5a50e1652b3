import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Extracts, their rows and the ways they are read as files, field by field as the API says them. */
export const extractRecords: RecordList = {
  name: 'extracts',
  title: { fr: 'Extraits', en: 'Extracts' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['organization', 'Organisme', 'Organization'],
    ['fiscalYear', 'Exercice', 'Fiscal year'],
    ['period', 'Période', 'Period', 'count'],
    ['system', 'Système', 'System'],
    ['fileName', 'Fichier', 'File'],
    ['sha256', 'SHA-256', 'SHA-256'],
    ['rows', 'Lignes retenues', 'Rows', 'count'],
    ['total', 'Total', 'Total', 'amount'],
    ['statedTotal', 'Total énoncé', 'Stated total', 'amount'],
    ['lines', 'Lignes', 'Lines', 'count'],
    ['leftOut.blank', 'Lignes vides', 'Blank lines', 'count'],
    ['leftOut.total', 'Lignes de total', 'Total lines', 'count'],
    ['leftOut.headerAgain', 'Titres répétés', 'Headings again', 'count'],
    ['understood', 'Lecture', 'Understood'],
    ['supersedes', 'Remplace', 'Supersedes'],
    ['supersededBy', 'Remplacé par', 'Superseded by'],
    ['loadedBy', 'Chargé par', 'Loaded by'],
    ['position', 'Position', 'Position', 'count'],
    ['findings', 'Constats', 'Findings'],
  ]),
  totals: ['total'],
  // What is superseded counts no more.
  counts: (record) => 'supersededBy' in record && record.supersededBy === null,
}

export const extractRowRecords: RecordList = {
  name: 'extract',
  title: { fr: 'Lignes de l’extrait', en: 'Rows of the extract' },
  columns: recordColumns([
    ['number', 'Ligne', 'Row', 'count'],
    ['date', 'Date', 'Date', 'date'],
    ['account', 'Compte', 'Account'],
    ['document', 'Pièce', 'Document'],
    ['description', 'Libellé', 'Description'],
    ['supplier', 'Fournisseur', 'Supplier'],
    ['amount', 'Montant', 'Amount', 'amount'],
  ]),
  totals: ['amount'],
}

export const mappingRecords: RecordList = {
  name: 'extract-mappings',
  title: { fr: 'Correspondances', en: 'Mappings' },
  columns: recordColumns([
    ['organization', 'Organisme', 'Organization'],
    ['system', 'Système', 'System'],
    ['version', 'Version', 'Version', 'count'],
    ['date', 'Date', 'Date'],
    ['account', 'Compte', 'Account'],
    ['document', 'Pièce', 'Document'],
    ['description', 'Libellé', 'Description'],
    ['supplier', 'Fournisseur', 'Supplier'],
    ['amount', 'Montant', 'Amount'],
    ['debit', 'Débit', 'Debit'],
    ['credit', 'Crédit', 'Credit'],
    ['spendingSign', 'Signe d’une dépense', 'Sign of spending'],
    ['changedBy', 'Modifiée par', 'Changed by'],
  ]),
  totals: [],
}
