import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyOrganization } from '#features/identity/actor.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions } from '#features/reconciliation/facts.ts'
import { readFacts } from '#features/reconciliation/reconciliation.public.ts'
import { digestOf, drawReport } from '#features/reports/reports.public.ts'
import { buildReconciliation } from '#features/reports/reports.table.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
})
afterAll(() => database.close())

const actor = {
  email: 'auditor@vigie.test',
  roles: [{ role: 'auditor', organization: everyOrganization }] as const,
}

test.each(dimensions.flatMap((by) => jurisdictions.map((jurisdiction) => ({ by, jurisdiction }))))(
  'by $by for $jurisdiction says the same from balances by year as from balances by period',
  async ({ by, jurisdiction }) => {
    const { handle, service } = database
    const viewing = {
      ...{ actor, request: 'test', operatingSystemUser: null },
      ...{ handle, today: service.clock.today() },
    }
    const request = { name: 'reconciliation', by, jurisdiction } as const
    const { dataDigest } = await drawReport(viewing, request)
    const detailed = buildReconciliation(await readFacts(handle), request)
    expect(dataDigest).toBe(digestOf(detailed))
  },
)

test('balances by year have no recorded period', async () => {
  const { balances, flags } = await readFacts(database.handle, { grain: 'year' })
  expect([...balances, ...flags].every(({ recordedIn }) => recordedIn === null)).toBe(true)
})
