import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, equals, Money, subtract, sum } from '#core/money.ts'
import {
  dimensions,
  type Facts,
  factsOf,
  type Question,
  spreads,
} from '#features/reconciliation/facts.ts'
import { amountKeys } from '#features/reconciliation/figures.ts'
import { reconcile } from '#features/reconciliation/reconcile.ts'
import { runs } from '#test/support/tier.ts'
import { randomFacts, years } from './random-facts.ts'

const [from, to] = [years[0], years.at(-1)]
const replay = { seed: 20_260_331, numRuns: runs(150, 5_000) }

const ask = (change: Partial<Question>): Question => {
  if (from === undefined || to === undefined) {
    throw new RangeError('no years')
  }
  return { by: 'measure', jurisdiction: 'QC', spread: 'none', from, to, ...change }
}

/** The journal's own sums, taken without the engine. */
function journalTotals(facts: Facts, jurisdiction: 'QC' | 'CA') {
  const own = factsOf(facts, jurisdiction).balances
  const total = (isIn: (balance: Facts['balances'][number]) => boolean): Money =>
    sum(own.filter(isIn).map(({ amount }) => amount))
  return {
    planned: total(
      ({ account, kind }) =>
        account === 'available' && kind !== 'expenditure' && kind !== 'commitment',
    ),
    committed: total(({ account }) => account === 'committed'),
    spent: total(({ account, envelope }) => account === 'spent' && envelope !== null),
    ownResources: total(({ account, envelope }) => account === 'spent' && envelope === null),
    available: total(({ account }) => account === 'available'),
  }
}

describe('one grand total', () => {
  test('the same question by every dimension and spread gives the journal’s own totals', () => {
    fc.assert(
      fc.property(randomFacts, fc.constantFrom('QC', 'CA'), (facts, jurisdiction) => {
        const expected = journalTotals(facts, jurisdiction)
        for (const by of dimensions) {
          for (const spread of spreads) {
            const { totals } = reconcile(facts, ask({ by, spread, jurisdiction }))
            for (const [key, value] of Object.entries(expected)) {
              expect(`${by} ${key} ${totals[key as 'spent']}`).toBe(`${by} ${key} ${value}`)
            }
          }
        }
      }),
      replay,
    )
  })

  test('rows that are not repeated add up to the total, in every column', () => {
    fc.assert(
      fc.property(randomFacts, fc.constantFrom(...dimensions), (facts, by) => {
        const { findings, totals } = reconcile(facts, ask({ by }))
        const counted = findings.filter(({ head }) => !head.isRepeated)
        for (const key of amountKeys) {
          const rows = sum(counted.map((finding) => finding[key] ?? Money.zero))
          expect(rows.toString()).toBe(totals[key].toString())
        }
      }),
      replay,
    )
  })

  test('planned = committed + spent + lapsed + available on every row and in total', () => {
    fc.assert(
      fc.property(randomFacts, fc.constantFrom(...dimensions), (facts, by) => {
        const { totals } = reconcile(facts, ask({ by }))
        const parts = [totals.committed, totals.spent, totals.lapsed, totals.available]
        expect(equals(totals.planned, sum(parts))).toBe(true)
        expect(equals(totals.variance, subtract(totals.planned, totals.spent))).toBe(true)
      }),
      replay,
    )
  })

  test('the years asked one by one add up to the whole, with a straight line', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const whole = reconcile(facts, ask({ spread: 'straight-line' })).totals
        const parts = years.map(
          (each) => reconcile(facts, ask({ spread: 'straight-line', from: each, to: each })).totals,
        )
        const planned = parts.reduce((total, part) => add(total, part.planned), Money.zero)
        const spent = parts.reduce((total, part) => add(total, part.spent), Money.zero)
        expect(planned.toString()).toBe(whole.planned.toString())
        expect(spent.toString()).toBe(whole.spent.toString())
      }),
      replay,
    )
  })

  test('without a spread a narrow range leaves undistributed money out and says how much', () => {
    fc.assert(
      fc.property(randomFacts, fc.constantFrom(...years), (facts, year) => {
        const { totals, leftOut } = reconcile(facts, ask({ from: year, to: year }))
        const undistributed = factsOf(facts, 'QC').balances.filter(
          ({ account, fiscalYear }) => account === 'available' && fiscalYear === null,
        )
        const dated = factsOf(facts, 'QC').balances.filter(
          ({ account, fiscalYear, kind }) =>
            account === 'available' &&
            fiscalYear === year &&
            kind !== 'expenditure' &&
            kind !== 'commitment',
        )
        const left = sum([...leftOut.values()])
        expect(left.toString()).toBe(sum(undistributed.map(({ amount }) => amount)).toString())
        expect(totals.planned.toString()).toBe(sum(dated.map(({ amount }) => amount)).toString())
      }),
      replay,
    )
  })
})
