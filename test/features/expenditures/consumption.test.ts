import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { isZero, money, sum } from '#core/money.ts'
import { periodOf } from '#core/period.ts'
import type { Commitment } from '#features/commitments/commitment.ts'
import { spend, takeBack } from '#features/expenditures/consumption.ts'
import type { Line, PostedEntry } from '#features/journal/entry.ts'

const cell = {
  envelope: 'QC-COMMUNICATION',
  measure: 'QC-3',
  organization: 'MSP',
  fiscalYear: fiscalYear('2025-2026'),
}

/** Approved for 1 000.00 on the same cell, unless a case says otherwise. */
const held = (change: Partial<Commitment> = {}): Commitment => ({
  id: '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192',
  number: 'E-2025-2026-000001',
  state: 'approved',
  version: 3,
  organization: 'MSP',
  measure: 'QC-3',
  envelope: 'QC-COMMUNICATION',
  fiscalYear: fiscalYear('2025-2026'),
  heldIn: fiscalYear('2025-2026'),
  supplier: 'PIPQ',
  reference: 'C-17',
  description: 'Projet pilote',
  amount: money('1000.00'),
  consumed: money('0.00'),
  released: money('0.00'),
  flags: [],
  preparedBy: 'officer@example.org',
  changedBy: 'officer@example.org',
  submittedBy: 'officer@example.org',
  approvedBy: 'approver@example.org',
  releasedBy: null,
  entry: '1',
  recordedIn: null,
  position: 1,
  ...change,
})

const printed = (lines: readonly Line[]): readonly string[] =>
  lines.map(
    (line) =>
      `${line.account} ${line.cell.measure ?? 'commun'} ${line.cell.fiscalYear} ${line.amount}`,
  )

const anotherYear = { fiscalYear: fiscalYear('2024-2025'), heldIn: fiscalYear('2024-2025') }

const cases: readonly [string, string, Commitment | null, string, readonly string[]][] = [
  [
    'without a commitment',
    '200.00',
    null,
    '0.00',
    ['available QC-3 2025-2026 -200.00', 'spent QC-3 2025-2026 200.00'],
  ],
  [
    'below what it holds',
    '200.00',
    held(),
    '200.00',
    ['committed QC-3 2025-2026 -200.00', 'spent QC-3 2025-2026 200.00'],
  ],
  [
    'all that it holds',
    '1000.00',
    held(),
    '1000.00',
    ['committed QC-3 2025-2026 -1000.00', 'spent QC-3 2025-2026 1000.00'],
  ],
  [
    'a cent above what it still holds',
    '250.01',
    held({ consumed: money('700.00'), released: money('50.00') }),
    '250.00',
    [
      'committed QC-3 2025-2026 -250.00',
      'available QC-3 2025-2026 -0.01',
      'spent QC-3 2025-2026 250.01',
    ],
  ],
  [
    'of another year',
    '1200.00',
    held(anotherYear),
    '1000.00',
    [
      'committed QC-3 2024-2025 -1000.00',
      'available QC-3 2024-2025 1000.00',
      'available QC-3 2025-2026 -1200.00',
      'spent QC-3 2025-2026 1200.00',
    ],
  ],
  [
    'of the common part of the envelope',
    '10.00',
    held({ measure: null }),
    '10.00',
    [
      'committed commun 2025-2026 -10.00',
      'available commun 2025-2026 10.00',
      'available QC-3 2025-2026 -10.00',
      'spent QC-3 2025-2026 10.00',
    ],
  ],
  [
    'carried to the year of the expenditure',
    '10.00',
    held({ fiscalYear: fiscalYear('2024-2025') }),
    '10.00',
    ['committed QC-3 2025-2026 -10.00', 'spent QC-3 2025-2026 10.00'],
  ],
]

describe('an expenditure takes', () => {
  test.each(cases)('%s', (_what, amount, commitment, consumed, lines) => {
    const spending = spend(cell, money(amount), commitment)
    expect(printed(spending.lines)).toEqual(lines)
    expect(spending.consumed).toEqual(money(consumed))
    expect(isZero(sum(spending.lines.map((line) => line.amount)))).toBe(true)
  })

  test('from available only what its commitment does not give, and the ceiling sees no more', () => {
    expect(spend(cell, money('1200.00'), held()).taking.amount).toEqual(money('200.00'))
    const elsewhere = spend(cell, money('1200.00'), held(anotherYear))
    expect(elsewhere.taking.amount).toEqual(money('1200.00'))
    expect(elsewhere.freed).toMatchObject({ amount: money('-1000.00'), fiscalYear: '2024-2025' })
  })
})

const recordedIn = periodOf(calendarDate('2025-09-01'))

const posted = (commitment: Commitment | null): PostedEntry => ({
  id: '41',
  kind: 'expenditure',
  organization: 'MSP',
  effectiveOn: calendarDate('2025-06-15'),
  recordedIn,
  document: { type: 'expenditure', id: '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708193' },
  reverses: null,
  flags: [],
  lines: spend(cell, money('1200.00'), commitment).lines,
})

const reversals: readonly [string, Commitment, Commitment | null, string, readonly string[]][] = [
  [
    'to a commitment that is open where it was',
    held(),
    held({ consumed: money('900.00') }),
    '1000.00',
    [
      'committed QC-3 2025-2026 1000.00',
      'available QC-3 2025-2026 200.00',
      'spent QC-3 2025-2026 -1200.00',
    ],
  ],
  [
    'to available once the commitment is closed',
    held(),
    held({ state: 'closed' }),
    '0.00',
    ['available QC-3 2025-2026 1200.00', 'spent QC-3 2025-2026 -1200.00'],
  ],
  [
    'to available once the commitment was carried to another year',
    held(),
    held({ heldIn: fiscalYear('2026-2027') }),
    '0.00',
    ['available QC-3 2025-2026 1200.00', 'spent QC-3 2025-2026 -1200.00'],
  ],
  [
    'to a commitment of another year that is open',
    held(anotherYear),
    held(anotherYear),
    '1000.00',
    [
      'committed QC-3 2024-2025 1000.00',
      'available QC-3 2024-2025 -1000.00',
      'available QC-3 2025-2026 1200.00',
      'spent QC-3 2025-2026 -1200.00',
    ],
  ],
  [
    'to available alone, of another year and closed: there it was freed already',
    held(anotherYear),
    held({ ...anotherYear, state: 'closed' }),
    '0.00',
    ['available QC-3 2025-2026 1200.00', 'spent QC-3 2025-2026 -1200.00'],
  ],
]

describe('its reversal gives back', () => {
  test.each(reversals)('%s', (_what, then, now, returned, lines) => {
    const back = takeBack(posted(then), recordedIn, now)
    expect(printed(back.entry.lines)).toEqual(lines)
    expect(back.returned).toEqual(money(returned))
    expect(back.entry).toMatchObject({ kind: 'expenditure', reverses: '41' })
  })
})
