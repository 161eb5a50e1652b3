import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { reconciliation } from '#test/support/reports.ts'

/** The end of a fiscal year, told from its last month to what is found after everything is closed. */
let app: TestApp
let administrator: Person
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp({ today: calendarDate('2026-06-16') })
  administrator = await app.person('administrator', 'administrator')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const close = async (fiscalYear: string, ...periods: readonly number[]) => {
  for (const period of periods) {
    const body = { organization: 'MSP', fiscalYear, period, version: 1 }
    expect((await administrator.send('POST', '/periods/close', { body })).status).toBe(200)
  }
}
const spend = (serviceDate: string, amount: string, documentNumber: string) =>
  post(officer, approver, { serviceDate, amount, documentNumber })
const recordedIn = async (period: string) =>
  (await auditor.get(`/expenditures?organization=MSP&period=${period}`)).body.total
const spentBy = async (dimension: string, keys: readonly string[]) => {
  const { row } = await reconciliation(auditor, `?by=${dimension}&from=2025-2026&to=2026-2027`)
  return keys.map((key) => row(key)?.spent)
}

test('through the year, each month records its own', async () => {
  await spend('2025-04-15', '100.00', 'Y-1')
  await spend('2026-03-31', '200.00', 'Y-2')
  expect(await recordedIn('2025-2026-P01')).toBe('100.00')
  expect(await recordedIn('2025-2026-P12')).toBe('200.00')
})

test('after the twelve months are closed, what is late goes to period 13', async () => {
  await close('2025-2026', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
  const late = await spend('2025-06-15', '40.00', 'Y-3')
  expect(late).toMatchObject({
    fiscalYear: '2025-2026',
    recordedIn: { fiscalYear: '2025-2026', period: 13 },
    flags: [],
  })
})

test('after period 13 is closed too, it goes to the next year, as a late item', async () => {
  await close('2025-2026', 13)
  const waiting = await submitted(officer, {
    serviceDate: '2026-02-28',
    amount: '7.00',
    documentNumber: 'Y-4',
  })
  const queue = await approver.get('/approvals')
  expect(queue.body.items).toMatchObject([
    {
      recordsIn: { fiscalYear: '2026-2027', period: 1 },
      flags: ['late-item'],
      reasons: [{ flag: 'late-item', text: { fr: expect.stringContaining('2026-2027-P01') } }],
    },
  ])
  const { body } = await approver.step(`/expenditures/${waiting.id}/approve`, waiting.version)
  expect(body).toMatchObject({
    fiscalYear: '2025-2026',
    recordedIn: { fiscalYear: '2026-2027', period: 1 },
    flags: ['late-item'],
  })
})

test('and to the month after, once that one is closed', async () => {
  await close('2026-2027', 1)
  const late = await spend('2025-06-16', '0.50', 'Y-5')
  expect(late.recordedIn).toEqual({ fiscalYear: '2026-2027', period: 2 })
})

test('by fiscal year, all of it belongs to the year of the service', async () => {
  expect(await spentBy('fiscal-year', ['2025-2026', '2026-2027'])).toEqual(['347.50', '0.00'])
})

test('by period, each stands where it was recorded, and the total is the same', async () => {
  const keys = ['2025-2026-P01', '2025-2026-P12', '2025-2026-P13', '2026-2027-P01', '2026-2027-P02']
  expect(await spentBy('period', keys)).toEqual(['100.00', '200.00', '40.00', '7.00', '0.50'])
  for (const by of ['fiscal-year', 'period', 'measure']) {
    expect((await reconciliation(auditor, `?by=${by}`)).totals.spent).toBe('347.50')
  }
})

test('what was closed holds what it held', async () => {
  expect(await recordedIn('2025-2026-P01')).toBe('100.00')
  expect(await recordedIn('2025-2026-P12')).toBe('200.00')
  expect(await recordedIn('2025-2026-P13')).toBe('40.00')
  expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
})
