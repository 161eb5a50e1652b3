import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#test/support/app.ts'
import { openSite, type Site } from '#test/support/site.ts'

let site: Site
let analyst: Person

beforeAll(async () => {
  site = await openSite()
  analyst = await site.app.person('analyst', 'analyst')
})
afterEach(() => expect(site.complaints).toEqual([]))
afterAll(() => site.close())

const dollars = (amount: string): string => amount.replaceAll(' ', '\u00a0')

/** The file that a link of the page gives. */
async function download(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(link)])
  return readFile(await file.path())
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_how, javaScript) => {
  test('an analyst compares both governments, switches one assumption and takes that view away', async () => {
    const page = await site.openAs(analyst, { javaScript })
    await page.click('nav >> text=Comparaison Québec–Canada')
    await page.fill('input[name=from]', '2021-2022')
    await page.fill('input[name=to]', '2025-2026')
    await page.click('main button[type=submit]')
    const foot = page.locator('main tfoot').first()
    expect(await foot.textContent()).toContain(dollars('147 106 925,00 $'))
    expect(await foot.textContent()).toContain(dollars('132 396 666,66 $'))

    await page.click('summary')
    await page.selectOption('select[name="assume.CA-2009:unknown:CA-2007"]', 'low')
    await page.click('main button[type=submit]')
    const address = new URL(page.url())
    expect(address.searchParams.get('assume.CA-2009:unknown:CA-2007')).toBe('low')
    expect(await foot.textContent()).toContain(dollars('102 396 666,66 $'))

    const csv = (await download(page, 'main >> text=Fichier CSV')).toString('utf8')
    expect(csv.trimEnd().split('\n').at(-1)).toContain('102396666,66')
    const book = await download(page, 'main >> text=Classeur Excel')
    expect(book.subarray(0, 2).toString()).toBe('PK')

    await page.goto(address.href)
    expect(await foot.textContent()).toContain(dollars('102 396 666,66 $'))
    await page.click('header >> text=English')
    expect(await foot.textContent()).toContain('$102,396,666.66')
  })

  test('the pictures are there, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await site.openAs(analyst, { javaScript, colorScheme })
      const pictures: string[] = []
      page.on('response', (answer) => {
        if (answer.url().includes('/comparison/chart.svg')) {
          pictures.push(`${answer.status()} ${new URL(answer.url()).searchParams.get('theme')}`)
        }
      })
      await page.goto(`${site.address}/fr/comparison`)
      for (const picture of await page.locator('main img').all()) {
        await picture.scrollIntoViewIfNeeded()
      }
      await expect
        .poll(() => pictures, { timeout: 60_000 })
        .toEqual([`200 ${colorScheme}`, `200 ${colorScheme}`])
    }
  })
})
