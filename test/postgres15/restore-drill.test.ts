import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'

// It runs ten commands, one after the other.
vi.setConfig({ testTimeout: 300_000 })

const run = promisify(execFile)
const drill = fileURLToPath(new URL('../../scripts/restore-drill.ts', import.meta.url))

test('a backup restores to the same head, rows, sums and workbooks, and verifies', async () => {
  const app = await testApp({ template: 'published' })
  onTestFinished(() => app.close())
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  for (let place = 0; place < 5; place += 1) {
    await post(officer, approver, { documentNumber: `B-${place}`, supplier: 'Café « Noël »' })
  }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', drill], {
    env: { ...process.env, DATABASE_URL: app.database.url },
  })
  const { rows } = await app.database.owner.query(
    "select chain_head.sequence || ' ' || chain_head.hash as head from chain_head",
  )
  expect(stdout).toContain(`✓ head: ${rows[0].head}\n`)
  expect(stdout).toMatch(/✓ workbook reconciliation: \d+ bytes [0-9a-f]{64}\n/)
  expect(stdout).not.toContain('✗')
  const tables = stdout.match(/^✓ \w+: \d+ rows/gm) ?? []
  expect(tables.length).toBeGreaterThanOrEqual(30)
  const { rows: left } = await app.database.owner.query(
    "select datname from pg_database where datname like 'vigie_drill_%'",
  )
  expect(left).toEqual([])
})
