import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import { jsonRefusals } from '#platform/http/json-refusals.ts'
import { jsonDepthMax, parseStrictJson } from '#platform/http/strict-json.ts'
import { runs } from '#test/support/tier.ts'
import { bytes } from './http-support.ts'

/** The code and the pointer of the refusal, or what was read. */
function outcome(body: string | Uint8Array): unknown {
  try {
    return { read: parseStrictJson(typeof body === 'string' ? bytes(body) : body) }
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'invalid') {
      throw error
    }
    return `${error.code} at '${error.issues[0]?.pointer}'`
  }
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('JSON with one reading only', () => {
  test.each([
    ['{}', {}],
    ['  {"a" : [1, "x", null, true, false]}\r\n', { a: [1, 'x', null, true, false] }],
    ['"text"', 'text'],
    ['-0.5e-3', -0.0005],
    ['1e308', 1e308],
    ['{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}', { a: { a: { a: 1 } }, b: [{ a: 1 }, { a: 2 }] }],
    ['{"a":"a","b":"a: b","c":"\\"a\\":"}', { a: 'a', b: 'a: b', c: '"a":' }],
    ['{"":1," ":2}', { '': 1, ' ': 2 }],
    ['"\\ud83d\\ude00 \u{1f600}"', '\u{1f600} \u{1f600}'],
    ['["__proto__","constructor","prototype"]', ['__proto__', 'constructor', 'prototype']],
    ['{"a\\\\":1,"a":2}', { 'a\\': 1, a: 2 }],
    ['"a\ufeffb"', 'a\ufeffb'],
  ])('%s is read', (text, value) => {
    expect(outcome(text)).toEqual({ read: value })
  })

  test('32 levels are read and 33 are not', () => {
    expect(outcome(nested(jsonDepthMax))).toHaveProperty('read')
    expect(outcome(nested(jsonDepthMax + 1))).toBe(`http/json-too-deep at '${'/0'.repeat(32)}'`)
    expect(outcome(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)).toMatch('http/json-too-deep')
  })

  test.each([
    ['', 'http/body-missing'],
    [' \r\n\t', 'http/body-missing'],
    ['{', 'http/malformed-json'],
    ['{}{}', 'http/malformed-json'],
    ['{} x', 'http/malformed-json'],
    ['{"a":1,}', 'http/malformed-json'],
    ["{'a':1}", 'http/malformed-json'],
    ['{a:1}', 'http/malformed-json'],
    ['[1,,2]', 'http/malformed-json'],
    ['"a\nb"', 'http/malformed-json'],
    ['NaN', 'http/malformed-json'],
    ['Infinity', 'http/malformed-json'],
    ['-', 'http/malformed-json'],
    ['01', 'http/malformed-json'],
    ['+1', 'http/malformed-json'],
    ['0x10', 'http/malformed-json'],
    ['// {}\n{}', 'http/malformed-json'],
    ['\u00a0{}', 'http/malformed-json'],
    ['\ufeff{}', 'http/json-bom'],
    ['{"a":"\0"}', 'http/json-nul'],
    ['\0', 'http/json-nul'],
  ])('%j is refused: %s', (text, code) => {
    expect(outcome(text)).toBe(`${code} at ''`)
  })

  test.each([
    ['{"a":"\\u0000"}', 'http/json-nul', '/a'],
    ['{"a":1,"\\u0000":1}', 'http/json-nul', '/\ufffd'],
    ['{"a":["x","\\ud800"]}', 'http/json-lone-surrogate', '/a/1'],
    ['"\\udc00\\ud800"', 'http/json-lone-surrogate', ''],
    ['{"\\uDFFF":1}', 'http/json-lone-surrogate', '/\ufffd'],
    ['{"a":1,"a":1}', 'http/json-duplicate-key', '/a'],
    ['{"a":1,"\\u0061":2}', 'http/json-duplicate-key', '/a'],
    ['{"x":[{},{"b":1,"b"\n:2}]}', 'http/json-duplicate-key', '/x/1/b'],
    ['{"a/~b":1,"a/~b":2}', 'http/json-duplicate-key', '/a~1~0b'],
    ['{"__proto__":{"isAdmin":true}}', 'http/json-forbidden-key', '/__proto__'],
    ['{"\\u005f_proto__":1}', 'http/json-forbidden-key', '/__proto__'],
    ['{"a":{"constructor":{"prototype":{}}}}', 'http/json-forbidden-key', '/a/constructor'],
    ['[{"prototype":1}]', 'http/json-forbidden-key', '/0/prototype'],
    ['{"a":[0,1e999]}', 'http/json-number', '/a/1'],
    ['-1e400', 'http/json-number', ''],
  ])('%s is refused: %s at %j', (text, code, pointer) => {
    expect(outcome(text)).toBe(`${code} at '${pointer}'`)
  })

  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a pair written as three bytes', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character past U+10FFFF', [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22]],
    ['a sequence cut short', [0x22, 0xc3]],
    ['Windows-1252', [0x22, 0xe9, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('%s is not UTF-8', (_name, codes) => {
    expect(outcome(Uint8Array.from(codes))).toBe("http/json-not-utf8 at ''")
  })

  test('a pointer repeats at most 64 characters of a name', () => {
    const name = 'n'.repeat(100_000)
    expect(outcome(`{"${name}":1,"${name}":2}`)).toBe(
      `http/json-duplicate-key at '/${'n'.repeat(64)}'`,
    )
  })

  test('every refusal is said in both languages', () => {
    for (const sentence of Object.values(jsonRefusals)) {
      expect(sentence.fr).toMatch(/\.$|prototype\.$/)
      expect(sentence.en).not.toBe(sentence.fr)
    }
  })
})

const isTaken = (value: unknown): boolean => {
  if (typeof value === 'string') {
    return !value.includes('\0')
  }
  if (typeof value !== 'object' || value === null) {
    return true
  }
  const isOwn = (name: string): boolean => !['__proto__', 'constructor', 'prototype'].includes(name)
  return Object.entries(value).every(
    ([name, each]) => isOwn(name) && isTaken(name) && isTaken(each),
  )
}

describe('laws of the strict parser', () => {
  test('whatever JSON.stringify writes is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 }), (value) => {
        fc.pre(isTaken(value))
        for (const indent of [0, 2]) {
          const text = JSON.stringify(value, null, indent)
          expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text))
        }
      }),
      { seed: 20_260_401, numRuns: runs(500, 50_000) },
    )
  })

  test('no bytes make it throw anything but a refusal', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', 'a', '1', ' ', 'u0061')
    const soup = fc.array(pieces, { maxLength: 24 }).map((parts) => bytes(parts.join('')))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), soup), (body) => {
        expect(() => outcome(body)).not.toThrow()
      }),
      { seed: 20_260_402, numRuns: runs(3_000, 200_000) },
    )
  })

  const million = 1_048_576
  test.each([
    ['open brackets', '['.repeat(million)],
    ['half a million levels', nested(million / 2)],
    ['one text of backslashes', `"${'\\\\'.repeat(million / 2)}"`],
    ['one text of quotes', `"${'\\"'.repeat(million / 2)}"`],
    ['empty texts', `[${'"",'.repeat(million / 3)}""]`],
    ['texts with space behind', `["a"${' '.repeat(million)},"b"${' '.repeat(million)}]`],
    ['distinct names', `{${Array.from({ length: 90_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['one long number', '1'.repeat(million)],
    ['only space', ' '.repeat(million)],
  ])('a megabyte of %s takes less than a second of the processor', (_name, text) => {
    const start = process.threadCpuUsage()
    outcome(text)
    const { user, system } = process.threadCpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(1_000)
  })
})
