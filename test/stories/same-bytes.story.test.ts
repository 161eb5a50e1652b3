import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { everyWay } from '#test/support/reports.ts'

let app: TestApp
let analyst: Person
/** Of each report: where it first differs once every row has changed its place on the disk. */
let differences: ReadonlyMap<string, string>

const urls = [
  ...everyWay.map((query) => `/reports/reconciliation${query}`),
  '/reports/reconciliation?from=2022-2023&to=2023-2024',
  '/reports/reconciliation?spread=straight-line&jurisdiction=CA',
  '/reports/exceptions',
  '/reports/forecast?by=envelope&jurisdiction=CA',
  '/reports/bridge?since=2',
  '/reports/announcements',
  '/reports/comparison',
]

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  analyst = await app.person('analyst', 'analyst')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-8' })
  const before = await Promise.all(urls.map((url) => analyst.get(url)))
  await shuffle()
  const after = await Promise.all(urls.map((url) => analyst.get(url)))
  differences = new Map(
    urls.map((url, place) => [
      url,
      firstDifference(before[place]?.text ?? '', after[place]?.text ?? 'nothing'),
    ]),
  )
})
afterAll(() => app.close())

/** What a restore, a VACUUM FULL or a day of work does: the same rows, stored in another order. */
async function shuffle(): Promise<void> {
  const tables = ['journal_balance', 'journal_flag']
  for (const table of tables) {
    await app.database.owner.query(`
      with gone as (delete from ${table} returning ${table}.*)
      insert into ${table} select gone.* from gone order by md5(gone::text)`)
  }
  await app.database.owner.query('update person set name = person.name')
}

function firstDifference(before: string, after: string): string {
  const at = [...before].findIndex((character, index) => character !== after[index])
  return before === after ? '' : `${before.slice(at, at + 60)} ≠ ${after.slice(at, at + 60)}`
}

describe('the same position gives the same bytes, however the rows are stored', () => {
  test.each(urls)('%s', (url) => {
    expect(differences.get(url)).toBe('')
  })
})
