import { describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money, sum } from '#core/money.ts'
import { type DetailRow, detailsOfCells, detailsOfDocuments } from '#features/exports/detail.ts'
import { dimensions, type Question, spreads } from '#features/reconciliation/facts.ts'
import { reconcile } from '#features/reconciliation/reconcile.ts'
import { eventfulRecord } from './workbooks.ts'

const record = await eventfulRecord()
const { facts, expenditures, corrections } = record
const asked = (change: Partial<Question> = {}): Question => ({
  by: 'measure',
  jurisdiction: 'QC',
  spread: 'none',
  from: fiscalYear('2020-2021'),
  to: fiscalYear('2025-2026'),
  ...change,
})

const total = (rows: readonly DetailRow[], isOwn: boolean) =>
  sum(rows.filter((row) => row.isOwnResources === isOwn).map(({ amount }) => amount))

describe('the details of spending', () => {
  const questions = (['QC', 'CA'] as const).flatMap((jurisdiction) =>
    dimensions.flatMap((by) => spreads.map((spread) => asked({ jurisdiction, by, spread }))),
  )
  test.each(questions)(
    'add up to the report, document by document and cell by cell: $jurisdiction $by $spread',
    (question) => {
      const { totals } = reconcile(facts, question)
      for (const rows of [
        detailsOfDocuments(expenditures, facts, question, corrections),
        detailsOfCells(facts, question),
      ]) {
        expect(total(rows, false)).toEqual(totals.spent)
        expect(total(rows, true)).toEqual(totals.ownResources)
      }
    },
  )

  test('leave out other years, the other government, and what is not posted', () => {
    const question = asked({ from: fiscalYear('2023-2024'), to: fiscalYear('2023-2024') })
    const drafts = expenditures.map((expenditure) => ({ ...expenditure, state: 'draft' as const }))
    const rows = detailsOfDocuments([...expenditures, ...drafts], facts, question)
    expect(new Set(rows.map((row) => row.fiscalYear))).toEqual(new Set(['2023-2024']))
    expect(rows.every(({ envelope }) => !envelope?.startsWith('CA-'))).toBe(true)
    expect(new Set(rows.map(({ document }) => document?.number)).size).toBe(rows.length)
  })

  test('call spending without an envelope own resources', () => {
    const rows = detailsOfDocuments(expenditures, facts, asked())
    const own = rows.filter(({ isOwnResources }) => isOwnResources)
    expect(own.map(({ measure, envelope }) => [measure, envelope])).toEqual([
      ['QC-6', null],
      ['QC-23', null],
    ])
    expect(total(rows, true)).toEqual(money('1234.66'))
  })

  test('show a reversed document and its reversal, each in the period that recorded it', () => {
    const rows = detailsOfDocuments(expenditures, facts, asked(), corrections)
    const pair = rows.filter(({ document }) => document?.documentNumber === 'R')
    expect(
      pair.map(({ document, amount, recordedIn }) => [
        document?.movement,
        amount.toString(),
        recordedIn?.number,
      ]),
    ).toEqual([
      ['expenditure', '321.00', 2],
      ['reversal', '-321.00', 4],
    ])
  })

  test('leave a reversed document out when its reversal is not given: the two are zero', () => {
    const rows = detailsOfDocuments(expenditures, facts, asked())
    expect(rows.filter(({ document }) => document?.documentNumber === 'R')).toEqual([])
    expect(total(rows, false)).toEqual(reconcile(facts, asked()).totals.spent)
  })

  test('show what was refunded as a line of its own', () => {
    const [refunded] = expenditures
    const [mirror] = corrections
    if (refunded === undefined || mirror === undefined) {
      throw new Error('the record has expenditures and a correction')
    }
    const refund = {
      ...mirror,
      kind: 'refund' as const,
      reverses: null,
      document: { type: 'expenditure' as const, id: refunded.id },
    }
    const rows = detailsOfDocuments([refunded], facts, asked(), [refund])
    expect(rows.map(({ document, amount }) => [document?.movement, amount.toString()])).toEqual([
      ['expenditure', refunded.amount.toString()],
      ['refund', '-321.00'],
    ])
  })

  test('name the lead as the list of expenditures filters it', () => {
    const leadOf = (question: Question, is: (row: DetailRow) => boolean) =>
      detailsOfDocuments(expenditures, facts, question).find(is)?.lead
    expect(leadOf(asked(), ({ measure }) => measure === 'QC-3')).toBe('MSP+SCF')
    const common = (row: DetailRow) => row.envelope === 'QC-COMMUNICATION' && row.measure === null
    expect(leadOf(asked(), common)).toBe('MSP')
    expect(leadOf(asked({ jurisdiction: 'CA' }), () => true)).toBe('SPC')
  })

  test('stand in the order of service dates, cells in the order of the plan', () => {
    const dates = detailsOfDocuments(expenditures, facts, asked()).map(
      ({ document }) => document?.serviceDate,
    )
    expect(dates).toEqual(dates.toSorted())
    const shuffled = { ...facts, balances: facts.balances.toReversed() }
    expect(detailsOfCells(shuffled, asked())).toEqual(detailsOfCells(facts, asked()))
  })

  test('tell the flags of a cell without its documents', () => {
    const rows = detailsOfCells(facts, asked())
    const early = rows.find(({ fiscalYear: year }) => year === '2020-2021')
    expect(early).toMatchObject({ flags: ['outside-term'], document: null })
  })
})
