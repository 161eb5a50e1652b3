import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Organizations as a file, field by field as the API says them. */
export const organizationRecords: RecordList = {
  name: 'organizations',
  title: { fr: 'Organismes', en: 'Organizations' },
  columns: recordColumns([
    ['code', 'Code', 'Code'],
    ['name', 'Nom', 'Name'],
    ['nameKnown', 'Nom connu', 'Name known', 'boolean'],
    ['jurisdiction', 'Palier', 'Jurisdiction'],
    ['kind', 'Genre', 'Kind'],
    ['version', 'Version', 'Version', 'count'],
  ]),
  totals: [],
}
