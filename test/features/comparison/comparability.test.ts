import { beforeAll, describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import type { Comparison, FederalSide, Side } from '#features/comparison/compare.ts'
import { comparisonTable } from '#features/comparison/comparison.table.ts'
import type { Scenario } from '#features/comparison/scenario.ts'
import type { Line } from '#features/journal/entry.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { askComparison } from '#features/reports/comparison-report.table.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { planRecord, type TestRecord } from '#test/support/facts.ts'

let record: TestRecord
let facts: Facts

beforeAll(async () => {
  record = await planRecord()
  facts = record.facts
})

const compared = (from = '2021-2022', scenario: Scenario = 'high'): Comparison =>
  askComparison(
    facts,
    { name: 'comparison', from: fiscalYear(from), to: fiscalYear('2025-2026'), scenario },
    record.plan.notes,
  )

function printed(keys: readonly string[]): string {
  const { columns, rows, ...table } = comparisonTable(compared(), { fr: 'Comparaison', en: '' })
  const shown = columns.map((column) => ({ ...column, brief: keys.includes(column.key) }))
  return printTable({ ...table, columns: shown, rows }, { language: 'fr', width: 175 }).replaceAll(
    '\u00a0',
    ' ',
  )
}

const row = (key: string, from?: string, scenario?: Scenario) => {
  const found = compared(from, scenario).rows.find((candidate) => candidate.key === key)
  if (found === undefined) {
    throw new RangeError(`no row ${key}`)
  }
  return found
}

describe('each cell says what it is made of and why it may not compare', () => {
  test('Quebec', () => {
    const keys = ['key', 'qc.runRate', 'qc.basis', 'qc.scope', 'qc.precision', 'qc.caveats']
    expect(printed(keys)).toMatchInlineSnapshot(`
      "Comparaison

      Exercice   Québec : rythme annuel (récurrent)  Québec : nature du prévu  Québec : enveloppes avec dépenses / prévues  Québec : précision  Québec : réserves de comparaison
      ─────────  ──────────────────────────────────  ────────────────────────  ───────────────────────────────────────────  ──────────────────  ─────────────────────────────────────
      2021-2022                               s. o.  term                      1/25                                                     1,00 $  derived, partial-scope, grant-awarded
      2022-2023                               s. o.  term                      3/25                                                     1,00 $  derived, partial-scope, grant-awarded
      2023-2024                               s. o.  term                      0/25                                                     1,00 $  nothing-recorded, derived
      2024-2025                               s. o.  term                      0/25                                                     1,00 $  nothing-recorded, derived
      2025-2026                               s. o.  term                      1/25                                                     1,00 $  derived, partial-scope, grant-awarded
      ─────────  ──────────────────────────────────  ────────────────────────  ───────────────────────────────────────────  ──────────────────  ─────────────────────────────────────
      cumulated                               s. o.  term                      4/25                                                     1,00 $  derived, partial-scope, grant-awarded
      "
    `)
  })

  test('Canada', () => {
    const keys = ['key', 'ca.runRate', 'ca.basis', 'ca.scope', 'ca.precision', 'ca.caveats']
    expect(printed(keys)).toMatchInlineSnapshot(`
      "Comparaison

                                                   Canada :
                                                   enveloppes
                 Canada : rythme                   avec
                          annuel  Canada : nature  dépenses /        Canada :
      Exercice       (récurrent)  du prévu         prévues          précision  Canada : réserves de comparaison
      ─────────  ───────────────  ───────────────  ──────────  ──────────────  ─────────────────────────────────────────────────
      2021-2022  17 050 000,00 $  term, recurring  1/5         1 000 000,00 $  derived, not-additive, partial-scope, upper-bound
      2022-2023  18 350 000,00 $  term, recurring  1/5         1 000 000,00 $  derived, not-additive, partial-scope, upper-bound
      2023-2024  18 350 000,00 $  term, recurring  1/5         1 000 000,00 $  derived, not-additive, partial-scope, upper-bound
      2024-2025  18 350 000,00 $  term, recurring  1/5         1 000 000,00 $  derived, not-additive, partial-scope, upper-bound
      2025-2026  18 350 000,00 $  term, recurring  0/5         1 000 000,00 $  nothing-recorded, derived, not-additive
      ─────────  ───────────────  ───────────────  ──────────  ──────────────  ─────────────────────────────────────────────────
      cumulated            s. o.  term, recurring  1/6         1 000 000,00 $  derived, not-additive, partial-scope, upper-bound
      "
    `)
  })

  test('recurring money alone is not derived; its reading and its scope are still said', () => {
    const { ca } = row('2014-2015', '2004-2005')
    expect(ca.basis).toEqual(['recurring'])
    expect(ca.isDerived).toBe(false)
    expect(ca.caveats).toEqual(['not-additive', 'partial-scope', 'upper-bound'])
    expect(row('2008-2009', '2004-2005').ca.caveats).toEqual(['nothing-recorded', 'derived'])
  })
})

describe('money that was distributed to a year', () => {
  test('is revised, to the precision of the term it came from, and has no rate', async () => {
    const plan = await planRecord({ withoutPayments: true })
    const cell = { envelope: 'QC-M12', measure: 'QC-12', organization: 'MSP' }
    const line = (fiscal: string | null, text: string): Line => ({
      account: 'available',
      cell: { ...cell, fiscalYear: fiscal === null ? null : fiscalYear(fiscal) },
      amount: money(text),
    })
    plan.post({
      kind: 'distribution',
      lines: [line(null, '-10.00'), line('2023-2024', '10.00')],
    })
    const asked = { name: 'comparison', spread: 'none' } as const
    const { rows } = askComparison(plan.facts, asked, plan.plan.notes)
    const qc = rows.find(({ key }) => key === '2023-2024')?.qc
    expect(qc).toMatchObject({ basis: ['revised'], runRate: null, isDerived: false })
    expect([qc?.planned?.toString(), qc?.precision?.toString()]).toEqual(['10.00', '1.00'])
  })
})

describe('ongoing money has a rate, beside what it cumulates to', () => {
  test.each([
    ['high', '2025-2026', '18350000.00'], // 6 + 8,1 + 1,3 + 2,95 M$
    ['announced', '2025-2026', '15400000.00'],
    ['low', '2025-2026', '9400000.00'],
    ['high', '2008-2009', '6000000.00'],
    ['high', '2004-2005', undefined],
    ['high', 'cumulated', undefined],
  ] as const)('read as %s, of %s: %s', (scenario, key, rate) => {
    expect(row(key, '2004-2005', scenario).ca.runRate?.toString()).toBe(rate)
  })

  test('Quebec has none: its plan is a total over five years', () => {
    expect(compared().rows.map(({ qc }: { qc: Side }) => qc.runRate)).toEqual(
      compared().rows.map(() => null),
    )
  })
})

describe('federal money paid on to a charity is marked', () => {
  const onward = ({ plannedOnward, spentOnward }: FederalSide) => [
    plannedOnward?.toString(),
    spentOnward.toString(),
  ]

  test.each([
    ['high', ['14750000.00', '15528000.00']], // 5 × 2,95 M$
    ['announced', [undefined, '15528000.00']],
    ['low', [undefined, '15528000.00']],
  ] as const)('read as %s, over the years of Quebec’s plan', (scenario, amounts) => {
    expect(onward(row('cumulated', '2021-2022', scenario).ca)).toEqual(amounts)
  })

  test('in no year is more paid on than spent', () => {
    for (const { key, ca } of compared('2004-2005').rows) {
      expect([key, ca.spentOnward.toString()]).toEqual([key, ca.spent.toString()])
    }
  })
})
