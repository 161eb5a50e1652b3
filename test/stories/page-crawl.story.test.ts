import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '#features/identity/actor.ts'
import { type BusyApp, busyApp } from '#test/support/busy-app.ts'
import { pageRoutes, type Visited, type Walk, walk } from '#test/support/crawl.ts'
import { englishOn } from '#test/support/english-words.ts'
import { type Element, elementsOf, parseHtml, textsOf } from '#test/support/html.ts'
import { markupOf } from '#test/support/markup.ts'
import { type Visitor, visitor } from '#test/support/pages.ts'

/**
 * Every page as every role in both languages, found by its route and by the links of the others: a
 * page that is added is looked at without a word here.
 */
let busy: BusyApp
let routes: readonly string[]
const walks = new Map<string, { readonly browser: Visitor; readonly walk: Walk }>()

const audiences = roles.flatMap((role) =>
  (['fr', 'en'] as const).map((language) => ({ role, language, name: `${role} ${language}` })),
)

beforeAll(async () => {
  busy = await busyApp()
  routes = pageRoutes(busy.routes)
  for (const { role, language, name } of audiences) {
    const browser = visitor(busy.app, busy.cookies[role])
    walks.set(name, { browser, walk: await walk(browser, routes, language) })
  }
}, 300_000)
afterAll(() => busy.app.close())

const walked = (name: string) => {
  const found = walks.get(name)
  if (found === undefined) {
    throw new RangeError(`nobody walked as ${name}`)
  }
  return found
}

/** Of what the reader may see: where they may not, they are told so. */
const opened = (name: string): readonly Visited[] =>
  walked(name).walk.pages.filter(({ seen }) => seen.status === 200)

const attribute = (name: string) => (element: Element) => element.attributes[name] !== undefined

const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"

test('every page is reached by somebody', () => {
  const reached = new Set(audiences.flatMap(({ name }) => opened(name).map(({ route }) => route)))
  // Whoever is signed in is sent on from there.
  expect(routes.filter((route) => !reached.has(route))).toEqual(['/sign-in'])
})

describe.each(audiences)('as $name', ({ language, name }) => {
  test('no link leads nowhere, or to what one may not open', () => {
    expect(walked(name).walk.deadLinks).toEqual([])
    const { pages } = walked(name).walk
    expect(pages.filter(({ seen }) => ![200, 303, 403].includes(seen.status))).toEqual([])
  })

  test('every page is well formed', async () => {
    const findings: string[] = []
    for (const { url, seen } of walked(name).walk.pages) {
      findings.push(...(await markupOf(seen.html)).map((finding) => `${url}: ${finding}`))
    }
    expect(findings).toEqual([])
  })

  test('no page holds a script or a style, or asks another host for anything', () => {
    for (const { seen, root } of walked(name).walk.pages) {
      expect(seen.headers).toMatchObject({
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
      })
      const inline = elementsOf(
        root,
        ({ name: tag, attributes, children }) =>
          tag === 'style' ||
          (tag === 'script' && children.length > 0) ||
          Object.keys(attributes).some((each) => each === 'style' || each.startsWith('on')),
      )
      expect(inline).toEqual([])
      const sources = elementsOf(root, attribute('src')).map(({ attributes }) => attributes.src)
      expect(sources.filter((source) => !source?.startsWith('/'))).toEqual([])
    }
  })

  test('the address alone shows the page again, and in the other language the same one', async () => {
    const { browser } = walked(name)
    for (const { url, root } of opened(name)) {
      const again = await browser.get(url)
      expect(contentOf(parseHtml(again.html))).toEqual(contentOf(root))
      const [other] = elementsOf(root, ({ attributes }) => attributes.class === 'language')
      const href = other?.attributes.href ?? ''
      expect(href).toBe(url.replace(/^\/(fr|en)/, language === 'fr' ? '/en' : '/fr'))
      expect((await browser.get(href)).status).toBe(200)
    }
  })

  test('every total that is a link leads to a list that adds up to it', async () => {
    const { browser } = walked(name)
    const wrong: string[] = []
    for (const { url, root } of opened(name)) {
      const links = elementsOf(
        root,
        ({ name: tag, attributes }) => tag === 'a' && attributes['data-total'] !== undefined,
      )
      for (const { attributes } of links) {
        const list = await browser.get(attributes.href ?? '')
        const [total] = elementsOf(parseHtml(list.html), attribute('data-list-total'))
        const found = total?.attributes['data-list-total']
        if (found !== attributes['data-total']) {
          wrong.push(`${url}: ${attributes['data-total']} is ${found} at ${attributes.href}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test('every page of figures is a file too, with the same totals', async () => {
    const { browser } = walked(name)
    for (const { url, root } of opened(name)) {
      const totals = totalsOf(root)
      if (totals.length > 0) {
        const hrefs = elementsOf(root, ({ name: tag }) => tag === 'a').map(
          ({ attributes }) => attributes.href ?? '',
        )
        const csv = hrefs.find((href) => /\.csv(?:\?|$)/.test(href))
        const xlsx = hrefs.find((href) => /\.xlsx(?:\?|$)/.test(href))
        expect([url, csv !== undefined, xlsx !== undefined]).toEqual([url, true, true])
        const file = await browser.get(`${csv}${csv?.includes('?') ? '&' : '?'}dialect=open`)
        const [last = ''] = file.html.trimEnd().split('\n').slice(-1)
        expect(last.split(',')).toEqual(expect.arrayContaining([...totals]))
        expect((await browser.get(xlsx ?? '')).status).toBe(200)
      }
    }
  })
})

describe('words', () => {
  test.each(roles)('of no French page that %s sees are English', (role) => {
    const found = walked(`${role} fr`).walk.pages.flatMap(({ url, root }) =>
      englishOn(root).map((text) => `${url}: ${text}`),
    )
    expect(found).toEqual([])
  })

  test('that are English are found, unless they are marked as such', () => {
    const found = (html: string) => englishOn(parseHtml(html))
    expect(found('<p>Other reports</p>')).toEqual(['Other reports'])
    expect(found('<p>Somme of the parts</p>')).toEqual(['Somme of the parts'])
    expect(found('<img src="/x" alt="Home"/>')).toEqual(['Home'])
    expect(found('<p>Budget, <span lang="en-CA">Other reports</span></p>')).toEqual([])
  })
})

/** What the page says, without what is new each time. */
const contentOf = (root: Element): readonly string[] =>
  elementsOf(root, ({ name }) => name === 'main').flatMap((main) => textsOf(main))

/** Of the last line of a table, or of a list. */
const totalsOf = (root: Element): readonly string[] => {
  const feet = elementsOf(root, ({ name }) => name === 'tfoot').flatMap((foot) =>
    elementsOf(foot, attribute('data-total')),
  )
  const lists = elementsOf(root, attribute('data-list-total'))
  return [...feet, ...lists].map(
    ({ attributes }) => attributes['data-total'] ?? attributes['data-list-total'] ?? '',
  )
}
