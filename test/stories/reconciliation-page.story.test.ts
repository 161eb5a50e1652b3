import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '#features/identity/actor.ts'
import { perform, record } from '#features/identity/context.public.ts'
import { dimensions } from '#features/reconciliation/facts.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { openManyEnvelopes } from '#test/support/many-envelopes.ts'
import { textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let browser: Visitor

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const { email } = await app.person('auditor', 'auditor')
  browser = visitor(app, await sessionFor(app, email))
})
afterAll(() => app.close())

const dollars = (amount: string): string => amount.replaceAll(' ', '\u00a0')
const shown = async (query: string): Promise<string> => {
  const { status, html } = await browser.get(`/fr/reconciliation?${query}`)
  expect([query, status]).toEqual([query, 200])
  return textOf(html)
}

describe('the reconciliation as a page', () => {
  test.each(dimensions)('shows one grand total by %s', async (by) => {
    const text = await shown(`by=${by}`)
    expect(text).toContain(dollars('147 106 925,00 $'))
    expect(text).toContain(dollars('6 389 496,00 $'))
  })

  test('proves its total, and shows what of the announcement is in no measure', async () => {
    const text = await shown('by=measure')
    expect(text).toContain('= Total')
    expect(text).toContain(dollars('2 893 075,00 $'))
    expect(text).not.toContain('Prévu fédéral selon la lecture')
  })

  test('shows the readings of a federal total, low, high and as asked', async () => {
    const text = await shown(
      'jurisdiction=CA&spread=straight-line&from=2021-2022&to=2025-2026&scenario=announced',
    )
    for (const figure of ['87 646 666,66 $', '132 396 666,66 $', '117 646 666,66 $']) {
      expect(text).toContain(dollars(figure))
    }
    expect(text).toContain('Hypothèses (12)')
  })

  test('leads from each row to what it is of, and from a year to its measures', async () => {
    const measures = await browser.get('/fr/reconciliation?by=measure')
    expect(measures.html).toContain('href="/fr/measures/QC-13"')
    expect(measures.html).toContain('href="/fr/envelopes/QC-COMMUNICATION"')
    const years = await browser.get('/fr/reconciliation?by=fiscal-year&spread=straight-line')
    const [, href = ''] = /href="([^"]*from=2022-2023[^"]*)"/.exec(years.html) ?? []
    const year = await browser.get(href.replaceAll('&amp;', '&'))
    expect(href).toContain('by=measure')
    expect(textOf(year.html)).toContain(dollars('4 953 900,00 $'))
  })

  test('says what its flags mean, in words', async () => {
    const text = await shown('by=measure')
    expect(text).toContain('octroi publié')
    expect(text).toContain('Le versement couvre deux exercices')
    expect(text).not.toContain('covers-two-years')
    expect(await shown('by=fiscal-year')).not.toContain('undistributed')
  })

  test('sorts by any column, totals last, and shows all columns when asked', async () => {
    const { html } = await browser.get('/fr/reconciliation?by=axis&sort=-planned&columns=all')
    expect(html).toContain('aria-sort="descending"')
    const body = html.slice(html.indexOf('<tbody'), html.indexOf('</tbody>'))
    expect(body.indexOf('AXE-4')).toBeLessThan(body.indexOf('AXE-3'))
    expect(textOf(html)).toContain('Virements et répartitions')
  })

  test.each([
    ['by=colour', 'by'],
    ['jurisdiction=US', 'jurisdiction'],
    ['from=2021', 'from'],
    ['to=<script>alert(1)</script>', 'to'],
    ['spread=wide', 'spread'],
    ['asOf=soon', 'asOf'],
    ['by=axis&by=lead', 'by'],
  ])('comes back with its form for %s, the field named', async (query, field) => {
    const { status, html } = await browser.get(`/fr/reconciliation?${query}`)
    expect(Math.floor(status / 100)).toBe(4)
    expect(html).toContain(`href="#f-${field}"`)
    expect(html).not.toContain('<script>alert')
  })

  test('keeps what was switched when another part of the question is refused', async () => {
    const switched = 'assume.CA-2009:unknown:CA-2007=low'
    const { html } = await browser.get(`/fr/reconciliation?jurisdiction=CA&from=x&${switched}`)
    expect(html).toContain('type="hidden" name="assume.CA-2009:unknown:CA-2007" value="low"')
    const wrong = await browser.get('/fr/reconciliation?jurisdiction=CA&assume=nonsense')
    expect(wrong.html).toContain('id="f-assume"')
  })
})

describe('a page of 500 rows', () => {
  test('is small', async () => {
    const many = await testApp({ template: 'published' })
    const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
    await perform(many.database.service, call, async (context) => {
      await openManyEnvelopes(context, 500)
      await record(context, { type: 'envelopes.added', subject: 'QC-X', before: null, after: {} })
    })
    const { email } = await many.person('auditor', 'auditor')
    const reader = visitor(many, await sessionFor(many, email))
    const { status, html } = await reader.get('/fr/reconciliation?by=envelope&columns=all')
    expect(status).toBe(200)
    expect(html.match(/<tr/g)?.length).toBeGreaterThan(500)
    expect(gzipSync(html).length).toBeLessThanOrEqual(100_000)
    await many.close()
  })
})
