import { type Column, count, missing, type Table, table, text } from '#core/table.ts'
import type { RecordedEvent } from './event.ts'

const columns: readonly Column[] = [
  { key: 'position', label: { fr: 'Position', en: 'Position' }, type: 'count', brief: true },
  { key: 'at', label: { fr: 'Instant', en: 'Instant' }, type: 'text', brief: true },
  { key: 'type', label: { fr: 'Type', en: 'Type' }, type: 'text', brief: true },
  { key: 'actor', label: { fr: 'Auteur', en: 'Actor' }, type: 'text', brief: true },
  { key: 'request', label: { fr: 'Requête', en: 'Request' }, type: 'text', brief: false },
  { key: 'address', label: { fr: 'Adresse', en: 'Address' }, type: 'text', brief: false },
  {
    key: 'operatingSystemUser',
    label: { fr: 'Compte du poste', en: 'Operating-system user' },
    type: 'text',
    brief: false,
  },
  { key: 'subject', label: { fr: 'Objet', en: 'Subject' }, type: 'text', brief: true },
  { key: 'before', label: { fr: 'Avant', en: 'Before' }, type: 'text', brief: false },
  { key: 'after', label: { fr: 'Après', en: 'After' }, type: 'text', brief: false },
  { key: 'reason', label: { fr: 'Motif', en: 'Reason' }, type: 'text', brief: true },
  {
    key: 'previous',
    label: { fr: 'Sceau précédent', en: 'Previous seal' },
    type: 'text',
    brief: false,
  },
  { key: 'hash', label: { fr: 'Sceau', en: 'Seal' }, type: 'text', brief: false },
]

const orMissing = (value: string | null) =>
  value === null ? missing('not-applicable') : text(value)

const asJson = (value: RecordedEvent['before']) =>
  value === null ? missing('not-applicable') : text(JSON.stringify(value))

/** The trail as a table: before and after are JSON in one cell. */
export const eventsTable = (events: readonly RecordedEvent[]): Table =>
  table({
    name: 'events',
    title: { fr: 'Événements', en: 'Events' },
    columns,
    rows: events.map((event) => ({
      role: 'data',
      cells: [
        count(event.position),
        text(event.at),
        text(event.type),
        text(event.actor),
        text(event.request),
        orMissing(event.address),
        orMissing(event.operatingSystemUser),
        text(event.subject),
        asJson(event.before),
        asJson(event.after),
        orMissing(event.reason),
        text(event.previous),
        text(event.hash),
      ],
    })),
  })
