import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listedMax } from '#features/expenditures/expenditure-list.actions.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { imported, manyRows } from '#test/support/imports.ts'
import { type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** A list that is longer than a workbook of a page: its CSV has all of it, its workbook says no. */
let app: TestApp
let officer: Person
let browser: Visitor
const count = listedMax + 1

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  browser = visitor(app, await sessionFor(app, officer.email))
  await imported(officer, manyRows(count))
}, 120_000)
afterAll(() => app.close())

// 10 001 times 1 234.50
const total = '12346234.50'

describe('a list of more documents than a workbook takes', () => {
  test.each([
    ['the page', () => browser.get('/fr/expenditures.csv?dialect=open')],
    [
      'the API',
      () =>
        visitor(app).get('/api/v1/expenditures.csv', { authorization: `Bearer ${officer.token}` }),
    ],
  ])('is whole as CSV of %s, its total last', async (_, ask) => {
    const { status, html } = await ask()
    const lines = html.trimEnd().split('\n')
    expect([status, lines.length]).toEqual([200, count + 2])
    expect(new Set(lines.slice(1, -1).map((line) => /F-\d+/.exec(line)?.[0])).size).toBe(count)
    expect(lines.at(-1)).toMatch(new RegExp(`^total,.*,${total},`))
  })

  test('is refused as a workbook, and says where all of it is', async () => {
    const { status, html } = await browser.get('/fr/expenditures.xlsx')
    expect(status).toBe(422)
    expect(html).toContain('prenez la liste en CSV')
  })
})
