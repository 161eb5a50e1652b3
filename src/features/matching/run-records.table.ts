import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Matching runs as a file, field by field as the API says them. */
export const runRecords: RecordList = {
  name: 'matching-runs',
  title: { fr: 'Appariements', en: 'Matching runs' },
  columns: recordColumns([
    ['run', 'Identifiant', 'Id'],
    ['organization', 'Organisme', 'Organization'],
    ['fiscalYear', 'Exercice', 'Fiscal year'],
    ['period', 'Période', 'Period', 'count'],
    ['state', 'État', 'State'],
    ['version', 'Version', 'Version', 'count'],
    ['preparedBy', 'Préparé par', 'Prepared by'],
    ['changedBy', 'Modifié par', 'Changed by'],
    ['signedBy', 'Signé par', 'Signed by'],
  ]),
  totals: [],
}
