import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { elapsedOf, runRate, yearUnderWay } from '#features/reconciliation/forecast.ts'
import { buildForecast } from '#features/reports/forecast-report.table.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { planRecord, type TestRecord } from '#test/support/facts.ts'

const at = (positionAt: string) => ({ positionAt }) as Parameters<typeof elapsedOf>[0]
const range = (from: string, to = from) => ({ from: fiscalYear(from), to: fiscalYear(to) })

describe('months that have ended, at the day of the position in Toronto', () => {
  test.each([
    ['2025-04-01T16:00:00Z', '2025-2026', 0, 12],
    ['2025-05-01T03:59:59Z', '2025-2026', 0, 12], // still April 30 in Toronto
    ['2025-05-01T04:00:00Z', '2025-2026', 1, 12],
    ['2025-11-16T16:00:00Z', '2025-2026', 7, 12],
    ['2026-03-31T16:00:00Z', '2025-2026', 11, 12],
    ['2026-04-01T16:00:00Z', '2025-2026', 12, 12],
    ['2028-04-01T16:00:00Z', '2025-2026', 12, 12],
    ['2020-04-01T16:00:00Z', '2025-2026', 0, 12],
  ])('%s, of %s: %i of %i', (instant, year, monthsElapsed, months) => {
    expect(elapsedOf(at(instant), range(year))).toMatchObject({ monthsElapsed, months })
  })

  test('are counted over all the years of a range', () => {
    const found = elapsedOf(at('2025-11-16T16:00:00Z'), range('2021-2022', '2025-2026'))
    expect(found).toEqual({ day: '2025-11-16', monthsElapsed: 55, months: 60 })
  })

  test.each([
    ['2023-06-01T16:00:00Z', '2023-2024'],
    ['2030-06-01T16:00:00Z', '2025-2026'],
    ['2010-06-01T16:00:00Z', '2021-2022'],
  ])('the year under way at %s, in the range, is %s', (instant, year) => {
    expect(yearUnderWay(at(instant), range('2021-2022', '2025-2026'))).toBe(year)
  })
})

describe('a run-rate', () => {
  test.each([
    ['700.00', 7, 12, '1200.00'],
    ['1.00', 7, 12, '1.71'], // 1.7142…
    ['0.01', 8, 12, '0.02'], // 0.015, half away from zero
    ['-0.01', 8, 12, '-0.02'],
    ['100.00', 12, 12, '100.00'],
    ['9999999999999.99', 1, 12, '119999999999999.88'],
    ['100.00', 55, 60, '109.09'],
  ])('of %s in %i of %i months is %s', (spent, monthsElapsed, months, expected) => {
    const elapsed = { day: calendarDate('2025-11-16'), monthsElapsed, months }
    expect(runRate(money(spent), elapsed)?.toString()).toBe(expected)
  })

  test('does not exist before a month has ended', () => {
    const elapsed = { day: calendarDate('2025-04-16'), monthsElapsed: 0, months: 12 }
    expect(runRate(money('100.00'), elapsed)).toBeNull()
  })
})

const spending = (serviceDate: string, amount: string, measure = 'QC-12') => ({
  ...{ organization: 'MSP', measure, envelope: `QC-M${measure.slice(3)}` },
  ...{ serviceDate: calendarDate(serviceDate), documentDate: null, documentNumber: 'F-1' },
  ...{ supplier: 'PIPQ', description: '', amount: money(amount), commitment: null },
  justification: null,
})

/** In November 2025: two measures have spent, one has only committed money. */
async function november(): Promise<TestRecord> {
  const record = await planRecord({ withoutPayments: true })
  record.spend(spending('2025-04-15', '70000.00'))
  record.spend(spending('2025-11-10', '5000.00'))
  record.spend(spending('2025-06-15', '1000.01', 'QC-13'))
  record.spend(spending('2024-06-15', '999.00', 'QC-13'))
  const cell = { envelope: 'QC-M8', measure: 'QC-8', organization: 'MEQ' }
  const line = { cell: { ...cell, fiscalYear: fiscalYear('2025-2026') } }
  return record.post({
    kind: 'commitment',
    lines: [
      { account: 'available', amount: money('-400.00'), ...line },
      { account: 'committed', amount: money('400.00'), ...line },
    ],
    recordedIn: { fiscalYear: fiscalYear('2025-2026'), number: 6 },
  })
}

async function printed(request: Partial<ReportRequest> = {}): Promise<string> {
  const facts = { ...(await november()).facts, positionAt: '2025-11-16T16:00:00.000Z' }
  const { table } = buildForecast(facts, { name: 'forecast', ...request })
  const kept = ['QC-8', 'QC-12', 'QC-13', 'QC-14', 'QC-15', 'QC-3', 'total']
  const rows = table.rows.filter(({ cells: [key] }) =>
    kept.some((code) => key?.type === 'text' && key.value === code),
  )
  const hidden = ['label', 'committed', 'flags']
  const columns = table.columns.map((column) => ({
    ...column,
    brief: column.brief && !hidden.includes(column.key),
  }))
  return printTable({ ...table, columns, rows }, { language: 'fr', width: 150 }).replaceAll(
    '\u00a0',
    ' ',
  )
}

describe('the forecast of a year', () => {
  test('by measure, in November: the month under way is not in the rate', async () => {
    expect(await printed()).toMatchInlineSnapshot(`
      "Prévision de fin d’exercice – Québec

                                                          Prévision au
                                                                rythme
                                                          (dépensé des    Prévision
                                                          mois écoulés          par      Écart au       Écart par
                Prévu (initial               Dépensé des        ÷ mois  engagements        rythme     engagements
                 + révisions +                      mois     écoulés ×   (dépensé +      (prévu −        (prévu −
        Code        virements)      Dépensé      écoulés         mois)      engagé)    prévision)      prévision)
        ─────  ───────────────  ───────────  ───────────  ────────────  ───────────  ────────────  ──────────────
      ↺ QC-3                 —       0,00 $       0,00 $             —            —             —               —
        QC-8    2 062 013,80 $       0,00 $       0,00 $             —     400,00 $             —  2 061 613,80 $
        QC-12     112 600,00 $  75 000,00 $  70 000,00 $  120 000,00 $  75 000,00 $   -7 400,00 $     37 600,00 $
        QC-13     805 000,00 $   1 000,01 $   1 000,01 $    1 714,30 $   1 000,01 $  803 285,70 $    803 999,99 $
        QC-14            s. o.        s. o.        s. o.         s. o.        s. o.         s. o.           s. o.
        QC-15      40 000,00 $       0,00 $       0,00 $             —            —             —               —
        ─────  ───────────────  ───────────  ───────────  ────────────  ───────────  ────────────  ──────────────
        total  29 421 385,00 $  76 000,01 $  71 000,01 $  121 714,30 $  76 400,01 $             —               —

      ↺ montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux
      "
    `)
  })

  test('over the whole plan: what the range has left, by the rate of 55 months', async () => {
    expect(
      await printed({ from: fiscalYear('2021-2022'), to: fiscalYear('2025-2026') }),
    ).toMatchInlineSnapshot(`
      "Prévision de fin d’exercice – Québec

                                                             Prévision
                                                             au rythme
                                                              (dépensé
                                                              des mois    Prévision
                                                             écoulés ÷          par                        Écart par
               Prévu (initial +               Dépensé des         mois  engagements        Écart au      engagements
                    révisions +                      mois    écoulés ×   (dépensé +   rythme (prévu         (prévu −
        Code         virements)      Dépensé      écoulés        mois)      engagé)    − prévision)       prévision)
        ─────  ────────────────  ───────────  ───────────  ───────────  ───────────  ──────────────  ───────────────
      ↺ QC-3                  —       0,00 $       0,00 $            —            —               —                —
        QC-8    10 310 069,00 $       0,00 $       0,00 $            —     400,00 $               —  10 309 669,00 $
        QC-12      563 000,00 $  75 000,00 $  70 000,00 $  76 363,64 $  75 000,00 $    486 636,36 $     488 000,00 $
        QC-13    4 025 000,00 $   1 999,01 $   1 999,01 $   2 180,74 $   1 999,01 $  4 022 819,26 $   4 023 000,99 $
        QC-14             s. o.        s. o.        s. o.        s. o.        s. o.           s. o.            s. o.
        QC-15      200 000,00 $       0,00 $       0,00 $            —            —               —                —
        ─────  ────────────────  ───────────  ───────────  ───────────  ───────────  ──────────────  ───────────────
        total  147 106 925,00 $  76 999,01 $  71 999,01 $  78 544,38 $  77 399,01 $               —                —

      ↺ montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux
      "
    `)
  })

  test('adds up by every way it can be asked', async () => {
    const { facts } = await november()
    const totals = ['measure', 'axis', 'lead', 'organization', 'envelope', 'programme'].map(
      (by) => {
        const request = { name: 'forecast', by, to: fiscalYear('2025-2026') } as ReportRequest
        const { cells } = buildForecast(facts, request).table.rows.at(-1) ?? { cells: [] }
        return cells.flatMap((cell) => (cell.type === 'amount' ? [cell.value.toString()] : []))
      },
    )
    // Cents of the rates are rounded row by row; what was read is the same everywhere.
    const read = totals.map((row) => [row[1], row[2], row[3], row[5]])
    expect(new Set(read.map((row) => row.join(' '))).size).toBe(1)
    expect(read[0]).toEqual(['76000.01', '400.00', '76000.01', '76400.01'])
  })

  test.each(['fiscal-year', 'period'] as const)('is refused by %s', async (by) => {
    const { facts } = await november()
    expect(() => buildForecast(facts, { name: 'forecast', by })).toThrow(
      expect.objectContaining({ code: 'reports/not-by' }),
    )
  })

  test('of Canada shows the low and high readings of planned beside its total', async () => {
    const facts = { ...(await november()).facts, positionAt: '2025-11-16T16:00:00.000Z' }
    const { extras, parameters } = buildForecast(facts, { name: 'forecast', jurisdiction: 'CA' })
    // 6 + 8,1 + 1,3 + 8,32 + 2,95 M$; low without 2007 and the CCPE.
    expect(extras.totals).toEqual({
      plannedLow: '17720000.00',
      plannedHigh: '26670000.00',
      plannedChosen: '26670000.00',
    })
    expect(parameters).toMatchObject({ from: '2025-2026', to: '2025-2026', scenario: 'high' })
  })
})
