import { periodKey } from '#core/period.ts'
import { type Column, missing, type Table, table, text } from '#core/table.ts'
import { type Run, runStateNames } from './run.ts'

const column = (key: string, fr: string, en: string): Column => ({
  key,
  label: { fr, en },
  type: 'text',
  brief: true,
})

const columns: readonly Column[] = [
  column('organization', 'Organisme', 'Organization'),
  column('key', 'Période', 'Period'),
  column('state', 'État', 'State'),
  column('preparedBy', 'Préparé par', 'Prepared by'),
  column('changedBy', 'Modifié par', 'Changed by'),
  column('signedBy', 'Signé par', 'Signed by'),
  { ...column('run', 'Identifiant', 'Id'), brief: false },
]

/** Matchings as a list; the last of a period is its tie-out. */
export const runsTable = (runs: readonly Run[]): Table =>
  table({
    name: 'matching-runs',
    title: { fr: 'Appariements', en: 'Matchings' },
    columns,
    rows: runs.map((run) => ({
      role: 'data' as const,
      cells: [
        text(run.organization),
        text(periodKey(run.period)),
        text(runStateNames[run.state]),
        text(run.preparedBy),
        text(run.changedBy),
        run.signedBy === null ? missing('absent') : text(run.signedBy),
        text(run.id),
      ],
    })),
  })
