import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
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

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_how, javaScript) => {
  test('one signs in, changes language on the same figures, and signs out', async () => {
    const page = await site.openAs(auditor, { javaScript })
    await page.click('nav >> text=Rapprochement budgétaire')
    await page.selectOption('select[name=by]', 'axis')
    await page.click('main button[type=submit]')
    expect(new URL(page.url()).searchParams.get('by')).toBe('axis')
    await page.click('header >> text=English')
    expect(page.url()).toMatch(/\/en\/reconciliation\?.*by=axis/)
    expect(await page.textContent('tfoot')).toContain('$147,106,925.00')
    await page.click('header >> text=Sign out')
    expect(page.url()).toBe(`${site.address}/en/sign-in`)
    await page.goto(`${site.address}/en/reconciliation`)
    expect(page.url()).toContain('/en/sign-in?next=')
  })
})

describe('a link on a page of another site', () => {
  let elsewhere: Server
  beforeAll(async () => {
    const html = `<!DOCTYPE html><title>x</title><a href="${site.address}/fr/reconciliation">Vigie</a>
      <form method="post" action="${site.address}/fr/sign-out"><button>Out</button></form>`
    elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html)
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => elsewhere.close())

  /** Another site to a browser, though it is the same machine. */
  const address = () => `http://localhost:${(elsewhere.address() as AddressInfo).port}`

  test('opens the page for who is signed in, though the cookie is not sent along', async () => {
    const page = await site.openAs(auditor)
    await visitElsewhere(page)
    await page.click('text=Vigie')
    await page.waitForSelector('h1:has-text("Rapprochement budgétaire")')
    expect(page.url()).toBe(`${site.address}/fr/reconciliation`)
  })

  test('cannot sign anybody out', async () => {
    const page = await site.openAs(auditor)
    await visitElsewhere(page)
    await page.click('text=Out')
    expect(await page.textContent('main')).toContain('ne vient pas d’une page de Vigie')
    await page.goto(`${site.address}/fr`)
    expect(page.url()).toBe(`${site.address}/fr`)
  })

  const visitElsewhere = async (page: Page): Promise<void> => {
    await page.goto(address())
    // It is not our page that asked for it.
    site.complaints.length = 0
  }
})
