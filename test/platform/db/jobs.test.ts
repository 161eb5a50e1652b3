import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { workOff } from '#platform/db/jobs.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'

/** The schema of pg-boss, which a migration of ours makes. */
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('is the one that the installed version expects, down to functions and constraints', async () => {
  const boss = new PgBoss({ connectionString: database.url, migrate: false, supervise: false })
  await boss.start()
  const drift = await boss.detectSchemaDrift()
  await boss.stop({ graceful: false })
  expect(drift).toMatchObject({ ok: true, extraIndexes: [] })
})

test('is worked in and cleared up by a role that owns nothing of it', async () => {
  const id = '00000000-0000-4000-8000-000000000001'
  await database.owner.query(`insert into pgboss.job_common (name, id) values ('export', $1)`, [id])
  const pool = createPool({ ...database.service.working, max: 2, applicationName: 'vigie queue' })
  const complaints: unknown[] = []
  const run = Promise.withResolvers<string>()
  const worker = await workOff(pool, {
    queue: 'export',
    run: async (job) => run.resolve(job),
    complain: (error) => complaints.push(error),
  })
  expect(await run.promise).toBe(id)
  const maintained = 'select maintain_on is not null as is_so from pgboss.queue'
  await expect
    .poll(async () => (await database.owner.query(maintained)).rows[0].is_so, { timeout: 20_000 })
    .toBe(true)
  await worker.stop()
  await pool.end()
  expect(complaints).toEqual([])
}, 30_000)
