import fc from 'fast-check'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { type Period, periodKey, periodsOf } from '#core/period.ts'
import { chooseRecordedPeriod } from '#core/recorded-period.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { closePeriods } from '#test/support/periods.ts'
import { runs } from '#test/support/tier.ts'

/** The database asked directly, entry by entry, against the rule of core. */
const seed = 20260616
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const years = ['2025-2026', '2026-2027'].map(fiscalYear)
const periods = years.flatMap(periodsOf)
/** The day both supplementary periods have long begun; the next year's first month was used. */
const today = calendarDate('2027-04-20')
const next: Period = { fiscalYear: fiscalYear('2027-2028'), number: 1 }

const days = fc
  .integer({ min: 0, max: 729 })
  .map((count) => addDays(calendarDate('2025-04-01'), count))
/** Any of them, or all but a few of the first: what is closed is mostly what came first. */
const closedSets = fc.oneof(
  fc.subarray(periods.map(periodKey)),
  fc
    .tuple(fc.nat({ max: periods.length }), fc.subarray(periods.map(periodKey), { maxLength: 2 }))
    .map(([count, open]) =>
      periods
        .slice(0, count)
        .map(periodKey)
        .filter((key) => !open.includes(key)),
    ),
)

/** In a transaction that is taken back. */
async function undone<T>(run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    return await run(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** The constraint that refused, or null. */
async function refusal(
  client: PoolClient,
  effectiveOn: string,
  { fiscalYear: year, number }: Period,
) {
  await client.query('savepoint entry')
  try {
    await client.query(
      `insert into journal_entry (event, kind, organization, effective_on, recorded_fiscal_year,
        recorded_period, document_type, document)
      values (gen_random_uuid(), 'self-funded', 'MSP', $1, $2, $3, 'expenditure', 'test')`,
      [effectiveOn, year, number],
    )
    return null
  } catch (error) {
    return String((error as { constraint?: unknown }).constraint)
  } finally {
    await client.query('rollback to savepoint entry')
  }
}

const use = (client: PoolClient, { fiscalYear: year, number }: Period) =>
  client.query('insert into period (organization, fiscal_year, number) values ($1, $2, $3)', [
    'MJQ',
    year,
    number,
  ])

describe('the database takes an entry', () => {
  test(`only in the period that the rule chooses, whatever is closed (seed ${seed})`, () =>
    fc.assert(
      fc.asyncProperty(days, closedSets, async (serviceDate, keys) => {
        const isClosed = (period: Period): boolean => keys.includes(periodKey(period))
        const chosen = chooseRecordedPeriod({ serviceDate, today, isClosed })
        const taken = await undone(async (client) => {
          await closePeriods(client, 'MSP', periods.filter(isClosed))
          await use(client, next)
          const accepted: Period[] = []
          for (const period of [...periods, next]) {
            if ((await refusal(client, serviceDate, period)) === null) {
              accepted.push(period)
            }
          }
          return accepted
        })
        expect(taken).toEqual(chosen === null ? [] : [chosen])
      }),
      { seed, numRuns: runs(40, 1000) },
    ))

  const closing = async (numbers: readonly number[], recorded: Period, used?: Period) =>
    undone(async (client) => {
      await closePeriods(
        client,
        'MSP',
        periods.filter((each) => each.fiscalYear === years[0] && numbers.includes(each.number)),
      )
      if (used !== undefined) {
        await use(client, used)
      }
      return refusal(client, '2025-06-15', recorded)
    })
  const month = (number: Period['number']): Period => ({
    fiscalYear: fiscalYear('2025-2026'),
    number,
  })
  const closed = 'journal_entry_period_open'
  const elsewhere = 'journal_entry_period_is_its_own'

  test.each<[string, readonly number[], Period, Period | undefined, string | null]>([
    ['its own', [], month(3), undefined, null],
    ['its own, closed', [3], month(3), undefined, closed],
    ['another while its own is open', [], month(4), undefined, elsewhere],
    ['one before its own', [3], month(2), undefined, elsewhere],
    ['the month after, before the year has ended', [3], month(4), undefined, null],
    ['the month after, once the next year was used by anybody', [3], month(4), next, elsewhere],
    ['the month after the next, which is open', [3], month(5), undefined, elsewhere],
    ['the month after the next, which is closed', [3, 4], month(5), undefined, null],
    ['the supplementary one', [3], month(13), next, null],
    ['the supplementary one while its own is open', [4], month(13), next, elsewhere],
    ['the next year with a month left open', [3, 13], next, undefined, elsewhere],
  ])('or not: %s', async (_what, numbers, recorded, used, expected) => {
    expect(await closing(numbers, recorded, used)).toBe(expected)
  })
})
