import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#test/support/app.ts'
import { openSite, type Site } from '#test/support/site.ts'

let site: Site
let officer: Person
let approver: Person

beforeAll(async () => {
  site = await openSite()
  officer = await site.app.person('officer', 'officer')
  approver = await site.app.person('approver', 'approver')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

/** Keys that are no data: between fields, and to save. */
function keyboardOf({ keyboard }: Page) {
  let beyondData = 0
  return {
    type: (text: string) => keyboard.type(text),
    async press(key: string) {
      beyondData += 1
      await keyboard.press(key)
    },
    taken() {
      const taken = beyondData
      beyondData = 0
      return taken
    },
  }
}

/** As Excel copies cells: tabs between, a line a row. */
const rowsOf = (name: string): string =>
  Array.from({ length: 20 }, (_, at) =>
    [
      at === 3 ? '31/02/2025' : `${String(at + 1).padStart(2, '0')}/05/2025`,
      'QC-12',
      `${name}-${at + 1}`,
      'PIPQ',
      `Projet ${at + 1}`,
      at === 7 ? 'dix dollars' : `1 ${String(100 + at)},25 $`,
    ].join('\t'),
  ).join('\n')

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (how, javaScript) => {
  const name = javaScript ? 'A' : 'B'
  const listOf = async (query: string) => (await officer.get(`/expenditures?${query}`)).body

  test('an officer enters three by keyboard alone, six keys at most beyond the data of each', async () => {
    const page = await site.openAs(officer, { javaScript })
    await page.click('nav >> text=Saisie des dépenses')
    const keys = keyboardOf(page)
    for (const at of [1, 2, 3]) {
      // Where the page put the cursor by itself: one types when one sees it.
      await page.waitForSelector('input[name=documentNumber]:focus')
      await keys.type(`${name}-${at}`)
      await keys.press('Tab')
      await keys.type('PIPQ')
      await keys.press('Tab')
      await keys.type('Formation')
      await keys.press('Tab')
      await keys.type(`${at} 000,50`)
      if (at === 1) {
        // The first of a series says its day and its measure; the others take them over.
        await keys.press('Tab')
        await keys.type('2025-06-15')
        await keys.press('Tab')
        await keys.type('12')
      }
      if (javaScript && at === 2) {
        await page.waitForSelector('#standing >> text=/2.000,50.\\$/')
        expect(await page.textContent('#standing')).toMatch(
          /Reste dans QC-M12.*après cette dépense/s,
        )
      }
      await Promise.all([page.waitForURL(/saved=/), keys.press('Enter')])
      await page.waitForSelector(`.notice >> text=/${at}.000,50.\\$/`)
      expect(keys.taken()).toBeLessThanOrEqual(6)
      const focused = () => document.activeElement?.getAttribute('name')
      if (javaScript) {
        expect(await page.evaluate(focused)).toBe('documentNumber')
      }
    }
    expect(await listOf(`text=${name}-&state=draft`)).toMatchObject({ count: 3, total: '6001.50' })
    await page.context().close()
  })

  test('they paste twenty lines from Excel, fix the two that are refused, and submit all', async () => {
    const page = await site.openAs(officer, { javaScript })
    await page.goto(`${site.address}/fr/expenditures/new/paste`)
    await page.fill('textarea[name=block]', rowsOf(`X${name}`))
    await page.click('main form button[type=submit]')
    const errors = await page.textContent('#errors')
    expect(errors).toContain('18 brouillon(s) enregistré(s); 2 ligne(s) à corriger')
    expect(await page.locator('[aria-invalid=true]').count()).toBe(2)
    await page.fill('input[name="lines.0.serviceDate"]', '2025-05-30')
    await page.fill('input[name="lines.1.amount"]', '1 107,25')
    await page.click('main form button[type=submit]')
    await page.waitForURL(/entered=2/)
    expect((await listOf(`text=X${name}-&state=draft`)).count).toBe(20)
    await page.click('text=Soumettre les brouillons choisis')
    await page.waitForURL(/submitted=23/)
    expect((await listOf('state=draft')).count).toBe(0)
    await page.context().close()
  })

  test('an approver returns one with a reason, and approves the others together', async () => {
    const page = await site.openAs(approver, { javaScript })
    await page.click('nav >> text=Approbations')
    await page.click('tr:has-text("Formation") >> nth=0 >> text=Retourner')
    await page.fill('textarea[name=reason]', `Pièce à joindre (${how})`)
    await page.click('main form button[type=submit]')
    await page.waitForURL(/returned=/)
    for (const box of await page.locator('main input[type=checkbox]').all()) {
      await box.check()
    }
    await page.click('text=Approuver les dépenses choisies')
    await page.waitForURL(/approved=22/)
    expect(await page.textContent('main')).toContain('Rien n’attend votre décision')
    await page.context().close()

    const back = await site.openAs(officer, { javaScript })
    await back.goto(`${site.address}/fr/expenditures/new`)
    await back.click('main table tbody a')
    expect(await back.textContent('main')).toContain(`Pièce à joindre (${how})`)
    await back.click('text=Supprimer')
    await back.click('text=Supprimer le brouillon')
    await back.waitForURL(/expenditures\/new$/)
    await back.context().close()
  })
})
