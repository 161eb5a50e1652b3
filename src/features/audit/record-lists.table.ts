import { type RecordList, recordColumns } from '#core/record-table.ts'

/** Observations and anchors as files, field by field as the API says them. */
export const observationRecords: RecordList = {
  name: 'observations',
  title: { fr: 'Observations', en: 'Observations' },
  columns: recordColumns([
    ['id', 'Identifiant', 'Id'],
    ['subject', 'Objet', 'Subject'],
    ['text', 'Texte', 'Text'],
    ['writtenBy', 'Auteur', 'Written by'],
    ['position', 'Position', 'Position', 'count'],
    ['at', 'Instant', 'Instant'],
  ]),
  totals: [],
}

export const anchorRecords: RecordList = {
  name: 'anchors',
  title: { fr: 'Ancres', en: 'Anchors' },
  columns: recordColumns([
    ['line', 'Ligne', 'Line', 'count'],
    ['kind', 'Genre', 'Kind'],
    ['sequence', 'Position', 'Position', 'count'],
    ['hash', 'Sceau', 'Seal'],
    ['at', 'Instant', 'Instant'],
    ['key', 'Clé', 'Key'],
    ['introduces', 'Clé annoncée', 'Key introduced'],
    ['since', 'Tient jusqu’à', 'Holds up to', 'count'],
    ['reason', 'Motif', 'Reason'],
    ['signature', 'Signature', 'Signature'],
  ]),
  totals: [],
}
