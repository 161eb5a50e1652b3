import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { causes } from '#features/journal/cause.ts'
import { bridge, type Effect } from '#features/reconciliation/bridge.ts'
import { type Facts, spreads } from '#features/reconciliation/facts.ts'
import { randomFacts, years } from './random-facts.ts'

const replay = { seed: 20_261_121, numRuns: 150 }

describe('a bridge', () => {
  test('closes to the cent, whatever moved, over any range, spread or not, a year closed or not', () => {
    fc.assert(
      fc.property(
        randomFacts,
        randomFacts,
        fc.array(fc.constantFrom(...causes), { minLength: 1, maxLength: 5 }),
        fc.record({
          spread: fc.constantFrom(...spreads),
          jurisdiction: fc.constantFrom('QC' as const, 'CA' as const),
          ends: fc.tuple(fc.constantFrom(...years), fc.constantFrom(...years)),
          closed: fc.option(fc.constantFrom(...years)),
        }),
        (opening, later, chosen, { spread, jurisdiction, ends, closed }) => {
          const effects = later.balances.map(
            (balance, place): Effect => ({
              ...balance,
              recordedIn: null,
              cause: chosen[place % chosen.length] ?? 'spending',
            }),
          )
          const closing: Facts = {
            ...opening,
            position: 2,
            balances: [...opening.balances, ...effects],
            closedYears: closed === null ? [] : [{ programme: jurisdiction, fiscalYear: closed }],
          }
          const [from, to] = [...ends].sort()
          if (from === undefined || to === undefined) {
            throw new RangeError('no range')
          }
          const found = bridge(opening, closing, effects, {
            ...{ by: 'programme', jurisdiction, spread, from, to },
          })
          const named = found.rows.filter(({ key }) => chosen.some((cause) => cause === key))
          expect(named).toHaveLength(new Set(chosen).size)
          expect(found.rows.at(-1)?.key).toBe('closing')
        },
      ),
      replay,
    )
  })

  test('throws rather than print rows that do not add up', () => {
    fc.assert(
      fc.property(randomFacts, (opening) => {
        const [some] = opening.balances.filter(
          ({ account, envelope }) => account === 'spent' && envelope !== 'CA-1',
        )
        fc.pre(some !== undefined && some.amount.toString() !== '0.00')
        const [from, to] = [years[0], years.at(-1)]
        if (some === undefined || from === undefined || to === undefined) {
          throw new RangeError('nothing to leave out')
        }
        const closing = { ...opening, balances: [...opening.balances, some] }
        const question = { by: 'programme', jurisdiction: 'QC', spread: 'none', from, to } as const
        expect(() => bridge(opening, closing, [], question)).toThrow(/the bridge reaches/)
      }),
      replay,
    )
  })
})
