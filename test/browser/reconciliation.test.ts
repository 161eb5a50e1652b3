import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#test/support/app.ts'
import { openSite, type Site } from '#test/support/site.ts'

let site: Site
let auditor: Person

beforeAll(async () => {
  site = await openSite()
  auditor = await site.app.person('auditor', 'auditor')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

const dollars = (amount: string): string => amount.replaceAll(' ', '\u00a0')

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_how, javaScript) => {
  test('an auditor goes from the grand total to a year, a measure and its envelope, and takes the workbook', async () => {
    const page = await site.openAs(auditor, { javaScript })
    await page.click('nav >> text=Rapprochement budgétaire')
    await page.selectOption('select[name=by]', 'fiscal-year')
    await page.selectOption('select[name=spread]', 'straight-line')
    await page.click('main button[type=submit]')
    const foot = page.locator('main tfoot').first()
    expect(await foot.textContent()).toContain(dollars('147 106 925,00 $'))

    const [book] = await Promise.all([
      page.waitForEvent('download'),
      page.click('main >> text=Classeur Excel'),
    ])
    expect((await readFile(await book.path())).subarray(0, 2).toString()).toBe('PK')

    await page.click('main tbody >> text=2022-2023 >> nth=1')
    expect(await foot.textContent()).toContain(dollars('4 953 900,00 $'))
    await page.click('main tbody tr:has-text("QC-11") a >> nth=0')
    expect(await page.textContent('h1')).toBe('Mesure QC-11')
    expect(await page.textContent('main')).toContain(dollars('2 250 000,00 $'))
    await page.click('main >> text=QC-M11')
    expect(await page.textContent('h1')).toBe('Enveloppe QC-M11')
    await page.goBack()
    await page.goBack()
    expect(await foot.textContent()).toContain(dollars('4 953 900,00 $'))
  })
})
