import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '#features/identity/actor.ts'
import { accessibilityOf, contrastOf } from '#test/support/accessibility.ts'
import { type BusyApp, busyApp } from '#test/support/busy-app.ts'
import { pageRoutes, type Visited, walk } from '#test/support/crawl.ts'
import { visitor } from '#test/support/pages.ts'
import { type Site, siteOf } from '#test/support/site.ts'
import { runs } from '#test/support/tier.ts'

/**
 * Every page that a role comes to, in both languages, in light and in dark: nothing that axe finds,
 * nothing refused by the policy, nothing asked of another host, no sideways scrolling at 320 px.
 * A page that looks the same to several roles is looked at once; beside other tests, one page of each
 * route and language.
 */
let busy: BusyApp
let site: Site
const known = new Set<string>()
const looks = new Map<string, number>()
const looksMax = runs(1, 20)

beforeAll(async () => {
  busy = await busyApp()
  site = await siteOf(busy.app)
}, 300_000)
afterAll(() => site.close())

const audiences = roles.flatMap((role) =>
  (['fr', 'en'] as const).map((language) => ({ role, language })),
)

describe.each(audiences)('as $role in $language', ({ role, language }) => {
  test('every page is for everybody, in light and in dark', async () => {
    const browser = visitor(busy.app, busy.cookies[role])
    const { pages } = await walk(browser, pageRoutes(busy.routes), language)
    const page = await site.openWith(busy.cookies[role], { language })
    const findings: string[] = []
    for (const visited of pages.filter(isNew)) {
      findings.push(...(await lookAt(page, visited)))
    }
    expect([...findings, ...site.complaints]).toEqual([])
  })
})

/** What a crawler does not come to by a link. */
describe.each(['fr', 'en'] as const)('in %s', (language) => {
  test.each([
    ['an address that is none', '/nowhere', 'officer'],
    ['a page of another role', '/users', 'officer'],
    ['a question that cannot be answered', '/reconciliation?from=x&to=2021-2022', 'auditor'],
    ['a query that is not known', '/reconciliation?colour=red', 'auditor'],
    ['a search that cannot be made', '/events?from=hier', 'auditor'],
    ['a record to be verified', '/verify?run=now', 'auditor'],
  ] satisfies [string, string, Role][])(
    '%s is answered by a page for everybody',
    async (_what, path, role) => {
      const page = await site.openWith(busy.cookies[role], { language })
      const url = `/${language}${path}`
      expect(await lookAt(page, { url })).toEqual([])
    },
  )

  test('so is the sign-in page, and what it says to a wrong password', async () => {
    const page = await site.open({ language })
    expect(await lookAt(page, { url: `/${language}/sign-in` })).toEqual([])
    await page.fill('input[name=email]', 'nobody@vigie.test')
    await page.fill('input[name=password]', 'wrong')
    await page.click('main button[type=submit]')
    expect(await findingsOf(page)).toEqual([])
  })
})

/** Apart from the frame, which every page of a role has, and from which one of many it shows. */
function isNew({ url, route, seen }: Visited): boolean {
  const place = `${url.slice(0, 3)} ${route}`
  const times = looks.get(place) ?? 0
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(seen.html) ?? []
  const same = main
    .replaceAll(/name="(?:csrf|key)" value="[^"]*"/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replaceAll(/[a-z]+@vigie\.test/g, '')
    .replaceAll(/\d+/g, '')
  if (known.has(same) || times >= looksMax) {
    return false
  }
  known.add(same)
  looks.set(place, times + 1)
  return true
}

async function lookAt(page: Page, { url }: { readonly url: string }): Promise<readonly string[]> {
  await page.goto(`${site.address}${url}`)
  return (await findingsOf(page)).map((finding) => `${url}: ${finding}`)
}

async function findingsOf(page: Page): Promise<readonly string[]> {
  const inLight = await accessibilityOf(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await contrastOf(page)
  await page.emulateMedia({ colorScheme: 'light' })
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: 320, height: 800 })
  const width = await page.evaluate(() => {
    const { document: shown } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } }
    }
    return shown.documentElement.scrollWidth
  })
  await page.setViewportSize(size)
  return [...inLight, ...inDark, ...(width > 320 ? [`${width} px wide in a window of 320`] : [])]
}
