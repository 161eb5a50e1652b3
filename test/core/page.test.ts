import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '#core/canonical.ts'
import { encodeCursor, readCursor, readLimit } from '#core/page.ts'

const asCursor = (text: string): string => Buffer.from(text).toString('base64url')

describe('a page cursor', () => {
  test('is base64url of the canonical text of the last row’s sort values', () => {
    expect(encodeCursor(['2026-03-31'])).toBe('YTE6czEwOjIwMjYtMDMtMzE7Ow')
    expect(encodeCursor(['2026-03-31'])).toBe(asCursor(canonical(['2026-03-31'])))
  })

  test('is read back as it was made', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((s) => !s.includes('\0'))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (values) => {
        const cursor = encodeCursor(values)
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(readCursor(cursor)).toEqual({ ok: true, value: values })
      }),
      { seed: 14, numRuns: 300, examples: [[['\ufeff', 'é', '😀>?']]] },
    )
  })

  test.each([
    ['empty', ''],
    ['not base64', '***'],
    ['of an impossible length', 'a'],
    ['not canonical', asCursor('hello')],
    ['not a list', asCursor('n;')],
    ['not a list of texts', asCursor('a1:i1;;')],
    ['padded', `${asCursor('a0:;')}==`],
    ['spaced', ` ${asCursor('a0:;')}`],
    ['another spelling of the same bytes', encodeCursor(['2026-03-31']).replace(/w$/, 'x')],
    ['in the other alphabet', Buffer.from(canonical(['>>>???'])).toString('base64')],
    ['not UTF-8', Buffer.from([0x61, 0xff]).toString('base64url')],
    ['preceded by a byte order mark', asCursor(`\ufeff${canonical(['a'])}`)],
    ['too long', 'a'.repeat(5000)],
  ])('that is %s is refused', (_case, text) => {
    expect(readCursor(text)).toMatchObject({ ok: false, issue: { code: 'page/cursor' } })
  })

  test('never throws at the user', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        const reading = readCursor(text)
        expect(reading.ok ? encodeCursor(reading.value) : text).toBe(text)
      }),
      { seed: 15, numRuns: 2000 },
    )
  })

  test('too long for an address is an error of ours', () => {
    expect(encodeCursor(['x'.repeat(3000)]).length).toBeLessThan(4096)
    expect(() => encodeCursor(['x'.repeat(4000)])).toThrow(RangeError)
  })
})

describe('the number of items on a page', () => {
  test.each([
    [undefined, 50],
    ['1', 1],
    ['50', 50],
    ['500', 500],
  ])('%j is %i', (text, limit) => {
    expect(readLimit(text)).toEqual({ ok: true, value: limit })
  })

  test.each(['', '0', '-1', '501', '1000', '1.5', '1e2', '0x10', ' 5', '05', 'all', '٥'])(
    '%j is refused',
    (text) => {
      expect(readLimit(text)).toMatchObject({
        ok: false,
        issue: { code: 'page/limit', value: text },
      })
    },
  )
})
