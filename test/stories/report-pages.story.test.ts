import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let analyst: Visitor
let officer: Visitor

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const people = [await app.person('analyst', 'analyst'), await app.person('officer', 'officer')]
  const [first, second] = await Promise.all(
    people.map(async ({ email }) => visitor(app, await sessionFor(app, email))),
  )
  if (first === undefined || second === undefined) {
    throw new Error('nobody is signed in')
  }
  analyst = first
  officer = second
})
afterAll(() => app.close())

const dollars = (amount: string): string => amount.replaceAll(' ', '\u00a0')

describe('the other reports', () => {
  test('are named on one page, the tie-out for whoever may read one', async () => {
    const [seen, opened] = [await analyst.get('/fr/reports'), await officer.get('/fr/reports')]
    expect(seen.html).toContain('/fr/reports/exceptions')
    expect(seen.html).not.toContain('/fr/reports/tie-out')
    expect(opened.html).toContain('/fr/reports/tie-out')
  })

  test.each([
    ['exceptions', 'ni engagement ni dépense n’est inscrit'],
    ['forecast', 'Prévision au rythme'],
    ['year-end', 'Aucun exercice de l’intervalle n’est fermé à cette position.'],
    ['announcements', 'aucun n’entre dans une colonne de dépenses'],
  ])('%s shows itself at once', async (name, words) => {
    const { status, html } = await analyst.get(`/fr/reports/${name}`)
    expect([status, textOf(html)]).toEqual([200, expect.stringContaining(words)])
  })

  test('a bridge asks where it begins, then leads from there to here', async () => {
    const asked = await analyst.get('/fr/reports/bridge')
    expect([asked.status, asked.html]).toEqual([200, expect.not.stringContaining('id="errors"')])
    const { html } = await analyst.get('/fr/reports/bridge?since=1')
    expect(textOf(html)).toContain(dollars('147 106 925,00 $'))
    expect(html).toMatch(/href="\/fr\/reconciliation\?jurisdiction=QC[^"]*asOf=1"/)
  })

  test('a tie-out that is not there says so', async () => {
    const query = 'organization=MSP&fiscalYear=2025-2026&period=3'
    const { status, html } = await officer.get(`/fr/reports/tie-out?${query}`)
    expect([status, html]).toEqual([404, expect.stringContaining('Aucun extrait')])
  })

  test('give the same rows as files', async () => {
    const { html } = await analyst.get('/fr/reports/exceptions?ahead=5.00&jurisdiction=CA')
    const [, href = ''] = /href="([^"]*exceptions\.csv[^"]*)"/.exec(html) ?? []
    const csv = await analyst.get(href.replaceAll('&amp;', '&'))
    expect(href).toContain('ahead=5.00&amp;jurisdiction=CA')
    expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const book = await analyst.get(href.replaceAll('&amp;', '&').replace('.csv', '.xlsx'))
    expect([book.status, book.html.slice(0, 2)]).toEqual([200, 'PK'])
  })

  test('that have a page elsewhere lead there', async () => {
    const { status, location } = await analyst.get('/fr/reports/reconciliation.csv?by=axis')
    expect([status, location]).toEqual([302, '/fr/reconciliation.csv?by=axis'])
  })

  test('that are none are not found', async () => {
    const { status, html } = await analyst.get('/fr/reports/nothing')
    expect([status, html]).toEqual([404, expect.stringContaining('Il n’y a pas de rapport')])
  })

  test.each([
    ['exceptions', 'ahead=beaucoup', 'ahead'],
    ['exceptions', 'late=-1', 'late'],
    ['bridge', 'since=hier', 'since'],
    ['forecast', 'from=25-26&from=26-27', 'from'],
    ['year-end', 'from=<b>', 'from'],
    ['announcements', 'jurisdiction=US', 'jurisdiction'],
  ])('%s comes back with its form for %s, the field named', async (name, query, field) => {
    const { status, html } = await analyst.get(`/fr/reports/${name}?${query}`)
    expect(Math.floor(status / 100)).toBe(4)
    expect(html).toContain(`href="#f-${field}"`)
    expect(html).toContain(`action="/fr/reports/${name}"`)
    expect(html).not.toContain('<b>')
  })

  test.each([
    ['bridge', 'a position to come', 'since=999999'],
    ['exceptions', 'what it does not take', 'since=1'],
    ['forecast', 'a dimension it has not', 'by=period'],
    ['tie-out', 'half a question', 'organization=MSP'],
    ['year-end', 'a long text', `asOf=${'9'.repeat(2000)}`],
  ])('%s comes back with its form for %s', async (name, _what, query) => {
    const { status, html } = await officer.get(`/fr/reports/${name}?${query}`)
    expect(Math.floor(status / 100)).toBe(4)
    expect(html).toContain('id="errors"')
  })
})

describe('a workbook that cannot be made', () => {
  test.each([
    ['/fr/reports/balance.xlsx', 404, 'Il n’y a pas de rapport'],
    ['/fr/reconciliation.xlsx?to=2035-2036', 422, '2035-2036'],
    ['/fr/comparison.xlsx?to=2035-2036', 422, '2035-2036'],
    ['/fr/reports/exceptions.xlsx?asOf=999999', 422, '999'],
    ['/fr/reports/year-end.xlsx?asOf=2098-01-01T00:00:00-05:00', 422, '2098'],
    ['/fr/reports/bridge.xlsx', 400, 'since'],
    ['/fr/reports/forecast.xlsx?asOf=hier', 400, 'La requête n’est pas valide'],
  ])('%s is refused by a page that says why', async (url, status, words) => {
    const seen = await analyst.get(url)
    expect([seen.status, seen.headers['content-type']]).toEqual([
      status,
      'text/html; charset=utf-8',
    ])
    expect(seen.headers['content-disposition']).toBeUndefined()
    expect(textOf(seen.html)).toContain(words)
  })
})
