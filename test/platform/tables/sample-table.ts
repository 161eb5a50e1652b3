import { money } from '#core/money.ts'
import {
  amount,
  boolean,
  type Column,
  count,
  date,
  missing,
  percent,
  type Table,
  table,
  text,
  words,
} from '#core/table.ts'

const column = (
  key: string,
  fr: string,
  en: string,
  rest: Pick<Column, 'type' | 'brief'>,
): Column => ({ key, label: { fr, en }, ...rest })

/** A small grid with every type of cell, a repeated row, the four states and a total. */
export const sampleTable: Table = table({
  name: 'sample',
  title: { fr: 'Prévu et dépensé', en: 'Planned and spent' },
  columns: [
    column('key', 'Code', 'Code', { type: 'text', brief: true }),
    column('label', 'Intitulé', 'Title', { type: 'text', brief: true }),
    column('planned', 'Prévu', 'Planned', { type: 'amount', brief: true }),
    column('qc.spent', 'Dépensé', 'Spent', { type: 'amount', brief: true }),
    column('percentSpent', '% dépensé', '% spent', { type: 'percent', brief: true }),
    column('flags', 'Signaux', 'Flags', { type: 'words', brief: true }),
    column('since', 'Depuis', 'Since', { type: 'date', brief: false }),
    column('derived', 'Dérivé', 'Derived', { type: 'boolean', brief: false }),
    column('rowCount', 'Lignes', 'Rows', { type: 'count', brief: false }),
  ],
  rows: [
    {
      role: 'total',
      cells: [
        text('tout'),
        text({ fr: 'Total', en: 'Total' }),
        amount(money('2903313.00')),
        amount(money('125987.50')),
        percent('4.34'),
        words([]),
        missing('not-applicable'),
        boolean(false),
        count(1234),
      ],
    },
    {
      role: 'data',
      cells: [
        text('A-1'),
        text({ fr: 'Soutenir les élèves', en: 'Support pupils' }),
        amount(money('2903063.00')),
        amount(money('126000.00')),
        percent('4.34'),
        words(['over-spent', 'derived']),
        date('2025-04-01'),
        boolean(false),
        count(1230),
      ],
    },
    {
      role: 'repeated',
      cells: [
        text('A-2'),
        text({ fr: 'Former les équipes', en: 'Train the teams' }),
        amount(money('2903063.00')),
        amount(null),
        percent(null, 'not-applicable'),
        words([]),
        date(null),
        boolean(true),
        count(0),
      ],
    },
    {
      role: 'data',
      cells: [
        text('=A-3'),
        text({ fr: '-Équipement; "neuf"', en: '-Equipment; "new"' }),
        amount(money('250.00')),
        amount(money('-12.50')),
        percent('-5.00'),
        words(['derived']),
        missing('unknown'),
        boolean(true),
        count(4),
      ],
    },
  ],
})
