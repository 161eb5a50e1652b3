import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { enqueue, prepareJobs, workOff } from '#platform/db/jobs.ts'
import { workingRole } from '#platform/service.ts'
import { blankDatabase } from '#test/support/blank-database.ts'
import { within } from '#test/support/bounds.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'

/** The schema of pg-boss. */
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('is made once, however many make it at the same time', async () => {
  const blank = await blankDatabase()
  const owner = createPool({ connection: blank.url, max: 4, applicationName: 'vigie tests' })
  const prepare = (): Promise<void> => prepareJobs(owner, 'export', workingRole)
  await Promise.all([prepare(), prepare(), prepare(), prepare()])
  await prepare()
  const { rows } = await owner.query('select name from pgboss.queue')
  expect(rows).toEqual([{ name: 'export' }])
  await owner.end()
  await blank.close()
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

test('keeps a job with who works on it for longer than a sign of life takes', async () => {
  const id = '00000000-0000-4000-8000-000000000002'
  await within(database.handle, {}, (work) => enqueue(work, 'export', id))
  const pool = createPool({ ...database.service.working, max: 2, applicationName: 'vigie queue' })
  const done = Promise.withResolvers<boolean>()
  let begun = 0
  const worker = await workOff(pool, {
    queue: 'export',
    async run(_job, signal) {
      begun += 1
      await sleep(12_000, undefined, { signal }).catch(() => undefined)
      done.resolve(signal.aborted)
    },
    complain: () => undefined,
  })
  expect(await done.promise).toBe(false)
  await expect
    .poll(
      async () =>
        (await database.owner.query('select state::text from pgboss.job where id = $1', [id])).rows,
      { timeout: 5_000 },
    )
    .toEqual([{ state: 'completed' }])
  expect(begun).toBe(1)
  await worker.stop()
  await pool.end()
}, 30_000)
