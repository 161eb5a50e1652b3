import { describe, expect, test } from 'vitest'
import { add, Money, money } from '#core/money.ts'
import { type RecordList, RecordTotals, recordColumns, recordTable } from '#core/record-table.ts'
import { amount, boolean, count, date, missing, percent, text, words } from '#core/table.ts'

const columns = recordColumns([
  ['number', 'Numéro', 'Number'],
  ['amount', 'Montant', 'Amount', 'amount'],
  ['share', 'Part', 'Share', 'percent'],
  ['on', 'Le', 'On', 'date'],
  ['lines', 'Lignes', 'Lines', 'count'],
  ['late', 'Tardive', 'Late', 'boolean'],
  ['flags', 'Signalements', 'Flags', 'words'],
  ['recordedIn.period', 'Période', 'Period', 'count'],
  ['label', 'Intitulé', 'Title'],
  ['source', 'Source', 'Source'],
])
const list: RecordList = {
  name: 'documents',
  title: { fr: 'Pièces', en: 'Documents' },
  columns,
  totals: ['amount'],
}
const first = {
  number: 'D-1',
  amount: '10.10',
  share: '12.50',
  on: '2026-03-01',
  lines: 3,
  late: true,
  flags: ['late', 'outside-term'],
  recordedIn: { period: 3 },
  label: { fr: 'Achat', en: 'Purchase' },
  source: { file: 'a.csv', row: 7 },
}

const cellsOf = (records: readonly object[], of: RecordList = list) =>
  recordTable(of, records).rows.map(({ role, cells }) => ({ role, cells }))

describe('a record as a row', () => {
  test('has a cell a field, each as its column says, nested ones by their dots', () => {
    expect(cellsOf([first])[0]).toEqual({
      role: 'data',
      cells: [
        text('D-1'),
        amount(money('10.10')),
        percent('12.50'),
        date('2026-03-01'),
        count(3),
        boolean(true),
        words(['late', 'outside-term']),
        count(3),
        text({ fr: 'Achat', en: 'Purchase' }),
        text('{"file":"a.csv","row":7}'),
      ],
    })
  })

  test('says of a field that is not there, or on whose way one is not, that it is absent', () => {
    const { cells } =
      cellsOf([{ number: 'D-2', amount: null, recordedIn: null, flags: 'none' }])[0] ?? {}
    expect(cells).toEqual([
      text('D-2'),
      missing('absent'),
      missing('absent'),
      missing('absent'),
      missing('absent'),
      missing('absent'),
      words([]),
      missing('absent'),
      missing('absent'),
      missing('absent'),
    ])
  })
})

describe('the last row of a list', () => {
  test('adds up the amounts that are there, and nothing else', () => {
    const rows = cellsOf([first, { amount: '-0.05' }, { amount: null }, {}])
    expect(rows.at(-1)).toEqual({
      role: 'total',
      cells: [
        text('total'),
        amount(add(money('10.10'), money('-0.05'))),
        ...columns.slice(2).map(() => missing('not-applicable')),
      ],
    })
  })

  test('leaves out the records that do not count', () => {
    const posted: RecordList = { ...list, counts: (record) => 'number' in record }
    expect(cellsOf([first, { amount: '5.00' }], posted).at(-1)?.cells[1]).toEqual(
      amount(money('10.10')),
    )
  })

  test('is zero for a list of nothing', () => {
    expect(cellsOf([]).map(({ cells }) => cells[1])).toEqual([amount(Money.zero)])
  })

  test('is not there when nothing adds up', () => {
    expect(cellsOf([first], { ...list, totals: [] }).map(({ role }) => role)).toEqual(['data'])
  })

  test('comes to the same when the list goes by lot by lot', () => {
    const totals = new RecordTotals(list)
    totals.add(first)
    totals.add(first)
    expect(totals.rows()).toEqual(recordTable(list, [first, first]).rows.slice(-1))
  })
})
