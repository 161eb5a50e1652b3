import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fiscalYear, fiscalYearsBetween } from '#core/fiscal-year.ts'
import { type Money, toCents } from '#core/money.ts'
import { closingOf, type YearBalance } from '#features/year-end/closing.ts'
import { closingEntries } from '#features/year-end/closing-entries.ts'
import { policyKinds } from '#features/year-end/policy.ts'
import { carriedToOf } from '#features/year-end/year-end.ts'
import { cents, envelopeOf } from '#test/support/closings.ts'
import { runs } from '#test/support/tier.ts'

/** Any money in any cells, its years closed in any order under any policies. */
const years = fiscalYearsBetween(fiscalYear('2021-2022'), fiscalYear('2025-2026'))
const measures = ['QC-3', 'QC-4']

const balance = fc
  .record({
    account: fc.constantFrom('available' as const, 'available' as const, 'committed' as const),
    measure: fc.option(fc.constantFrom(...measures)),
    organization: fc.constantFrom('MSP', 'MJQ'),
    fiscalYear: fc.option(fc.constantFrom(...years)),
    amount: fc.bigInt({ min: -99_999n, max: 99_999n }),
    isPlanned: fc.boolean(),
  })
  .map(({ amount, account, fiscalYear: year, isPlanned, ...cell }): YearBalance => {
    const isCommitted = account === 'committed' && year !== null
    const exact = cents(isCommitted && amount < 0n ? -amount : amount)
    return {
      ...cell,
      envelope: 'E',
      account: isCommitted ? 'committed' : 'available',
      fiscalYear: year,
      amount: exact,
      planned: isPlanned ? exact : null,
    }
  })

const closure = fc.record({
  policy: fc.constantFrom(...policyKinds),
  percent: fc.nat({ max: 10_000 }).map((hundredths) => (hundredths / 100).toFixed(2)),
})

const asked = fc.record({
  terms: fc.constantFrom(
    ['term 2021-2022 2025-2026'],
    ['term 2021-2022 2023-2024', 'recurring 2024-2025'],
    ['recurring 2021-2022'],
    ['recurring 2021-2022 2022-2023', 'term 2023-2024 2025-2026'],
  ),
  balances: fc.array(balance, { maxLength: 20 }),
  order: fc.shuffledSubarray(years),
  closures: fc.array(closure, { minLength: 5, maxLength: 5 }),
})

const sumOf = (balances: readonly YearBalance[], keep: (each: YearBalance) => boolean): bigint =>
  balances.filter(keep).reduce((all, { amount }) => all + toCents(amount), 0n)

const totalOf = (amounts: readonly Money[]): bigint =>
  amounts.reduce((all, amount) => all + toCents(amount), 0n)

test('closing conserves every cent, closes what it closes, and overdraws no cell', () => {
  fc.assert(
    fc.property(asked, ({ terms, balances: given, order, closures }) => {
      const envelope = envelopeOf(terms, measures)
      let balances: readonly YearBalance[] = given
      let lapsed = 0n
      const closed: (typeof years)[number][] = []
      for (const [place, year] of order.entries()) {
        const known = closed.map((fiscal) => ({ programme: 'P', fiscalYear: fiscal }))
        const carriedTo = carriedToOf('P', year, known)
        const { policy = 'carry-all', percent = '0.00' } = closures[place] ?? {}
        const closing = closingOf({
          envelope,
          policy: {
            ...{ envelope: 'E', policy, isDefault: false },
            percent: policy === 'carry-percent' ? percent : null,
          },
          fiscalYear: year,
          carriedTo,
          closed,
          balances,
        })
        const entries = closingEntries([closing], { id: '', fiscalYear: year, carriedTo })
        expect(entries.map(({ lines }) => totalOf(lines.map(({ amount }) => amount)))).toEqual(
          entries.map(() => 0n),
        )
        const lines = entries.flatMap((entry) => entry.lines)
        lapsed += totalOf(
          lines.filter(({ account }) => account === 'authority').map(({ amount }) => amount),
        )
        balances = [
          ...balances,
          ...lines.flatMap(({ account, cell, amount }) =>
            account === 'available' || account === 'committed'
              ? [{ ...cell, account, amount, planned: null }]
              : [],
          ),
        ]
        closed.push(year)
        const inYear = (each: YearBalance) => each.fiscalYear === year
        // Every cent is somewhere.
        expect(sumOf(balances, () => true) + lapsed).toBe(sumOf(given, () => true))
        // Nothing is committed in the year any more, and what is available is not above zero.
        expect(sumOf(balances, (each) => inYear(each) && each.account === 'committed')).toBe(0n)
        const left = sumOf(balances, (each) => inYear(each) && each.account === 'available')
        expect(left).toBe(toCents(closing.figures.availableLeft))
        expect(left <= 0n).toBe(true)
      }
    }),
    { numRuns: runs(1_000, 50_000) },
  )
})

test('what is carried and what lapses never takes a cell below zero', () => {
  fc.assert(
    fc.property(asked, ({ terms, balances, closures }) => {
      const envelope = envelopeOf(terms, measures)
      const [{ policy = 'lapse', percent = '0.00' } = {}] = closures
      const year = fiscalYear('2024-2025')
      const closing = closingOf({
        envelope,
        policy: {
          ...{ envelope: 'E', policy, isDefault: false },
          percent: policy === 'carry-percent' ? percent : null,
        },
        fiscalYear: year,
        carriedTo: fiscalYear('2025-2026'),
        closed: [],
        balances,
      })
      const topped = closing.takings.map(({ to, amount }) => ({ part: to, amount }))
      for (const part of [...measures, null]) {
        const of = (amounts: readonly { part: string | null; amount: Money }[]): bigint =>
          totalOf(amounts.filter((each) => each.part === part).map(({ amount }) => amount))
        const had = sumOf(
          balances,
          (each) =>
            each.account === 'available' && each.fiscalYear === year && each.measure === part,
        )
        const gone = of(closing.carried) + of(closing.lapsed)
        expect(gone === 0n || had + of(topped) >= gone).toBe(true)
      }
    }),
    { numRuns: runs(1_000, 50_000) },
  )
})
