import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { periodOf } from '#core/period.ts'
import {
  flagsThatMove,
  type NewPlace,
  requireOtherPlace,
  requireRefundable,
  requireRefundDate,
  restated,
} from '#features/expenditures/correction-rules.ts'
import { type Expenditure, netOf } from '#features/expenditures/expenditure.ts'

/** 1 000.00 of QC-3, a member of the shared envelope, posted. */
const posted = (change: Partial<Expenditure> = {}): Expenditure => ({
  id: '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192',
  number: 'D-2025-2026-000001',
  state: 'posted',
  version: 3,
  organization: 'MSP',
  measure: 'QC-3',
  envelope: 'QC-COMMUNICATION',
  serviceDate: calendarDate('2025-06-15'),
  documentDate: null,
  documentNumber: 'F-1',
  supplier: 'PIPQ',
  description: 'Services',
  amount: money('1000.00'),
  commitment: null,
  justification: null,
  fiscalYear: fiscalYear('2025-2026'),
  flags: [],
  source: null,
  preparedBy: 'officer@example.org',
  changedBy: 'officer@example.org',
  submittedBy: 'officer@example.org',
  approvedBy: 'approver@example.org',
  entry: '1',
  recordedIn: periodOf(calendarDate('2025-06-15')),
  reversedBy: null,
  refunded: money('0.00'),
  reclassifiedFrom: null,
  reclassifiedTo: null,
  position: 1,
  requests: [],
  ...change,
})

const codeOf = (check: () => void): string | null => {
  try {
    check()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a refund', () => {
  test.each([
    ['0.00', '1000.00', null],
    ['0.00', '1000.01', 'expenditures/refund-above'],
    ['300.00', '700.00', null],
    ['300.00', '700.01', 'expenditures/refund-above'],
    ['1000.00', '0.01', 'expenditures/refund-above'],
  ])('after %s of 1 000.00, of %s: %s', (refunded, amount, code) => {
    const document = posted({ refunded: money(refunded) })
    expect(codeOf(() => requireRefundable(document, money(amount)))).toBe(code)
  })

  test.each([
    ['2025-06-14', 'expenditures/refund-before-service'],
    ['2025-06-15', null],
    ['2026-11-16', null],
    ['2026-11-17', 'expenditures/refund-date-ahead'],
  ])('of a service of 2025-06-15, on 2026-11-16, dated %s: %s', (date, code) => {
    const [service, today] = [calendarDate('2025-06-15'), calendarDate('2026-11-16')]
    expect(codeOf(() => requireRefundDate(calendarDate(date), service, today))).toBe(code)
  })

  test('leaves the net: the amount less what came back, and nothing once reversed', () => {
    const refunded = money('300.00')
    expect(netOf(posted({ refunded }))).toEqual(money('700.00'))
    expect(netOf(posted({ state: 'reversed' }))).toEqual(money('0.00'))
  })
})

describe('a reclassification of QC-3 on the shared envelope asks for', () => {
  const shared = 'QC-COMMUNICATION'
  const cases: readonly [string, NewPlace, string | null, string | null][] = [
    ['another measure, which tells its envelope', { measure: '12' }, 'QC-12', null],
    ['another envelope, which may tell its measure', { envelope: 'QC-M12' }, null, 'QC-M12'],
    ['both', { measure: 'A1', envelope: shared }, 'QC-A1', shared],
    ['the common part', { measure: null }, null, shared],
    ['another date alone', { serviceDate: calendarDate('2024-06-15') }, 'QC-3', shared],
    ['the same measure, said in short', { measure: '3' }, 'QC-3', shared],
  ]
  test.each(cases)('%s', (_what, asked, measure, envelope) => {
    const stated = restated(posted({ commitment: 'x' }), asked)
    expect([stated.measure, stated.envelope, stated.commitment]).toEqual([measure, envelope, null])
    expect(stated.amount).toEqual(money('1000.00'))
  })

  test('something else than where it stands', () => {
    const before = posted()
    expect(codeOf(() => requireOtherPlace(before, before))).toBe('expenditures/same-place')
    const later = { ...before, serviceDate: calendarDate('2025-06-16') }
    expect(codeOf(() => requireOtherPlace(before, later))).toBeNull()
  })

  test('and leaves behind what the old place was flagged for', () => {
    const flags = ['grant-awarded', 'outside-term', 'over-spent', 'covers-two-years', 'late-item']
    expect(flagsThatMove(posted({ flags }))).toEqual(['grant-awarded', 'covers-two-years'])
  })
})
