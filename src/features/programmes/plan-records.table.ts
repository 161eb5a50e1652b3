import { type ColumnSpec, type RecordList, recordColumns } from '#core/record-table.ts'

/** The plan's lists as files, field by field as the API says them. */
const source: readonly ColumnSpec[] = [
  ['source.document', 'Source', 'Source'],
  ['source.sha256', 'SHA-256 de la source', 'SHA-256 of the source'],
  ['source.quote', 'Citation', 'Quote'],
]

export const programmeRecords: RecordList = {
  name: 'programmes',
  title: { fr: 'Plans', en: 'Programmes' },
  columns: recordColumns([
    ['code', 'Code', 'Code'],
    ['jurisdiction', 'Palier', 'Jurisdiction'],
    ['title', 'Titre', 'Title'],
    ['organization', 'Organisme', 'Organization'],
    ['firstFiscalYear', 'Premier exercice', 'First fiscal year'],
    ['lastFiscalYear', 'Dernier exercice', 'Last fiscal year'],
    ['announced.amount', 'Montant annoncé', 'Announced amount', 'amount'],
    ['announced.asStated', 'Tel qu’énoncé', 'As stated'],
    ['announced.precision', 'Précision', 'Precision', 'amount'],
    ['announced.source', 'Source de l’annonce', 'Source of the announcement'],
    ['axes', 'Axes', 'Axes'],
    ['notes', 'Notes', 'Notes'],
    ...source,
  ]),
  totals: [],
}

export const measureRecords: RecordList = {
  name: 'measures',
  title: { fr: 'Mesures', en: 'Measures' },
  columns: recordColumns([
    ['code', 'Code', 'Code'],
    ['programme', 'Plan', 'Programme'],
    ['axis', 'Axe', 'Axis'],
    ['title', 'Titre', 'Title'],
    ['funding', 'Financement', 'Funding'],
    ['envelopes', 'Enveloppes', 'Envelopes', 'words'],
    ['leads', 'Porteurs', 'Leads', 'words'],
    ['collaborators', 'Collaborateurs', 'Collaborators'],
    ['recommendations', 'Recommandations', 'Recommendations', 'words'],
    ['initiative', 'Initiative', 'Initiative'],
    ['adaptation', 'Adaptation', 'Adaptation', 'boolean'],
    ['accessibility', 'Accessibilité', 'Accessibility', 'boolean'],
    ['deliverables', 'Livrables', 'Deliverables'],
    ['context', 'Contexte', 'Context'],
    ...source,
  ]),
  totals: [],
}

/** Without a total: announcements overlap, and none is spending. */
export const announcementRecords: RecordList = {
  name: 'announcements',
  title: { fr: 'Annonces', en: 'Announcements' },
  columns: recordColumns([
    ['code', 'Code', 'Code'],
    ['jurisdiction', 'Palier', 'Jurisdiction'],
    ['document', 'Document', 'Document'],
    ['date', 'Date', 'Date'],
    ['subject', 'Objet', 'Subject'],
    ['nature', 'Nature', 'Nature'],
    ['period', 'Période', 'Period'],
    ['detail', 'Détail', 'Detail'],
    ['url', 'Adresse', 'Address'],
    ['reason.code', 'Code du motif', 'Code of the reason'],
    ['reason.text', 'Motif', 'Reason'],
    ['row', 'Ligne', 'Row', 'count'],
    ['amount', 'Montant', 'Amount', 'amount'],
  ]),
  totals: [],
}
