import {
  amount,
  type Column,
  percent,
  type Table,
  type TableRow,
  table,
  text,
  words,
} from '#core/table.ts'
import { jurisdictionWords } from '#features/exports/workbook-words.ts'
import { columnOf } from '#features/reconciliation/reconciliation.table.ts'
import type { Glance } from './overview.ts'

const government: Column = {
  key: 'government',
  label: { fr: 'Gouvernement', en: 'Government' },
  type: 'text',
  brief: true,
}
const figures = ['planned', 'committed', 'spent', 'available'] as const
const brief = (key: string): Column => ({ ...columnOf(key), brief: true })
const years = (key: string, fr: string, en: string): Column => ({
  ...{ key, label: { fr, en }, type: 'text', brief: true },
})

/** The totals of each reconciliation, never added: the two governments fund some of the same. */
export const glancesTable = (glances: readonly Glance[]): Table =>
  table({
    name: 'overview',
    title: { fr: 'Prévu, engagé, dépensé, disponible', en: 'Planned, committed, spent, available' },
    columns: [
      government,
      years('from', 'Du premier exercice', 'From fiscal year'),
      years('to', 'Au dernier exercice', 'To fiscal year'),
      ...figures.map(brief),
    ],
    rows: glances.map(({ jurisdiction, range, totals }) => ({
      role: 'data',
      cells: [
        text(jurisdictionWords[jurisdiction]),
        text(range.from),
        text(range.to),
        ...figures.map((key) => amount(totals[key])),
      ],
    })),
  })

/** Envelopes whose money runs ahead of their time or behind it, as the exceptions report says. */
export const timingTable = (glances: readonly Glance[]): Table =>
  table({
    name: 'timing',
    title: { fr: 'L’argent et le temps', en: 'Money and time' },
    columns: [
      brief('key'),
      brief('label'),
      government,
      brief('flags'),
      ...['planned', 'spent', 'percentSpent'].map(brief),
      {
        key: 'percentElapsed',
        label: { fr: '% du temps écoulé', en: '% of time elapsed' },
        type: 'percent',
        brief: true,
      },
      { key: 'why', label: { fr: 'Pourquoi', en: 'Why' }, type: 'text', brief: true },
    ],
    rows: glances.flatMap(timingRows),
  })

const timingRows = ({ jurisdiction, timing }: Glance): readonly TableRow[] =>
  timing.map(({ key, label, flag, planned, spent, percentSpent, percentElapsed, why }) => ({
    role: 'data',
    cells: [
      text(key),
      text(label),
      text(jurisdictionWords[jurisdiction]),
      words([flag]),
      amount(planned),
      amount(spent),
      percent(percentSpent),
      percent(percentElapsed),
      text(why),
    ],
  }))
