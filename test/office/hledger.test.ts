import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entryKinds } from '#features/journal/entry.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { post } from '#test/support/drafts.ts'
import { Play } from '#test/support/model/play.ts'
import { type Movement, move } from '#test/support/movements.ts'
import { folderOfTest, hledger } from '#test/support/programs.ts'
import { chanceOf } from '#test/support/seed.ts'

/** hledger recomputes the record of a long life of a budget, and finds our balances. */
let app: TestApp
let auditor: Person

beforeAll(async () => {
  app = await testApp({ template: 'published', poolMax: 2 })
  auditor = await app.person('auditor', 'auditor')
  const chance = chanceOf('the journal in hledger')
  await (await Play.on(app, chance)).actions(chance, 400)
  await move(app.database.service, rarities)
})
afterAll(() => app.close())

/** What no life is sure to come to, transfers and carry-forwards among it. */
const rarities: readonly Movement[] = [
  {
    kind: 'transfer',
    lines: [
      ['available QC-M12 QC-12', '-1000.01'],
      ['available QC-M15 QC-15', '1000.01'],
    ],
  },
  {
    kind: 'carry-forward',
    lines: [
      ['available QC-M15 QC-15 2024-2025', '-250.00'],
      ['available QC-M15 QC-15 2025-2026', '250.00'],
    ],
  },
  {
    kind: 'lapse',
    lines: [
      ['available QC-M15 QC-15 2025-2026', '-0.01'],
      ['authority QC-M15 QC-15 2025-2026', '0.01'],
    ],
  },
]

async function journalFile(): Promise<string> {
  const path = join(await folderOfTest(), 'vigie.journal')
  const { status, text } = await auditor.get('/journal/entries.hledger')
  expect(status).toBe(200)
  await writeFile(path, text)
  return path
}

/** Account by account; those that come to zero too. */
async function balances(path: string, ...query: string[]): Promise<ReadonlyMap<string, string>> {
  const asked = ['-f', path, 'balance', '--flat', '--empty', '--no-total', '-O', 'csv', ...query]
  const rows: string[][] = parse(await hledger(asked), { from_line: 2 })
  return new Map(rows.map(([name = '', said = '0']) => [name, said.replace(/^0$/, '0.00 CAD')]))
}

const ourCells = `
  select
    concat_ws(':', account, coalesce(envelope, 'no-envelope'), coalesce(measure, 'no-measure'),
      organization, coalesce(fiscal_year, 'undistributed')) as name,
    sum(amount)::text || ' CAD' as balance
  from journal_balance
  group by 1`

describe('hledger', () => {
  test('accepts the journal under its strict checks', async () => {
    const path = await journalFile()
    await hledger(['-f', path, 'check', '--strict'])
    const kinds = (await hledger(['-f', path, 'descriptions'])).trimEnd().split('\n')
    expect(kinds.toSorted()).toEqual(entryKinds.toSorted())
  })

  test('comes to every balance of every account and cell, to the cent', async () => {
    const { rows } = await app.database.owner.query<{ name: string; balance: string }>(ourCells)
    const found = await balances(await journalFile())
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(rows.map(({ name, balance }) => [name, balance])),
    )
    expect(found.size).toBeGreaterThan(100)
  })

  test('comes to the totals of the reports', async () => {
    const path = await journalFile()
    for (const jurisdiction of ['QC', 'CA']) {
      const url = `/reports/reconciliation?by=envelope&jurisdiction=${jurisdiction}`
      const { committed, spent, available } = (await auditor.get(url)).body.totals
      const envelopes = await balances(path, '--depth', '1', `^[a-z]+:${jurisdiction}-`)
      expect([envelopes.get('available'), envelopes.get('spent')]).toEqual([
        `${available} CAD`,
        `${spent} CAD`,
      ])
      expect(envelopes.get('committed') ?? '0.00 CAD').toBe(`${committed} CAD`)
    }
  })

  test('gives back every word that people wrote', async () => {
    const officer = await app.person('writer', 'officer')
    const approver = await app.person('reader', 'approver')
    for (const [place, text] of dangerousTexts.entries()) {
      const words = { supplier: text, description: text, justification: text }
      await post(officer, approver, {
        ...words,
        documentNumber: `${text} ${place}`,
        amount: '1.00',
      })
    }
    await commit(officer, approver, { supplier: '=1;2', reference: '@x, y', description: '-1\n-2' })
    const path = await journalFile()
    await hledger(['-f', path, 'check', '--strict'])
    const printed: Transaction[] = JSON.parse(await hledger(['-f', path, 'print', '-O', 'json']))
    const said = printed.map(({ ttags }) =>
      Object.fromEntries(ttags.map(([name, value]) => [name, decodeURIComponent(value)])),
    )
    for (const [place, text] of dangerousTexts.entries()) {
      expect(said).toContainEqual(
        expect.objectContaining({
          supplier: text,
          description: text,
          reason: text,
          reference: `${text} ${place}`,
        }),
      )
    }
    expect(said).toContainEqual(
      expect.objectContaining({ supplier: '=1;2', reference: '@x, y', description: '-1\n-2' }),
    )
  })
})

interface Transaction {
  readonly ttags: readonly (readonly [name: string, value: string])[]
}
