import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let analyst: Person
let browser: Visitor

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  analyst = await app.person('analyst', 'analyst')
  browser = visitor(app, await sessionFor(app, analyst.email))
})
afterAll(() => app.close())

describe('the comparison as a page', () => {
  test('shows both governments, low to high, with the yearly rate and what is paid on', async () => {
    const { status, html } = await browser.get('/fr/comparison')
    const text = textOf(html)
    expect(status).toBe(200)
    for (const figure of ['147 106 925,00 $', '132 396 666,66 $', '87 646 666,66 $']) {
      expect(text).toContain(figure.replaceAll(' ', '\u00a0'))
    }
    expect(text).toContain('Canada : rythme annuel (récurrent)')
    expect(text).toContain('versé à une province ou à un organisme de bienfaisance')
    expect(text).toContain('Cumulé')
  })

  test('offers each assumption as a switch, with the words it rests on and what it moves', async () => {
    const { html } = await browser.get('/fr/comparison')
    const { body } = await analyst.get('/reports/comparison')
    const { assumptions } = body
    expect(assumptions.length).toBeGreaterThan(3)
    const text = textOf(html)
    for (const { code, citation } of assumptions) {
      expect(html).toContain(`name="assume.${code}"`)
      expect(text).toContain(citation.replaceAll('\\$', '$').replaceAll(/\s+/g, ' ').trim())
    }
    expect(text).toContain('elle change le prévu de -30\u00a0000\u00a0000,00\u00a0$')
  })

  test('takes an assumption otherwise, and says so in its address and its files', async () => {
    const query = 'assume.CA-2009%3Aunknown%3ACA-2007=low&scenario=high'
    const { html } = await browser.get(`/fr/comparison?${query}`)
    expect(textOf(html)).toContain('102\u00a0396\u00a0666,66\u00a0$')
    expect(html).toContain('<option value="low" selected>')
    const csv = await browser.get(`/fr/comparison.csv?${query}`)
    expect(csv.html).toContain('102396666,66')
    expect(html).toContain(`/fr/comparison.csv?${query.replaceAll('&', '&amp;')}`)
  })

  test('shows pictures that say in words what they show', async () => {
    const { html } = await browser.get('/en/comparison')
    const [image = ''] = html.match(/<img [^>]+>/) ?? []
    expect(image).toContain('2021-22: Quebec, planned $29.42M')
    const source = /src="([^"]+)"/.exec(image)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const picture = await browser.get(source)
    expect(picture.status).toBe(200)
    expect(picture.headers['content-type']).toBe('image/svg+xml')
    expect(picture.html).toContain('Quebec, planned')
  })

  test.each([
    ['from=x', 'from'],
    ['scenario=middle', 'scenario'],
    ['asOf=yesterday', 'asOf'],
    ['from=2021-2022&from=2022-2023', 'from'],
    ['from=<script>alert(1)</script>', 'from'],
  ])('comes back with its form for %s, the field named', async (query, field) => {
    const { status, html } = await browser.get(`/fr/comparison?${query}`)
    expect([status, html]).toEqual([expect.any(Number), expect.stringContaining(`#f-${field}`)])
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(html).not.toContain('<script>alert')
  })

  test.each([
    'assume=nonsense',
    'assume.CA-2009:unknown:CA-2007=low&assume.CA-2009:unknown:CA-2007=high',
    'assume.QC-1:adds:QC-2=low',
    'from=2025-2026&to=2021-2022',
    'since=1',
    'unheard=of',
    `asOf=${'1'.repeat(40)}`,
  ])('comes back with its form for %s', async (query) => {
    const { status, html } = await browser.get(`/fr/comparison?${query}`)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(html).toContain('id="errors"')
    expect(html).toContain('action="/fr/comparison"')
  })
})
