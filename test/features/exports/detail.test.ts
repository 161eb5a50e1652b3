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
        detailsOfDocuments({ expenditures, corrections }, facts, question),
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
    const rows = detailsOfDocuments({ expenditures: [...expenditures, ...drafts] }, facts, question)
    expect(new Set(rows.map((row) => row.fiscalYear))).toEqual(new Set(['2023-2024']))
    expect(rows.every(({ envelope }) => !envelope?.startsWith('CA-'))).toBe(true)
    expect(new Set(rows.map(({ document }) => document?.number)).size).toBe(rows.length)
  })

  test('call spending without an envelope own resources', () => {
    const rows = detailsOfDocuments({ expenditures }, facts, asked())
    const own = rows.filter(({ isOwnResources }) => isOwnResources)
    expect(own.map(({ measure, envelope }) => [measure, envelope])).toEqual([
      ['QC-6', null],
      ['QC-23', null],
    ])
    expect(total(rows, true)).toEqual(money('1234.66'))
  })

  test('show a reversed document and its reversal, each in the period that recorded it', () => {
    const rows = detailsOfDocuments({ expenditures, corrections }, facts, asked())
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
    const rows = detailsOfDocuments({ expenditures }, facts, asked())
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
    const rows = detailsOfDocuments(
      { expenditures: [refunded], corrections: [refund] },
      facts,
      asked(),
    )
    expect(rows.map(({ document, amount }) => [document?.movement, amount.toString()])).toEqual([
      ['expenditure', refunded.amount.toString()],
      ['refund', '-321.00'],
    ])
  })

  test('name for each correction the two people of its own request', () => {
    const [posted] = expenditures
    const [mirror] = corrections
    if (posted === undefined || mirror === undefined) {
      throw new Error('the record has expenditures and a correction')
    }
    const document = { type: 'expenditure' as const, id: posted.id }
    const request = (kind: 'reverse' | 'refund', entry: string, by: string) => ({
      ...{ id: entry, kind, state: 'approved' as const, amount: null, date: null, measure: null },
      ...{ envelope: null, serviceDate: null, reason: 'x', entry },
      ...{ askedBy: `asker of ${by}`, decidedBy: `approver of ${by}` },
    })
    const corrected = {
      ...posted,
      state: 'reversed' as const,
      reversedBy: '9504',
      requests: [
        request('refund', '9501', 'the first'),
        request('refund', '9502', 'the second'),
        request('reverse', '9504', 'the reversal'),
      ],
    }
    const entries = [
      { ...mirror, id: '9501', kind: 'refund' as const, reverses: null, document },
      { ...mirror, id: '9502', kind: 'refund' as const, reverses: null, document },
      { ...mirror, id: '9503', kind: 'refund' as const, reverses: '9501', document },
      { ...mirror, id: '9504', reverses: posted.entry, document },
    ]
    const rows = detailsOfDocuments(
      { expenditures: [corrected], corrections: entries },
      facts,
      asked(),
    )
    expect(
      rows.slice(1).map(({ document: shown }) => [shown?.movement, shown?.approvedBy]),
    ).toEqual([
      ['refund', 'approver of the first'],
      ['refund', 'approver of the second'],
      ['reversal', 'approver of the reversal'],
      ['reversal', 'approver of the reversal'],
    ])
  })

  test('name the lead as the list of expenditures filters it', () => {
    const leadOf = (question: Question, is: (row: DetailRow) => boolean) =>
      detailsOfDocuments({ expenditures }, facts, question).find(is)?.lead
    expect(leadOf(asked(), ({ measure }) => measure === 'QC-3')).toBe('MSP+SCF')
    const common = (row: DetailRow) => row.envelope === 'QC-COMMUNICATION' && row.measure === null
    expect(leadOf(asked(), common)).toBe('MSP')
    expect(leadOf(asked({ jurisdiction: 'CA' }), () => true)).toBe('SPC')
  })

  test('stand in the order of service dates, cells in the order of the plan', () => {
    const dates = detailsOfDocuments({ expenditures }, facts, asked()).map(
      ({ document }) => document?.serviceDate,
    )
    expect(dates).toEqual(dates.toSorted())
    const shuffled = { ...facts, balances: facts.balances.toReversed() }
    expect(detailsOfCells(shuffled, asked())).toEqual(detailsOfCells(facts, asked()))
  })

  test('name the import, the file and its row, or the published document; nothing of what was typed', () => {
    const typed = expenditures.find(({ source, state }) => source === null && state === 'posted')
    if (typed === undefined) {
      throw new Error('the record has a typed expenditure')
    }
    const moved = { ...typed, id: 'moved', number: 'D-2', reclassifiedFrom: typed.id }
    const origin = { batch: 'a-batch', file: 'depenses.xlsx', row: 12 }
    const originsOf = (origins: ReadonlyMap<string, typeof origin>) =>
      detailsOfDocuments({ expenditures: [...expenditures, moved], origins }, facts, asked())
    const imported = originsOf(new Map([[typed.id, origin]]))
    const shown = new Map(imported.map(({ document }) => [document?.id, document?.origin]))
    expect([shown.get(typed.id), shown.get('moved')]).toEqual([origin, origin])
    const documents = originsOf(new Map()).map(({ document }) => document)
    expect(documents.find((document) => document?.id === typed.id)?.origin).toBeNull()
    expect(documents.map((document) => document?.origin)).toContainEqual({
      batch: null,
      file: 'PUBLISHED-QC',
      row: expect.any(Number),
    })
  })

  test('tell the flags of a cell without its documents', () => {
    const rows = detailsOfCells(facts, asked())
    const early = rows.find(({ fiscalYear: year }) => year === '2020-2021')
    expect(early).toMatchObject({ flags: ['outside-term'], document: null })
  })
})
