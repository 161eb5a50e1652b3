import { describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import { requireOpenedYear } from '#features/commitments/opened-year.ts'
import type { FundingTerm } from '#features/funding/envelope.ts'
import { someEnvelope } from '#test/support/plan.ts'

const [term] = someEnvelope().terms
if (term === undefined) {
  throw new Error('an envelope has a term')
}
const recurring: FundingTerm = {
  ...term,
  kind: 'recurring',
  firstFiscalYear: fiscalYear('2026-2027'),
  lastFiscalYear: null,
}
// 2021-2022 … 2025-2026, then so much a year from 2026-2027.
const envelope = someEnvelope({ terms: [term, recurring] })
const current = fiscalYear('2026-2027')

describe('money can be committed on', () => {
  test.each(['2021-2022', '2025-2026', '2026-2027'])('%s', (year) => {
    expect(() => requireOpenedYear(envelope, fiscalYear(year), current)).not.toThrow()
  })

  test('a year of the term that has not begun: its money is there', () => {
    const year = fiscalYear('2025-2026')
    expect(() => requireOpenedYear(envelope, year, fiscalYear('2021-2022'))).not.toThrow()
  })

  test.each(['2020-2021', '2027-2028'])('not on %s', (year) => {
    expect(() => requireOpenedYear(envelope, fiscalYear(year), current)).toThrow(
      expect.objectContaining({ code: 'commitments/year-not-opened' }),
    )
  })
})
