import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareUtf8, utf8BytesOf, utf8Length } from '#core/utf8.ts'

const text = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '\x7f',
      '\x80',
      'é',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '😀',
      '😁',
      '\u{10ffff}',
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))

describe('text as UTF-8', () => {
  test.each([
    ['', 0],
    ['\0', 1],
    ['\x7f', 1],
    ['\x80', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['\u{10ffff}', 4],
  ])('%j is %i bytes', (sample, bytes) => {
    expect(utf8Length(sample)).toBe(bytes)
  })

  test('half a surrogate pair is half of four bytes', () => {
    expect([0xd800, 0xdbff, 0xdc00, 0xdfff].map(utf8BytesOf)).toEqual([2, 2, 2, 2])
    expect([0xd7ff, 0xe000].map(utf8BytesOf)).toEqual([3, 3])
  })

  test('lengths and order are those of the bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(utf8Length(a)).toBe(Buffer.byteLength(a))
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
      {
        seed: 16,
        numRuns: 2000,
        examples: [
          ['ab', 'a'],
          ['\uff5e', '😀'],
          ['a', 'a'],
        ],
      },
    )
  })
})
