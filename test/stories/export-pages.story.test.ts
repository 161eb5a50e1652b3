import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { drawNow } from '#test/support/exports.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** « Exportations »: what people ask for, follow, fetch and give up. */
let app: TestApp
let auditor: Person
let browser: Visitor
let analyst: Visitor

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('verif', 'auditor')
  const other = await app.person('analyste', 'analyst')
  browser = visitor(app, await sessionFor(app, auditor.email))
  analyst = visitor(app, await sessionFor(app, other.email))
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll(/[\u00a0\u202f]/g, ' ')

const last = async () => (await auditor.get('/exports?limit=1')).body.items[0]

async function ask(fields: Record<string, string> = {}) {
  const form = await browser.get('/fr/exports/new?spread=straight-line&jurisdiction=CA')
  const sent = await browser.send(form, { jurisdiction: 'CA', ...fields })
  expect([sent.status, sent.location]).toEqual([303, '/fr/exports?done=asked'])
  return { sent, asked: await last() }
}

describe('an export', () => {
  test('is asked for with what the address said, and waits on the page', async () => {
    const { sent, asked } = await ask({ by: 'fiscal-year' })
    expect(asked.command).toMatch(/--by fiscal-year .*--jurisdiction CA --spread straight-line/)
    const page = await browser.get(sent.location ?? '')
    expect(plain(page)).toContain('L’exportation est demandée.')
    expect(plain(page)).toContain('Rapprochement budgétaire')
    expect(plain(page)).toContain('en attente')
    expect(page.html).toContain(`/fr/exports/${asked.id}/cancel`)
  })

  test('tells how far it is, in both languages', async () => {
    const { id } = await last()
    await app.database.owner.query(
      `update queued_export set state = 'running', rows_done = 30000, rows_total = 200000
      where id = $1`,
      [id],
    )
    expect(plain(await browser.get('/fr/exports'))).toContain('30 000 lignes sur 200 000')
    expect(plain(await browser.get('/en/exports'))).toContain('30,000 of 200,000 lines')
  })

  test('is given up on a page of its own, once', async () => {
    const { id } = await last()
    const form = await browser.get(`/fr/exports/${id}/cancel`)
    const sent = await browser.send(form, {})
    expect([sent.status, sent.location]).toEqual([303, '/fr/exports?done=cancelled'])
    const page = await browser.get(sent.location ?? '')
    expect(plain(page)).toContain('annulée')
    expect(page.html).not.toContain(`/exports/${id}/`)
  })

  test('is fetched when it is ready, by who asked for it alone', async () => {
    const { asked } = await ask()
    await drawNow(app.database.service, asked.id)
    const path = `/fr/exports/${asked.id}/file.xlsx`
    expect((await browser.get('/fr/exports')).html).toContain(path)
    const file = await browser.get(path)
    expect(file.status).toBe(200)
    expect(file.headers['content-disposition']).toContain('reconciliation-')
    expect((await analyst.get(path)).status).toBe(404)
    expect(plain(await analyst.get('/fr/exports'))).toContain('Aucune exportation')
  })

  test('that is refused keeps what was typed, beside what is wrong', async () => {
    const form = await browser.get('/fr/exports/new')
    const wrong = await browser.send(form, { from: '2025', to: '2025-2026' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="2025"')
    const ahead = await browser.send(form, { asOf: '999999' })
    expect(ahead.status).toBe(422)
    expect(plain(ahead)).toContain('À corriger')
  })
})
