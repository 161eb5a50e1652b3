import {
  amount,
  type Column,
  count,
  missing,
  type Table,
  type TableRow,
  table,
  text,
} from '#core/table.ts'
import type { Announcement } from '#features/programmes/programme.ts'

/** Published figures that enter no spent column, each with the reason. They are not added up. */
const columns: readonly Column[] = [
  { key: 'key', label: { fr: 'Code', en: 'Key' }, type: 'text', brief: true },
  { key: 'jurisdiction', label: { fr: 'Palier', en: 'Jurisdiction' }, type: 'text', brief: false },
  { key: 'date', label: { fr: 'Date imprimée', en: 'Date as printed' }, type: 'text', brief: true },
  { key: 'subject', label: { fr: 'Objet', en: 'Subject' }, type: 'text', brief: true },
  { key: 'nature', label: { fr: 'Nature', en: 'Nature' }, type: 'text', brief: true },
  { key: 'amount', label: { fr: 'Montant', en: 'Amount' }, type: 'amount', brief: true },
  { key: 'period', label: { fr: 'Période', en: 'Period' }, type: 'text', brief: true },
  { key: 'detail', label: { fr: 'Détail', en: 'Detail' }, type: 'text', brief: false },
  { key: 'reason', label: { fr: 'Motif', en: 'Reason' }, type: 'text', brief: true },
  { key: 'why', label: { fr: 'Explication', en: 'Explanation' }, type: 'text', brief: false },
  { key: 'document', label: { fr: 'Document', en: 'Document' }, type: 'text', brief: false },
  { key: 'row', label: { fr: 'Ligne', en: 'Row' }, type: 'count', brief: false },
  { key: 'url', label: { fr: 'Adresse', en: 'Address' }, type: 'text', brief: false },
]

export const announcementsTitle = {
  fr: 'Chiffres publiés qui ne sont pas des dépenses',
  en: 'Published figures that are not expenditures',
}

export const announcementsTable = (announcements: readonly Announcement[]): Table =>
  table({
    name: 'announcements',
    title: announcementsTitle,
    columns,
    rows: [...announcements.map(announcementRow), totalRow],
  })

const announcementRow = (announcement: Announcement): TableRow => ({
  role: 'data',
  cells: [
    text(announcement.code),
    text(announcement.jurisdiction),
    text(announcement.date),
    text(announcement.subject),
    text(announcement.nature),
    amount(announcement.amount, 'unknown'),
    announcement.period === null ? { type: 'missing', value: 'absent' } : text(announcement.period),
    text(announcement.detail),
    text(announcement.reason.code),
    text(announcement.reason.text),
    text(announcement.document),
    count(announcement.row),
    text(announcement.url),
  ],
})

/** There is no sum of announcements: the line says so. */
const totalRow: TableRow = {
  role: 'total',
  cells: columns.map(({ key }) => (key === 'key' ? text('total') : missing('not-applicable'))),
}
