import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Canonical, canonical, type JsonValue, parseCanonical } from '#core/canonical.ts'
import { money } from '#core/money.ts'

const notCanonical = (value: unknown): Canonical => value as Canonical

const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((s) => !s.includes('\0'))
const anyText = fc.oneof(
  text,
  fc.string({ unit: 'binary', maxLength: 8 }).map((s) => s.toWellFormed().replaceAll('\0', '0')),
)
const { value: values } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => n + 0),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

describe('the one text of a value', () => {
  test.each([
    [null, 'n;'],
    [true, 't;'],
    [false, 'f;'],
    [42, 'i42;'],
    [-7, 'i-7;'],
    [0, 'i0;'],
    [Number.MAX_SAFE_INTEGER, 'i9007199254740991;'],
    ['', 's0:;'],
    ['a;b:c', 's5:a;b:c;'],
    ['é', 's2:é;'],
    ['😀', 's4:😀;'],
    ['\ufeffa', 's4:\ufeffa;'],
    [[], 'a0:;'],
    [[1, [null]], 'a2:i1;a1:n;;;'],
    [{}, 'o0:;'],
    [{ b: 1, a: 2 }, 'o2:s1:a;i2;s1:b;i1;;'],
    [{ '10': 1, '9': 2 }, 'o2:s2:10;i1;s1:9;i2;;'],
    [{ ab: 1, a: 2, '': 3 }, 'o3:s0:;i3;s1:a;i2;s2:ab;i1;;'],
  ] as const)('%j is %s', (value, expected) => {
    expect(canonical(value)).toBe(expected)
    expect(parseCanonical(expected)).toEqual(value)
  })

  test('an amount is its fixed-scale text', () => {
    expect(canonical({ on: '2026-03-31', amount: money('5.00') })).toBe(
      'o2:s6:amount;s4:5.00;s2:on;s10:2026-03-31;;',
    )
    expect(parseCanonical(canonical(money('-0.01')))).toBe('-0.01')
  })

  test('keys sort by the bytes of UTF-8, unlike JavaScript’s own order', () => {
    const keys = ['\u{1f600}', '\uff5e', '\u{1f601}', 'é', 'z']
    const record = Object.fromEntries(keys.map((key) => [key, null]))
    const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(byBytes).not.toEqual(keys.toSorted())
    expect(canonical(record)).toBe(
      `o5:${byBytes.map((key) => `s${Buffer.byteLength(key)}:${key};n;`).join('')};`,
    )
  })

  test('minus zero is zero, and a key named __proto__ is a key like any other', () => {
    expect(canonical(-0)).toBe('i0;')
    const hostile: JsonValue = JSON.parse('{"__proto__":{"a":1}}')
    const back = parseCanonical(canonical(hostile))
    expect(JSON.stringify(back)).toBe('{"__proto__":{"a":1}}')
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
  })

  test('an object without prototype is read as well', () => {
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('o1:s1:a;i1;;')
  })

  test.each([
    ['a fraction', 0.5],
    ['an unsafe integer', 2 ** 53],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['a hole in an array', new Array(1)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a symbol as a key', { [Symbol('a')]: 1 }],
    ['half a surrogate pair', '\ud83d'],
    ['half a surrogate pair in a key', { '\ude00': 1 }],
    ['NUL', 'a\0b'],
    ['NUL in a key', { '\0': 1 }],
  ])('%s has none', (_case, value) => {
    expect(() => canonical(notCanonical(value))).toThrow(RangeError)
    expect(() => canonical(notCanonical([value]))).toThrow(RangeError)
  })

  test('64 levels have one, 65 have none, and a circle ends', () => {
    const nested = (levels: number): Canonical => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(parseCanonical(canonical(nested(64)))).toEqual(nested(64))
    expect(() => canonical(nested(65))).toThrow(/64 levels/)
    expect(() => parseCanonical(`${'a1:'.repeat(65)}n;${';'.repeat(65)}`)).toThrow(/64 levels/)
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => canonical(notCanonical(circle))).toThrow(RangeError)
  })
})

describe('reading it back', () => {
  test.each([
    '',
    'n',
    'N;',
    'n;n;',
    'n; ',
    'u;',
    'i;',
    'i007;',
    'i-0;',
    'i+1;',
    'i1.5;',
    'i1e3;',
    'i0x1F;',
    'i9007199254740993;',
    'i42',
    's1:a',
    's2:a;',
    's0:a;',
    's01:a;',
    's-1:a;',
    's:a;',
    's1e0:a;',
    's1:é;',
    's2:😀;',
    's3:😀;',
    '😀',
    's1:\0;',
    's3:\ud83d;',
    's99999999999:a;',
    'a1:;',
    'a0:n;;',
    'a2:n;;',
    'a9999999999:n;',
    'a:;',
    'a1:n;,',
    'o1:s1:a;;',
    'o2:s1:b;n;s1:a;n;;',
    'o2:s1:a;n;s1:a;n;;',
    'o1:i1;n;;',
    'o1:x1:a;n;;',
    'a99999:s-5:a;',
  ])('%j is not canonical', (wrong) => {
    expect(() => parseCanonical(wrong)).toThrow(RangeError)
  })

  test('is the exact inverse of writing', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parseCanonical(canonical(value))).toEqual(value)
      }),
      { seed: 11, numRuns: 3000 },
    )
  })

  test('two values share a text only if they are the same value', () => {
    const same = (a: JsonValue, b: JsonValue): boolean => {
      const sorted = (value: JsonValue): unknown =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.entries(value)
              .map(([key, item]) => [key, sorted(item)])
              .toSorted(([x], [y]) => (String(x) < String(y) ? -1 : 1))
              .concat([['{}']])
          : Array.isArray(value)
            ? [...value.map(sorted), '[]']
            : value
      return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
    }
    const small = fc.oneof(values, fc.constantFrom<JsonValue>(1, '1', [1], ['1'], [], {}, '', null))
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(canonical(a) === canonical(b)).toBe(same(a, b))
      }),
      { seed: 12, numRuns: 3000 },
    )
  })

  test('a changed character is refused or is another value', () => {
    const characters = fc.constantFrom(...'0123456789:;nftisaoé-')
    fc.assert(
      fc.property(values, fc.nat(), characters, (value, place, character) => {
        const whole = canonical(value)
        const at = place % whole.length
        const changed = whole.slice(0, at) + character + whole.slice(at + 1)
        fc.pre(changed !== whole)
        let back: JsonValue
        try {
          back = parseCanonical(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        expect(canonical(back)).toBe(changed)
      }),
      { seed: 13, numRuns: 5000 },
    )
  })
})
