import type { Bilingual } from '#core/language.ts'
import {
  type CellValue,
  type Column,
  type ColumnType,
  count,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { exportStateNames, isPending, type QueuedExport } from './queued-export.ts'
import { reportTitle } from './report-words.ts'

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('id', 'Identifiant', 'Id'),
  column('report', 'Rapport', 'Report'),
  column('position', 'Position', 'Position', 'count'),
  column('askedAt', 'Demandée le', 'Asked at'),
  column('state', 'État', 'State'),
  column('progress', 'Avancement', 'Progress'),
  column('expiresAt', 'Conservée jusqu’au', 'Kept until'),
  column('next', 'Suite', 'Next'),
]

const download: Bilingual = { fr: 'Télécharger', en: 'Download' }
const cancel: Bilingual = { fr: 'Annuler', en: 'Cancel' }

/** What its asker can do with it. */
export const nextOf = (found: QueuedExport): 'download' | 'cancel' | null =>
  found.state === 'ready' ? 'download' : isPending(found) ? 'cancel' : null

/** @param printed counts and instants, as the reader writes them */
export const exportsTable = (
  exports: readonly QueuedExport[],
  printed: { readonly count: (n: number) => string; readonly instant: (at: string) => string },
): Table =>
  table({
    name: 'exports',
    title: { fr: 'Exportations', en: 'Exports' },
    columns,
    rows: exports.map((found) => ({
      role: 'data',
      cells: [
        text(found.id),
        text(reportTitle(found.report)),
        count(found.position),
        text(printed.instant(found.askedAt)),
        text(exportStateNames[found.state]),
        progressOf(found, printed.count),
        found.state === 'ready' && found.expiresAt !== null
          ? text(printed.instant(found.expiresAt))
          : missing('not-applicable'),
        nextCell(found),
      ],
    })),
  })

function progressOf(
  { state, rowsDone, rowsTotal, failure }: QueuedExport,
  printed: (n: number) => string,
): CellValue {
  if (failure !== null) {
    return text(failure)
  }
  return state === 'running' && rowsTotal !== null
    ? text({
        fr: `${printed(rowsDone)} lignes sur ${printed(rowsTotal)}`,
        en: `${printed(rowsDone)} of ${printed(rowsTotal)} lines`,
      })
    : missing('not-applicable')
}

function nextCell(found: QueuedExport): CellValue {
  const next = nextOf(found)
  return next === null ? missing('not-applicable') : text(next === 'download' ? download : cancel)
}
