import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Person, type TestApp, type TestAppOptions, testApp } from './app.ts'
import { givePassword, goodPassword } from './browser.ts'

/**
 * The service on a port of its own and Debian's chromium before it. Everything a page asks for and
 * every complaint of the browser is noted: `site.complaints` is empty at the end of a good story.
 */
export interface Site {
  readonly app: TestApp
  readonly address: string
  /** Off-origin requests, refused scripts and styles, errors of scripts. */
  readonly complaints: string[]
  /** A window of its own, nobody signed in. */
  open(options?: WindowOptions): Promise<Page>
  /** A window with a session that is open already (test/support/sessions.ts). */
  openWith(cookie: string, options?: WindowOptions): Promise<Page>
  /** A window of somebody who signs in with their password, at the home page. */
  openAs(person: Person, options?: WindowOptions): Promise<Page>
  close(): Promise<void>
}

export interface WindowOptions {
  readonly javaScript?: boolean
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly language?: 'fr' | 'en'
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openSite = async (
  options: TestAppOptions = { template: 'published' },
): Promise<Site> => siteOf(await testApp(options))

export async function siteOf(app: TestApp): Promise<Site> {
  const address = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  })
  const complaints: string[] = []
  const open: Site['open'] = async (window = {}) => {
    const context = await contextOf(browser, window)
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    watch(page, address, complaints)
    return page
  }
  return {
    app,
    address,
    complaints,
    open,
    async openWith(cookie, window = {}) {
      const page = await open(window)
      const [name = '', value = ''] = cookie.split('=')
      // As TLS in front of us would set it; a browser sends it to its own machine all the same.
      const url = address.replace('http:', 'https:')
      const session = { name, value, url, secure: true, httpOnly: true }
      await page.context().addCookies([{ ...session, sameSite: 'Strict' }])
      return page
    },
    async openAs(person, window = {}) {
      await givePassword(app, person.email)
      const page = await open(window)
      await signIn(page, `${address}/${window.language ?? 'fr'}/sign-in`, person.email)
      return page
    },
    async close() {
      await browser.close()
      await app.close()
    },
  }
}

function contextOf(
  browser: Browser,
  { javaScript = true, colorScheme = 'light', width = 1280, language = 'fr' }: WindowOptions,
): Promise<BrowserContext> {
  return browser.newContext({
    javaScriptEnabled: javaScript,
    colorScheme,
    locale: `${language}-CA`,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
  })
}

async function signIn(page: Page, address: string, email: string): Promise<void> {
  await page.goto(address)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', goodPassword)
  await page.click('main button[type=submit]')
  await page.waitForURL(/\/(fr|en)$/)
}

function watch(page: Page, address: string, complaints: string[]): void {
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) {
      complaints.push(`asked elsewhere: ${request.url()}`)
    }
  })
  page.on('console', (message) => {
    // A refusal is a page too; the browser reports its status as an error of the network.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      complaints.push(`${page.url()}: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
}
