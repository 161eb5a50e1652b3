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

const dollars = (amount: string): string => amount.replaceAll(' ', '\u00a0')
const shown = async (path: string): Promise<string> => {
  const { status, html } = await browser.get(path)
  expect([path, status]).toEqual([path, 200])
  return textOf(html)
}

describe('the measures', () => {
  test('are all there, each with its own page', async () => {
    const { html } = await browser.get('/fr/measures')
    const links = [...html.matchAll(/href="(\/fr\/measures\/QC-[^".]+)"/g)].map(([, path]) => path)
    expect(new Set(links).size).toBe(37)
    for (const path of links) {
      expect([path, (await browser.get(path ?? '')).status]).toEqual([path, 200])
    }
  })

  test('are shown as published, with their source', async () => {
    const { body } = await analyst.get('/measures/QC-8')
    const text = await shown('/fr/measures/QC-8')
    for (const said of [
      body.title.fr,
      body.source.sha256,
      body.source.quote,
      ...body.deliverables,
      'Ministère de l’Éducation',
    ]) {
      expect(text.replaceAll('’', "'")).toContain(said.replaceAll('’', "'"))
    }
    expect(text).toContain(dollars('10 310 069,00 $'))
    expect(text).toContain('rien d’inscrit')
  })

  test('lead to the shared envelope and its other members', async () => {
    const { html } = await browser.get('/fr/measures/QC-4')
    expect(html).toContain('href="/fr/envelopes/QC-COMMUNICATION"')
    expect(html).toContain('href="/fr/measures/QC-A2"')
    expect(textOf(html)).toContain(dollars('2 903 063,00 $'))
  })

  test('say what their team was before, where the sources do', async () => {
    const text = await shown('/fr/measures/QC-25')
    expect(text).toContain('Existe depuis 2017')
    expect(text).toContain("la mesure ajoute à une base dont le montant n'est pas dans les sources")
  })
})

describe('the envelopes', () => {
  test('are all there, each with its own page', async () => {
    const { html } = await browser.get('/fr/envelopes')
    const links = [...html.matchAll(/href="(\/fr\/envelopes\/[^".]+)"/g)].map(([, path]) => path)
    expect(new Set(links).size).toBe(32)
    for (const path of new Set(links)) {
      expect([path, (await browser.get(path ?? '')).status]).toEqual([path, 200])
    }
  })

  test('are shown with their terms, relations and the words these rest on', async () => {
    const { body } = await analyst.get('/envelopes/CA-2009')
    const text = await shown('/fr/envelopes/CA-2009')
    expect(text).toContain(dollars('41 000 000,00 $'))
    expect(text).toContain('CA-2009 renouvelle CA-2004 (énoncée)')
    for (const { citation } of body.relations) {
      expect(text).toContain(citation)
    }
    expect(text).toContain(body.source.sha256)
  })

  test('are shown with what each year can still bear, and each of their members', async () => {
    const text = await shown('/fr/envelopes/QC-COMMUNICATION')
    expect(text).toContain('Marge par exercice')
    expect(text.split(dollars('2 903 063,00 $')).length).toBeGreaterThan(6)
    const { html } = await browser.get('/fr/envelopes/QC-COMMUNICATION')
    for (const member of ['3', '4', '5', '7', 'A1', 'A2']) {
      expect(html).toContain(`href="/fr/measures/QC-${member}"`)
    }
  })
})

describe('the plan', () => {
  test.each(['measures', 'envelopes', 'measures/QC-8', 'envelopes/CA-2009'])(
    '%s is a file too',
    async (path) => {
      const csv = await browser.get(`/en/${path}.csv`)
      expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
      const book = await browser.get(`/en/${path}.xlsx`)
      expect([book.status, book.html.slice(0, 2)]).toEqual([200, 'PK'])
    },
  )

  test.each([
    ['/fr/measures/QC-99', 404, 'La mesure « QC-99 » n’existe pas dans le plan.'],
    ['/fr/envelopes/CA-1999', 404, 'L’enveloppe « CA-1999 » n’existe pas.'],
    ['/fr/measures/%3Cscript%3E', 404, 'n’existe pas'],
    [`/fr/measures/${'x'.repeat(80)}`, 404, 'introuvable'],
    ['/fr/measures?colour=red', 400, 'colour'],
  ])('refuses %s', async (path, expected, words) => {
    const { status, html } = await browser.get(path)
    expect([status, textOf(html)]).toEqual([expected, expect.stringContaining(words)])
    expect(html).not.toContain('<script>')
  })
})
