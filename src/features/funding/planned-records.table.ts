import { type ColumnSpec, type RecordList, recordColumns } from '#core/record-table.ts'

/** Envelopes, relations and revisions as files, field by field as the API says them. */
const hands: readonly ColumnSpec[] = [
  ['preparedBy', 'Préparée par', 'Prepared by'],
  ['submittedBy', 'Soumise par', 'Submitted by'],
  ['approvedBy', 'Approuvée par', 'Approved by'],
]
const position: ColumnSpec = ['position', 'Position', 'Position', 'count']

/** Without a total: the amounts of terms are in lists of their own. */
export const envelopeRecords: RecordList = {
  name: 'envelopes',
  title: { fr: 'Enveloppes', en: 'Envelopes' },
  columns: recordColumns([
    ['code', 'Code', 'Code'],
    ['programme', 'Plan', 'Programme'],
    ['title', 'Titre', 'Title'],
    ['organization', 'Organisme', 'Organization'],
    ['organizationStated', 'Organisme énoncé', 'Organization stated', 'boolean'],
    ['measures', 'Mesures', 'Measures', 'words'],
    ['terms', 'Modalités', 'Terms'],
    ['relations', 'Relations', 'Relations'],
    ['financing', 'Financement', 'Financing'],
    ['notes', 'Notes', 'Notes'],
    ['source.document', 'Source', 'Source'],
    ['source.sha256', 'SHA-256 de la source', 'SHA-256 of the source'],
    ['source.quote', 'Citation', 'Quote'],
    ['source.title', 'Titre de la source', 'Title of the source'],
    ['source.url', 'Adresse de la source', 'Address of the source'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ...hands,
    position,
  ]),
  totals: [],
}

export const relationRecords: RecordList = {
  name: 'relations',
  title: { fr: 'Relations', en: 'Relations' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['from', 'De', 'From'],
    ['to', 'À', 'To'],
    ['kind', 'Genre', 'Kind'],
    ['stated', 'Énoncée', 'Stated', 'boolean'],
    ['ifNotAdditive', 'Si elle ne s’additionne pas', 'If not additive'],
    ['citation', 'Citation', 'Citation'],
    ['document', 'Document', 'Document'],
    ['reading', 'Lecture', 'Reading'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ['organization', 'Organisme', 'Organization'],
    ...hands,
    position,
  ]),
  totals: [],
}

/** Without a total: the amounts are those of lines, of whatever sign and kind. */
export const revisionRecords: RecordList = {
  name: 'revisions',
  title: { fr: 'Révisions', en: 'Revisions' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['number', 'Numéro', 'Number'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ['kind', 'Genre', 'Kind'],
    ['organization', 'Organisme', 'Organization'],
    ['reason', 'Motif', 'Reason'],
    ['documentReference', 'Référence', 'Document reference'],
    ['effectiveOn', 'Date d’effet', 'Effective on', 'date'],
    ['lines', 'Lignes', 'Lines'],
    ...hands,
    ['entry', 'Écriture', 'Entry'],
    position,
  ]),
  totals: [],
}
