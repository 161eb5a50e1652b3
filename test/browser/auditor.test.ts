import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityOf } from '#test/support/accessibility.ts'
import type { Person } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { editedFile, putCell, textCellXml } from '#test/support/returned.ts'
import { openSite, type Site } from '#test/support/site.ts'

let site: Site
let auditor: Person

beforeAll(async () => {
  site = await openSite()
  const officer = await site.app.person('officer', 'officer')
  const approver = await site.app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-8', supplier: 'Maison d’hébergement' })
  auditor = await site.app.person('auditor', 'auditor')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

const bookOf = (bytes: Uint8Array) => ({
  name: 'rapprochement.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(bytes),
})

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (how, javaScript) => {
  test('an auditor goes from the grand total to one document, its entry and its event', async () => {
    const page = await site.openAs(auditor, { javaScript })
    await page.click('nav >> text=Rapprochement budgétaire')
    const total = page.locator('main tfoot a[data-total]').first()
    const figure = await total.getAttribute('data-total')
    await total.click()
    const list = page.locator('[data-list-total]')
    expect(await list.getAttribute('data-list-total')).toBe(figure)
    await page.click('main tr:has-text("Maison d’hébergement") a[href*="/expenditures/"]')
    expect(await page.textContent('h1')).toMatch(/^Dépense D-/)
    await page.click('main a[href^="/fr/journal/"]')
    expect(await page.textContent('main tfoot')).toContain('0,00')
    await page.click('main a[href^="/fr/events/"]')
    expect(await page.textContent('main')).toContain('Dépense\u00a0: comptabilisation')
  })

  test('takes the workbook and brings it back: unchanged, then with one cell named', async () => {
    const page = await site.openAs(auditor, { javaScript })
    await page.goto(`${site.address}/fr/reconciliation`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('main >> text=Classeur Excel'),
    ])
    const book = await readFile(await download.path())
    await page.click('nav a[href="/fr/verify"]')
    await page.click('main >> text=Vérifier un classeur')
    await page.setInputFiles('input[type=file]', bookOf(book))
    await page.click('main button[type=submit]')
    expect(await page.textContent('[role=status]')).toContain('Inchangé')

    const edited = editedFile(book, (parts) =>
      putCell(parts, 'Sommaire', 'C6', textCellXml('C6', 'Autre chose')),
    )
    await page.setInputFiles('input[type=file]', bookOf(edited))
    await page.click('main button[type=submit]')
    expect(await page.textContent('[role=alert]')).toContain('1 différence')
    const row = page.locator('main tbody tr').first()
    expect(await row.textContent()).toContain('SommaireC6valeurAutre chose')
    if (javaScript) {
      expect(await accessibilityOf(page)).toEqual([])
    }

    // The answer has the address of its form: in the other language it is the form again.
    await page.click('.language')
    expect(await page.textContent('h1')).toBe('Verify a workbook')
  })

  test('verifies the record, and leaves an observation about an event', async () => {
    const page = await site.openAs(auditor, { javaScript })
    await page.click('nav a[href="/fr/verify"]')
    await page.click('main >> text=Vérifier maintenant')
    expect(await page.textContent('[role=status]')).toContain('Le registre tient')
    await page.click('nav a[href="/fr/events"]')
    await page.fill('input[name=text]', 'Maison')
    await page.click('main button[type=submit]')
    await page.click('main tbody th a >> nth=0')
    await page.click('main >> text=Inscrire une observation')
    await page.fill('textarea[name=text]', `Vu ${how}`)
    await page.click('main form[method=post] button')
    expect(await page.textContent('[role=status]')).toContain('L’observation est inscrite')
    expect(await page.textContent('main table')).toContain(`Vu ${how}`)
  })
})
