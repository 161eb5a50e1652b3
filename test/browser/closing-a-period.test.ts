import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { extractHeader, ledgerRow } from '#test/support/extracts.ts'
import { openSite, type Site } from '#test/support/site.ts'

/** From a file of the ledger to a closed period, by three people, each in their own window. */
let site: Site
let officer: Person
let approver: Person
let administrator: Person

beforeAll(async () => {
  site = await openSite()
  officer = await site.app.person('officer', 'officer')
  approver = await site.app.person('approver', 'approver')
  administrator = await site.app.person('administrator', 'administrator')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

const extractOf = (month: string) => ({
  name: `extrait-${month}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      extractHeader,
      ledgerRow(`2025-${month}-03`, `F-${month}`, '1000.00'),
      ledgerRow(`2025-${month}-05`, `H-${month}`, '590.00'),
      ledgerRow(`2025-${month}-20`, `G-${month}`, '30.00', 'Abonnement'),
      '',
    ].join('\n'),
  ),
})

const spend = (documentNumber: string, amount: string, serviceDate: string) =>
  post(officer, approver, {
    ...{ documentNumber, amount, serviceDate, supplier: `Tiers ${documentNumber}` },
  })

/** Periods close in their order, so the one without a script goes first. */
describe.each([
  ['without JavaScript', false, '04', '1'],
  ['with JavaScript', true, '05', '2'],
] as const)('%s', (_how, javaScript, month, period) => {
  let run: string

  test('an officer loads an extract, accepts a proposal and explains what is left', async () => {
    await spend(`F-${month}`, '1000.00', `2025-${month}-03`)
    await spend(`H-${month}`, '600.00', `2025-${month}-04`)
    const page = await site.openAs(officer, { javaScript })
    await page.click('nav >> text=Extraits du grand livre')
    if (period !== '1') {
      await page.click('summary >> text=Charger un extrait')
    }
    await page.fill('input[name=fiscalYear]', '2025-2026')
    await page.selectOption('select[name=period]', period)
    await page.fill('input[name=rows]', '3')
    await page.fill('input[name=total]', '1 620,00')
    await page.setInputFiles('input[name=file]', extractOf(month))
    await page.click('text=Charger l’extrait')
    expect(await page.textContent('[role=status]')).toContain('Extrait chargé')
    await page.click('[role=status] a')
    await page.click('text=Lancer l’appariement')
    run = page.url()
    expect(await page.textContent('.glance')).toContain('Sans cause')
    await page.focus('button[value=match]')
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=step/)
    for (const box of await page.locator('.work input[type=checkbox]').all()) {
      await box.check()
    }
    await page.selectOption('select[name=cause]', 'timing')
    await page.fill('input[name=owner]', officer.email)
    await page.click('text=Expliquer les lignes cochées')
    expect(await page.textContent('main')).toContain('une autre personne doit le signer')
  })

  test('another person signs, and the administrator closes the period', async () => {
    const signing = await site.openAs(approver, { javaScript })
    await signing.goto(run)
    await signing.click('text=Signer le rapprochement')
    await signing.click('main button[type=submit]')
    expect(await signing.textContent('main')).toContain(`Signé par ${approver.email}`)
    const closing = await site.openAs(administrator, { javaScript })
    await closing.click('nav >> text=Périodes')
    await closing.fill('input[name=organization]', 'MSP')
    await closing.fill('input[name=fiscalYear]', '2025-2026')
    await closing.click('main button[type=submit]')
    await closing.click(`main table >> text=2025-2026-P0${period}`)
    expect(await closing.textContent('main')).toContain('Rien n’empêche de la fermer.')
    await closing.click('main button[type=submit]')
    expect(await closing.textContent('[role=status]')).toContain('La période a été fermée.')
  })
})

test('an officer sees what a file becomes before taking it in', async () => {
  const page = await site.openAs(officer, { javaScript: false })
  await page.click('nav >> text=Importation')
  const content = [
    'organisme;mesure;date;montant;piece;fournisseur;description',
    'MSP;12;2025-06-15;1234,50;I-1;PIPQ;Projet',
    'MSP;12;2025-02-30;10,00;I-2;PIPQ;Projet',
  ].join('\n')
  const buffer = Buffer.from(content)
  await page.setInputFiles('input[name=file]', { name: 'juin.csv', mimeType: 'text/csv', buffer })
  await page.click('text=Voir l’aperçu')
  expect(await page.textContent('main')).toContain('rien n’est encore inscrit')
  await page.click('text=Confirmer les lignes choisies')
  expect(await page.textContent('[role=status]')).toContain('C’est fait.')
})
