import { describe, expect, test } from 'vitest'
import type { Sheet, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { assertWritable } from '#platform/tables/xlsx-rules.ts'

const good: Sheet = {
  name: 'Écarts',
  kind: 'table',
  title: 'Écarts',
  columns: [
    { key: 'a', header: 'Un' },
    { key: 'b', header: 'Deux' },
  ],
  rows: [[{ text: 'x' }, { empty: true }]],
}

const book = (...sheets: readonly Sheet[]): Workbook => ({
  language: 'fr',
  title: 'Rapport',
  creator: 'Vigie',
  instant: '2026-04-01T12:00:00Z',
  sheets,
})

const [first, second] = good.columns as [(typeof good.columns)[0], (typeof good.columns)[1]]

describe('a workbook that Excel would repair on opening', () => {
  test.each([
    ['no sheet', book()],
    ['two sheets of one name', book(good, { ...good, name: 'écarts' })],
    ['a name of 32 characters', book({ ...good, name: 'x'.repeat(32) })],
    ['an empty name', book({ ...good, name: '' })],
    ['a name with an apostrophe', book({ ...good, name: "L'écart" })],
    ['a name with a bracket', book({ ...good, name: 'a[b' })],
    ['a name with a slash', book({ ...good, name: 'QC/CA' })],
    ['a name that ends with a space', book({ ...good, name: 'a ' })],
    ['a name that Excel keeps for itself', book({ ...good, name: 'History' })],
    ['a name on two lines', book({ ...good, name: 'a\nb' })],
    ['no column', book({ ...good, columns: [], rows: [] })],
    ['a column without header', book({ ...good, columns: [first, { key: 'b', header: ' ' }] })],
    ['two headers alike', book({ ...good, columns: [first, { key: 'b', header: 'UN' }] })],
    ['two keys alike', book({ ...good, columns: [first, { ...second, key: 'a' }] })],
    ['a header on two lines', book({ ...good, columns: [first, { key: 'b', header: 'a\nb' }] })],
    ['a row too short', book({ ...good, rows: [[{ text: 'x' }]] })],
    ['a total too long', book({ ...good, totalRow: Array(3).fill({ text: '' }) })],
    ['more rows than a sheet', book({ ...good, rows: Array(1_048_574).fill([]) })],
    ['a title with a control character', { ...book(good), title: 'a\u0007' }],
    ['too many links', book({ ...good, rows: Array(32_766).fill(Array(2).fill({ link: {} })) })],
  ])('is refused: %s', (_, workbook) => {
    expect(() => assertWritable(workbook)).toThrow(RangeError)
  })

  test('is refused: an instant that is none', async () => {
    await expect(writeWorkbook({ ...book(good), instant: 'hier' })).rejects.toThrow('hier')
  })

  test('is not this one, nor one whose names have accents, spaces and 31 characters', () => {
    expect(() => assertWritable(book(good))).not.toThrow()
    const name = `Budget prévu – ${'x'.repeat(16)}`
    expect(name).toHaveLength(31)
    expect(() => assertWritable(book({ ...good, name }))).not.toThrow()
  })
})
