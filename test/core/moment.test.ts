import { describe, expect, test } from 'vitest'
import { readMoment } from '#core/moment.ts'

const momentOf = (text: string) => {
  const reading = readMoment(text)
  return reading.ok ? reading.value : reading.issue.code
}

describe('a moment of the record', () => {
  test.each([
    ['1', { position: 1 }],
    ['1204', { position: 1204 }],
    ['999999999999999', { position: 999_999_999_999_999 }],
    ['2026-03-31T23:59:59-04:00', { instant: '2026-04-01T03:59:59.000Z' }],
    ['2026-04-01T03:59:59Z', { instant: '2026-04-01T03:59:59.000Z' }],
    ['2026-04-01T03:59Z', { instant: '2026-04-01T03:59:00.000Z' }],
    ['2026-04-01T05:59:59.123456+02:00', { instant: '2026-04-01T03:59:59.123Z' }],
    ['2026-04-01T05:59:59 02:00', { instant: '2026-04-01T03:59:59.000Z' }],
    ['2024-02-29T00:00:00+14:00', { instant: '2024-02-28T10:00:00.000Z' }],
  ])('is a position or an instant: %s', (text, moment) => {
    expect(momentOf(text)).toEqual(moment)
  })

  test.each([
    '',
    '0',
    '-1',
    '01',
    '1.5',
    '1000000000000000',
    '2026-03-31',
    '2026-03-31T23:59:59',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-31T24:00:00Z',
    '2026-03-31T23:60:00Z',
    '2026-03-31T23:59:59+15:00',
    '2026-03-31 23:59:59Z',
    'hier',
  ])('is refused when it could mean several: %s', (text) => {
    expect(momentOf(text)).toBe('moment/malformed')
  })
})
