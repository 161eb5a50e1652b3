import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityOf } from '#test/support/accessibility.ts'
import type { Person } from '#test/support/app.ts'
import { goodPassword } from '#test/support/browser.ts'
import { extractHeader, ledgerRow } from '#test/support/extracts.ts'
import { sessionFor } from '#test/support/sessions.ts'
import { openSite, type Site } from '#test/support/site.ts'

/** Somebody is at a form when their session ends, as it does overnight or from another device. */
let site: Site
let officer: Person

beforeAll(async () => {
  site = await openSite()
  officer = await site.app.person('officer', 'officer')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

async function signInAgain(page: Page): Promise<void> {
  await page.fill('input[name=email]', officer.email)
  await page.fill('input[name=password]', goodPassword)
  await page.click('main button[type=submit]')
}

const ledgerOf = (month: string) => ({
  name: `extrait-${month}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [extractHeader, ledgerRow(`2025-${month}-03`, `S-${month}`, '30.00'), ''].join('\n'),
  ),
})

describe.each([
  ['with JavaScript', true, '08', '5'],
  ['without JavaScript', false, '09', '6'],
] as const)('%s', (how, javaScript, month, period) => {
  test('a session is ended from another window, and what was typed there is sent after signing in', async () => {
    const there = await site.openAs(officer, { javaScript })
    await there.goto(`${site.address}/fr/commitments/new`)
    await there.fill('input[name=reference]', `E-${month}`)

    const here = await site.openWith(await sessionFor(site.app, officer.email), { javaScript })
    await here.goto(`${site.address}/fr`)
    await here.click('nav a[href="/fr/account"]')
    expect(await here.textContent('main table')).toContain('Celle-ci')
    if (javaScript) {
      expect(await accessibilityOf(here)).toEqual([])
    }
    await here.click('text=Mettre fin à toutes les autres')
    expect(await here.textContent('[role=status]')).toContain('n’est plus en session')
    expect(await here.locator('main tbody tr').count()).toBe(1)

    await there.click('main form[method=post] button[type=submit]')
    expect(await there.textContent('main')).toContain('Ce que vous avez saisi est gardé')
    await signInAgain(there)
    expect(await there.textContent('main')).toContain(`E-${month}`)
    await there.click('main button[type=submit]')
    expect(await there.inputValue('input[name=reference]')).toBe(`E-${month}`)
    expect(await there.textContent('#errors')).toContain('À corriger')
  })

  test('what was typed beside a file is kept, and the file is chosen again', async () => {
    const page = await site.openAs(officer, { javaScript })
    await page.click('nav >> text=Extraits du grand livre')
    if (period !== '5') {
      await page.click('summary >> text=Charger un extrait')
    }
    await page.fill('input[name=fiscalYear]', '2025-2026')
    await page.selectOption('select[name=period]', period)
    await page.fill('input[name=rows]', '1')
    await page.fill('input[name=total]', '30,00')
    await page.setInputFiles('input[name=file]', ledgerOf(month))
    await page.context().clearCookies()
    await page.click('text=Charger l’extrait')
    expect(await page.textContent('main')).toContain('mais pas le fichier')
    await signInAgain(page)
    expect(await page.textContent('main')).toContain('choisissez-le de nouveau')
    expect(await page.textContent('main ul')).toContain('30,00')
    if (javaScript) {
      expect([how, await accessibilityOf(page)]).toEqual([how, []])
    }
    await page.setInputFiles('input[name=file]', ledgerOf(month))
    await page.click('main button[type=submit]')
    expect(await page.textContent('[role=status]')).toContain('Extrait chargé')
  })
})
