import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { testDatabase } from '#test/support/database.ts'
import { csvOf, formOf, manyRows } from '#test/support/imports.ts'
import { until } from '#test/support/own-server.ts'
import { runVigie, startVigie } from '#test/support/processes.ts'
import { chanceOf } from '#test/support/seed.ts'
import { addPerson } from '#test/support/served.ts'
import { runs } from '#test/support/tier.ts'

vi.setConfig({ testTimeout: runs(300_000, 3_600_000) })

const rows = 400

/** The service killed outright while it confirms a file: all of its documents, or none. */
test('an import whose confirmation is killed is there whole or not at all', async () => {
  const database = await testDatabase()
  await database.service.close()
  const owner = createPool({ connection: database.url, max: 1, applicationName: 'vigie tests' })
  onTestFinished(async () => {
    await owner.end()
    await database.close()
  })
  const env = { DATABASE_URL: database.url, LOG_LEVEL: 'silent' }
  const token = await addPerson('agente', 'officer', { env })
  const chance = chanceOf('import-kills')
  const outcomes = { whole: 0, none: 0 }
  for (let kill = 0; kill < runs(3, 50); kill += 1) {
    const supplier = `Tué ${kill}`
    const running = startVigie(['serve', '--port', '0'], { env })
    const address = await running.firstLine()
    const ask = askOf(address, token)
    const { body, type } = formOf({
      content: csvOf(manyRows(rows, () => ({ fournisseur: supplier }))),
    })
    const seen = await ask('/imports/expenditures', body, { 'content-type': type })
    const confirm = () =>
      ask(`/imports/${seen.id}/confirm`, null, {
        'if-match': '"1"',
        'idempotency-key': `confirm-${kill}`,
      })
    const answered = confirm().catch(() => null)
    await pause(chance.below(400))
    await running.end('SIGKILL')
    const answer = await answered
    await until(async () => (await others()) === 0)
    const made = await countOf(supplier)
    expect([0, rows]).toContain(made)
    expect(answer === null ? made : rows).toBe(made)
    outcomes[made === rows ? 'whole' : 'none'] += 1
    const again = startVigie(['serve', '--port', '0'], { env })
    const retried = await askOf(await again.firstLine(), token)(
      `/imports/${seen.id}/confirm`,
      null,
      {
        'if-match': '"1"',
        'idempotency-key': `confirm-${kill}`,
      },
    )
    expect(retried.confirmed.rows).toBe(rows)
    expect(await countOf(supplier)).toBe(rows)
    await again.end('SIGKILL')
  }
  expect(outcomes.whole + outcomes.none).toBe(runs(3, 50))
  expect((await runVigie(['verify'], { env })).code).toBe(0)

  async function countOf(supplier: string): Promise<number> {
    const found = await owner.query(
      'select count(*)::integer as count from expenditure where supplier = $1',
      [supplier],
    )
    return found.rows[0].count
  }

  /** The server may still be finishing what the dead had sent. */
  async function others(): Promise<number> {
    const found = await owner.query(`
      select count(*)::integer as others from pg_stat_activity
      where datname = current_database() and application_name in ('vigie', 'vigie owner')`)
    return found.rows[0].others
  }
})

const askOf =
  (address: string, token: string) =>
  async (path: string, body: Buffer | null, headers: Record<string, string>) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    })
    expect(answer.ok).toBe(true)
    return (await answer.json()) as { id: string; confirmed: { rows: number } }
  }
