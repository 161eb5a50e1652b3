import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { closePeriods, periodsOfYear, startedPeriods } from '#test/support/periods.ts'
import { everyWay, type ReportRow, reconciliation } from '#test/support/reports.ts'

/** One of everything that can be recorded, on top of the published spending. */
const spending: readonly Record<string, unknown>[] = [
  { measure: 'QC-1', amount: '10.01' },
  { measure: 'QC-8', amount: '20.02' },
  { measure: 'QC-13', serviceDate: '2024-02-29', amount: '30.03' },
  { measure: 'QC-28', serviceDate: '2022-04-01', amount: '40.04' },
  { measure: 'QC-3', amount: '50.05' },
  { measure: 'QC-7', serviceDate: '2021-04-01', amount: '60.06' },
  { measure: 'QC-A2', serviceDate: '2026-03-31', amount: '70.07' },
  { measure: undefined, envelope: 'QC-COMMUNICATION', amount: '80.08' },
  { measure: 'QC-6', amount: '90.09' },
  { measure: 'QC-19', serviceDate: '2023-06-15', amount: '100.10' },
  { measure: 'QC-23', amount: '110.11' },
  { measure: 'QC-31', serviceDate: '2026-04-01', amount: '120.12', justification: 'Tardive' },
  { measure: 'QC-12', serviceDate: '2020-06-15', amount: '130.13', justification: 'Hâtive' },
  { measure: undefined, envelope: 'CA-2004', serviceDate: '2006-06-15', amount: '140.14' },
  { measure: undefined, envelope: 'CA-2009', serviceDate: '2020-06-15', amount: '150.15' },
  { measure: undefined, envelope: 'CA-2022', amount: '160.16' },
]

let app: TestApp
let auditor: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  const jurist = await app.person('jurist', 'officer', 'MJQ')
  const chief = await app.person('chief', 'approver', 'MJQ')
  for (const [place, change] of spending.entries()) {
    const document = { documentNumber: `F-${place}`, ...change }
    await post(officer, approver, document)
    await post(jurist, chief, { organization: 'MJQ', ...document, supplier: 'Autre' })
  }
  const gone = await post(officer, approver, { documentNumber: 'gone', amount: '5.00' })
  const asked = await officer.step(`/expenditures/${gone.id}/reverse`, gone.version, {
    reason: 'Erreur',
  })
  const url = `/expenditures/${gone.id}/requests/${asked.body.requests[0].id}/approve`
  expect((await approver.step(url, asked.body.version)).body.state).toBe('reversed')
  await closePeriods(app.database.owner, 'MSP', periodsOfYear('2025-2026', [3]))
  await post(officer, approver, { documentNumber: 'late in its year', amount: '170.17' })
  await closePeriods(app.database.owner, 'MSP', startedPeriods('2025-2026'))
  await post(officer, approver, { documentNumber: 'late', measure: 'QC-3', amount: '180.18' })
})
afterAll(() => app.close())

/** What the documents behind the link add up to; what the row says is theirs. */
const compared = async (row: ReportRow) => {
  const list = await auditor.get(`${row.href?.replace('/api/v1', '')}&limit=1`)
  return { key: row.key, said: row.spent ?? row.ownResources, behind: list.body.total }
}

async function expectLinksToAddUp(query: string): Promise<readonly ReportRow[]> {
  const { rows } = await reconciliation(auditor, query)
  const linked = rows.filter(({ href }) => href !== null)
  expect(linked.length).toBeGreaterThan(0)
  const found = await Promise.all(linked.map(compared))
  expect(found.filter(({ said, behind }) => said !== behind)).toEqual([])
  return rows
}

describe('every total links to the documents that add up to it', () => {
  test.each(everyWay.filter((query) => !query.includes('by=period')))('%s', async (query) => {
    const rows = await expectLinksToAddUp(query)
    // Only the row of money without a year, which holds no spending, has no documents.
    const bare = rows.filter(({ href }) => href === null)
    expect(bare.every(({ kind, spent }) => kind === 'undistributed' && spent === '0.00')).toBe(true)
  })

  test.each([
    '?by=period&from=2025-2026&to=2026-2027',
    '?by=period&jurisdiction=CA&from=2025-2026&to=2025-2026',
    '?from=2025-2026&to=2025-2026',
    '?by=fiscal-year&from=2021-2022&to=2022-2023',
    '?by=lead&from=2020-2021&to=2020-2021',
    '?by=envelope&from=2023-2024&to=2026-2027',
    '?by=axis&spread=straight-line&from=2022-2023&to=2023-2024',
    '?by=measure&jurisdiction=CA&from=2012-2013&to=2012-2013',
  ])('%s', async (query) => {
    await expectLinksToAddUp(query)
  })

  test('and the question has one total, however it is asked', async () => {
    for (const jurisdiction of ['QC', 'CA']) {
      const asked = everyWay.filter((query) => query.endsWith(jurisdiction))
      const totals = await Promise.all(asked.map((query) => reconciliation(auditor, query)))
      const figures = totals.map(({ totals: { planned, spent, ownResources, available } }) =>
        [planned, spent, ownResources, available].join(' '),
      )
      expect(new Set(figures)).toEqual(new Set(figures.slice(0, 1)))
    }
  })

  test('rows − repeats = total is what the rows say', async () => {
    const { rows, totals, proof } = await reconciliation(auditor)
    const cents = (list: readonly ReportRow[]) =>
      list.reduce((total, { spent }) => total + BigInt((spent ?? '0').replace('.', '')), 0n)
    const repeated = rows.filter((row) => row.repeated === true)
    const text = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`
    expect(proof.spent).toEqual({
      rows: text(cents(rows)),
      repeats: text(cents(repeated)),
      total: text(cents(rows) - cents(repeated)),
    })
    expect(totals.spent).toBe(text(cents(rows) - cents(repeated)))
  })
})
