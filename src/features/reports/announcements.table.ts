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
import type { Facts } from '#features/reconciliation/facts.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import type { Report } from './report.ts'
import type { ReportRequest } from './request.ts'

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

const announcementsTitle = {
  fr: 'Chiffres publiés qui ne sont pas des dépenses',
  en: 'Published figures that are not expenditures',
}

const announcementsTable = (announcements: readonly Announcement[]): Table =>
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

export const askAnnouncements = (
  all: readonly Announcement[],
  { jurisdiction }: ReportRequest,
): readonly Announcement[] =>
  all.filter((item) => jurisdiction === undefined || item.jurisdiction === jurisdiction)

export function announcementsReport(
  facts: Facts,
  found: readonly Announcement[],
  { jurisdiction }: ReportRequest,
): Report {
  const { position, positionAt, seal } = facts
  return {
    name: 'announcements',
    title: announcementsTitle,
    parameters: jurisdiction === undefined ? {} : { jurisdiction },
    position,
    positionAt,
    seal,
    horizon: defaultRange(facts)?.to ?? '',
    formulas: {},
    table: announcementsTable(found),
    extras: {},
    notes: [
      {
        code: 'not-spending',
        text: {
          fr: 'Annonces, prévisions, montants présumés ou non ventilés par mesure : aucun n’entre dans une colonne de dépenses.',
          en: 'Announcements, forecasts, presumed amounts or amounts not broken down by measure: none enters a spent column.',
        },
      },
    ],
  }
}
