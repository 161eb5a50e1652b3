import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Periods as a file, field by field as the API says them. */
export const periodRecords: RecordList = {
  name: 'periods',
  title: { fr: 'Périodes', en: 'Periods' },
  columns: recordColumns([
    ['organization', 'Organisme', 'Organization'],
    ['fiscalYear', 'Exercice', 'Fiscal year'],
    ['period', 'Période', 'Period', 'count'],
    ['key', 'Clé', 'Key'],
    ['version', 'Version', 'Version', 'count'],
    ['state', 'État', 'State'],
    ['fiscalYearState', 'État de l’exercice', 'State of the fiscal year'],
    ['closedBy', 'Fermée par', 'Closed by'],
    ['closedAt', 'Fermée le', 'Closed at'],
  ]),
  totals: [],
}
