import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Year-ends as a file, field by field as the API says them. */
export const yearEndRecords: RecordList = {
  name: 'year-end',
  title: { fr: 'Fermetures d’exercice', en: 'Year-ends' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ['programme', 'Plan', 'Programme'],
    ['organization', 'Organisme', 'Organization'],
    ['fiscalYear', 'Exercice', 'Fiscal year'],
    ['policies', 'Politiques', 'Policies'],
    ['digest', 'Empreinte', 'Digest'],
    ['preparedBy', 'Préparée par', 'Prepared by'],
    ['submittedBy', 'Soumise par', 'Submitted by'],
    ['approvedBy', 'Approuvée par', 'Approved by'],
    ['position', 'Position', 'Position', 'count'],
  ]),
  totals: [],
}
