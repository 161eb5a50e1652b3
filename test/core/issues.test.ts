import { describe, expect, test } from 'vitest'
import { literal } from '#core/brand.ts'
import { excerpt } from '#core/excerpt.ts'
import { locate, read, unread } from '#core/issues.ts'

const detail = { fr: 'Le montant est vide.', en: 'The amount is empty.' }

describe('a reading', () => {
  test('is what was read', () => {
    expect(read(5)).toEqual({ ok: true, value: 5 })
    expect(literal(read(5))).toBe(5)
  })

  test('or why it could not be read, with the value if there is one', () => {
    expect(unread('money/empty', detail)).toEqual({
      ok: false,
      issue: { pointer: '', code: 'money/empty', detail },
    })
    expect(unread('money/malformed', detail, 'x')).toMatchObject({ issue: { value: 'x' } })
    expect(() => literal(unread('money/malformed', detail, 'x'))).toThrow('money/malformed: x')
  })

  test('is said of the place where the value stands', () => {
    const reading = unread('money/empty', detail)
    const located = reading.ok
      ? null
      : locate(reading.issue, { pointer: '/lines/0/amount', row: 2 })
    expect(located).toEqual({ pointer: '/lines/0/amount', row: 2, code: 'money/empty', detail })
  })
})

describe('what a refusal repeats', () => {
  test.each([
    ['short text as it is', 'Été 2026', 'Été 2026'],
    ['64 characters of a long one', 'x'.repeat(65), 'x'.repeat(64)],
    ['no half of a surrogate pair', `${'x'.repeat(63)}😀`, `${'x'.repeat(63)}\ufffd`],
    ['no control character', 'a\0b\u001b\r\n\u009f', 'a\ufffdb\ufffd\ufffd\ufffd\ufffd'],
    ['nothing that XML refuses', 'a\ufffeb\uffff', 'a\ufffdb\ufffd'],
  ])('%s', (_case, text, shown) => {
    expect(excerpt(text)).toBe(shown)
  })
})
