import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { money } from '#core/money.ts'
import { readCursor } from '#core/page.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'

const describeRows = (rows: readonly string[], limit: number) =>
  pageOf(rows, {
    limit,
    count: 12,
    total: money('100.00'),
    cursorOf: (row) => [row, 'id'],
    itemOf: (row) => ({ name: row }),
  })

describe('a page of a list', () => {
  test('one row more than the page holds is not shown and proves a next page', () => {
    const page = describeRows(['a', 'b', 'c'], 2)
    expect(page.items).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(readCursor(page.nextCursor ?? '')).toEqual({ ok: true, value: ['b', 'id'] })
  })

  test.each([
    ['no rows', []],
    ['fewer rows than the page holds', ['a']],
    ['as many rows as the page holds', ['a', 'b']],
  ])('%s: the last page', (_name, rows) => {
    const page = describeRows(rows, 2)
    expect(page).toMatchObject({ nextCursor: null, count: 12 })
    expect(page.items).toHaveLength(rows.length)
  })

  test('prints as the contract shows it', () => {
    const printed = JSON.parse(JSON.stringify(describeRows(['a'], 2)))
    const schema = pageSchema(z.object({ name: z.string() }))
    expect(schema.parse(printed)).toEqual({
      items: [{ name: 'a' }],
      nextCursor: null,
      count: 12,
      total: '100.00',
    })
  })

  test('a reader that hands over too many rows is a bug', () => {
    expect(() => describeRows(['a', 'b', 'c', 'd'], 2)).toThrow(RangeError)
  })
})
