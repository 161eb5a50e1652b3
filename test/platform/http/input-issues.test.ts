import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { amountField, dateField, refuseInput, textField } from '#platform/http/input.ts'
import { issuesOf } from '#platform/http/input-issues.ts'
import { pointerOf } from '#platform/http/pointer.ts'

const found = (schema: z.ZodType, value: unknown): string[] => {
  const result = schema.safeParse(value, { reportInput: true })
  return result.success
    ? []
    : issuesOf(result.error.issues).map(({ pointer, code }) => `${pointer} ${code}`)
}

const document = z.strictObject({
  reason: textField(20),
  kind: z.enum(['term', 'recurring']),
  lines: z
    .array(z.strictObject({ amount: amountField, on: dateField.optional(), 'a/~b': z.int() }))
    .min(1)
    .max(2),
})
const line = { amount: '1.00', 'a/~b': 1 }
const good = { reason: 'ok', kind: 'term', lines: [line] }

describe('what zod found, as our issues', () => {
  test.each([
    ['nothing wrong', good, []],
    ['a field missing', { ...good, reason: undefined }, ['/reason input/missing']],
    ['an enum missing', { reason: 'ok', lines: [line] }, ['/kind input/missing']],
    ['a value of another type', { ...good, reason: 3 }, ['/reason input/wrong-type']],
    ['null where there is no null', { ...good, reason: null }, ['/reason input/wrong-type']],
    ['a value not in the list', { ...good, kind: 'x' }, ['/kind input/not-allowed']],
    [
      'unknown fields, one issue for each',
      { ...good, 'x/y~z': 1, b: 2 },
      ['/x~1y~0z input/unknown-field', '/b input/unknown-field'],
    ],
    [
      'an unknown field further inside',
      { ...good, lines: [line, { ...line, c: 1 }] },
      ['/lines/1/c input/unknown-field'],
    ],
    [
      'a field’s own reader',
      { ...good, lines: [{ ...line, amount: '1,234', on: '2025-02-30' }] },
      ['/lines/0/amount money/ambiguous', '/lines/0/on date/impossible'],
    ],
    [
      'an escaped name',
      { ...good, lines: [{ ...line, 'a/~b': 1.5 }] },
      ['/lines/0/a~1~0b input/wrong-type'],
    ],
    ['a list too short', { ...good, lines: [] }, ['/lines input/too-short']],
    ['a list too long', { ...good, lines: [line, line, line] }, ['/lines input/too-long']],
    ['an object that is a list', [], [' input/wrong-type']],
    [
      'everything at once',
      { kind: 1, lines: {}, z: 0 },
      [
        '/reason input/missing',
        '/kind input/not-allowed',
        '/lines input/wrong-type',
        '/z input/unknown-field',
      ],
    ],
  ])('%s', (_name, value, expected) => {
    expect(found(document, value).sort()).toEqual(expected.sort())
  })

  test('sizes of texts and numbers', () => {
    expect(found(z.string().max(2), 'abc')).toEqual([' input/too-long'])
    expect(found(z.string().min(2), 'a')).toEqual([' input/too-short'])
    expect(found(z.int().max(2), 3)).toEqual([' input/too-large'])
    expect(found(z.int().min(2), 1)).toEqual([' input/too-small'])
    expect(found(z.string().regex(/^a$/), 'b')).toEqual([' input/malformed'])
  })

  test('a bound is said with the figures of each language', () => {
    const result = z.array(z.int()).max(1_000).safeParse(Array(1_001).fill(0))
    expect(issuesOf(result.error?.issues ?? [])[0]?.detail).toEqual({
      fr: 'La liste doit compter au plus 1\u00a0000 éléments.',
      en: 'The list must have at most 1,000 items.',
    })
  })

  test('a choice of shapes: the discriminator is named', () => {
    const shapes = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('x') }),
      z.strictObject({ kind: z.literal('y'), amount: amountField }),
    ])
    expect(found(z.strictObject({ s: shapes }), { s: { kind: 'z' } })).toEqual([
      '/s/kind input/not-allowed',
    ])
    expect(found(z.strictObject({ s: shapes }), { s: {} })).toEqual(['/s/kind input/missing'])
    expect(found(z.strictObject({ s: shapes }), { s: { kind: 'y' } })).toEqual([
      '/s/amount input/missing',
    ])
    expect(found(z.strictObject({ s: shapes }), {})).toEqual(['/s input/missing'])
    expect(found(z.strictObject({ s: shapes }), { s: 1 })).toEqual(['/s input/wrong-type'])
  })

  test('alternatives: the one that is wrong only inside was meant', () => {
    const either = z.union([z.string(), z.strictObject({ amount: amountField })])
    expect(found(z.strictObject({ e: either }), { e: { amount: 'x' } })).toEqual([
      '/e/amount money/malformed',
    ])
    expect(found(z.strictObject({ e: either }), { e: 3 })).toEqual(['/e input/wrong-type'])
    expect(found(z.strictObject({ e: either }), {})).toEqual(['/e input/missing'])
  })

  test('names that a map does not allow', () => {
    const map = z.strictObject({ m: z.record(z.enum(['fr', 'en']), z.string()) })
    expect(found(map, { m: { fr: 'x', en: 'y', de: 'z' } })).toEqual(['/m/de input/unknown-field'])
  })

  test('a rule of a route’s own points further inside the value it saw', () => {
    const sum = z.strictObject({
      lines: z.array(z.int()).transform((lines, context) =>
        lines.length === 2
          ? lines
          : refuseInput(context, {
              pointer: '/0',
              code: 'test/unbalanced',
              detail: { fr: 'Non.', en: 'No.' },
            }),
      ),
    })
    expect(found(sum, { lines: [1] })).toEqual(['/lines/0 test/unbalanced'])
    const plain = z.int().refine((value) => value > 3)
    expect(found(plain, 1)).toEqual([' input/malformed'])
  })
})

describe('pointers', () => {
  test.each([
    [[], ''],
    [['a'], '/a'],
    [['lines', 0, 'amount'], '/lines/0/amount'],
    [['a/b', '~', '~1'], '/a~1b/~0/~01'],
    [[''], '/'],
    [['\u0007'], '/\ufffd'],
  ])('%j is %j', (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer)
  })
})
