import type { Bilingual } from '#core/language.ts'
import {
  type Column,
  type ColumnType,
  count,
  missing,
  type Table,
  table,
  text,
} from '#core/table.ts'
import { type ListedPeriod, listedFacts, type PeriodState } from './period-state.ts'

export const periodStateNames: Readonly<Record<PeriodState, Bilingual>> = {
  'not-started': { fr: 'à venir', en: 'not started' },
  open: { fr: 'ouverte', en: 'open' },
  closed: { fr: 'fermée', en: 'closed' },
}

const yearStateNames: Readonly<Record<PeriodState, Bilingual>> = {
  'not-started': { fr: 'à venir', en: 'not started' },
  open: { fr: 'ouvert', en: 'open' },
  closed: { fr: 'fermé', en: 'closed' },
}

const column = (key: string, fr: string, en: string, type: ColumnType = 'text'): Column => ({
  key,
  label: { fr, en },
  type,
  brief: true,
})

const columns: readonly Column[] = [
  column('organization', 'Organisme', 'Organization'),
  column('key', 'Période', 'Period'),
  column('state', 'État', 'State'),
  column('fiscalYearState', 'Exercice', 'Fiscal year'),
  column('version', 'Version', 'Version', 'count'),
  column('closedBy', 'Fermée par', 'Closed by'),
  column('closedAt', 'Fermée le', 'Closed at'),
]

const orAbsent = (value: string | null) => (value === null ? missing('absent') : text(value))

export const periodsTable = (periods: readonly ListedPeriod[]): Table =>
  table({
    name: 'periods',
    title: { fr: 'Périodes', en: 'Periods' },
    columns,
    rows: periods.map((period) => {
      const { organization, key, version, closedBy, closedAt } = listedFacts(period)
      return {
        role: 'data',
        cells: [
          text(organization),
          text(key),
          text(periodStateNames[period.state]),
          text(yearStateNames[period.fiscalYearState]),
          count(version),
          orAbsent(closedBy),
          orAbsent(closedAt),
        ],
      }
    }),
  })
