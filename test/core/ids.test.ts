import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import { documentNumber, isUuid, readUuid } from '#core/ids.ts'

const id = '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'

describe('an identifier', () => {
  test('is a UUID in lower case; capitals are read and not kept', () => {
    expect(isUuid(id)).toBe(true)
    expect(isUuid(id.toUpperCase())).toBe(false)
    expect(readUuid(id)).toEqual({ ok: true, value: id })
    expect(readUuid(id.toUpperCase())).toEqual({ ok: true, value: id })
  })

  test.each([
    '',
    'x',
    id.slice(1),
    `${id}0`,
    ` ${id}`,
    `{${id}}`,
    id.replaceAll('-', ''),
    id.replace('0', 'g'),
    `${id}\n`,
    'K'.repeat(36),
  ])('%j is none', (text) => {
    expect(isUuid(text)).toBe(false)
    expect(readUuid(text)).toMatchObject({ ok: false, issue: { code: 'id/malformed' } })
  })

  test('of any version is read', () => {
    fc.assert(
      fc.property(fc.uuid(), (text) => {
        expect(readUuid(text)).toEqual({ ok: true, value: text })
      }),
      { seed: 10, numRuns: 200 },
    )
  })
})

describe('a document number', () => {
  const year = fiscalYear('2025-2026')

  test.each([
    ['D', 1, 'D-2025-2026-000001'],
    ['D', 123, 'D-2025-2026-000123'],
    ['ENG', 999_999, 'ENG-2025-2026-999999'],
    ['D', 1_000_000, 'D-2025-2026-1000000'],
    ['D', 999_999_999, 'D-2025-2026-999999999'],
  ])('%s and %i is %s', (prefix, sequence, number) => {
    expect(documentNumber(prefix, year, sequence)).toBe(number)
  })

  test.each([
    ['', 1],
    ['d', 1],
    ['TOOLONG', 1],
    ['D-', 1],
    ['D', 0],
    ['D', -1],
    ['D', 1.5],
    ['D', Number.NaN],
    ['D', 1_000_000_000],
  ])('%j and %d is an error of ours', (prefix, sequence) => {
    expect(() => documentNumber(prefix, year, sequence)).toThrow(RangeError)
  })
})
