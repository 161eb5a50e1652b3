import type { RouteOptions } from 'fastify'
import type { Language } from '#core/language.ts'
import { addressOf, languageOfPath } from '#platform/http/page-address.ts'
import { type Element, elementsOf, parseHtml } from './html.ts'
import type { Seen, Visitor } from './pages.ts'

/** A page that somebody came to, and the route that showed it. */
export interface Visited {
  readonly url: string
  /** Without the language, as it was registered: `/measures/:code`. */
  readonly route: string
  readonly seen: Seen
  readonly root: Element
}

export interface Walk {
  readonly pages: readonly Visited[]
  /** Links that lead nowhere, or to what the reader may not open. */
  readonly deadLinks: readonly string[]
}

/** Addresses of one route that are looked at: a list and its filters, not every one of its lines. */
const perRouteMax = 4

const isFile = (path: string): boolean => /\.[a-z0-9]+(?:$|\?)/.test(path)

/** GET pages by their path without the language; files are followed, not read. */
export const pageRoutes = (routes: readonly RouteOptions[]): readonly string[] => [
  ...new Set(
    routes
      .filter(({ method, url }) => method === 'GET' && languageOfPath(url) !== null)
      .map(({ url }) => addressOf(url))
      .filter((path) => !isFile(path)),
  ),
]

/** From every page that has a plain address, along the links that each page shows. */
export async function walk(
  browser: Visitor,
  routes: readonly string[],
  language: Language,
): Promise<Walk> {
  const pages: Visited[] = []
  const deadLinks: string[] = []
  const seenTimes = new Map<string, number>()
  const asked = new Set<string>()
  const start = routes.filter((path) => !path.includes(':')).map((path) => `/${language}${path}`)
  const queue = start.map((url) => ({ url: url.replace(/\/$/, ''), from: '' }))
  for (const { url, from } of queue) {
    const route = routeOf(url, routes)
    const times = seenTimes.get(route ?? url) ?? 0
    if (asked.has(url) || times >= perRouteMax) {
      continue
    }
    asked.add(url)
    seenTimes.set(route ?? url, times + 1)
    const seen = await browser.get(url)
    if (from !== '' && ![200, 303].includes(seen.status)) {
      deadLinks.push(`${seen.status} ${url} linked from ${from}`)
    }
    if (route !== null && String(seen.headers['content-type']).startsWith('text/html')) {
      const root = parseHtml(seen.html)
      pages.push({ url, route, seen, root })
      queue.push(...linksOf(root, language).map((link) => ({ url: link, from: url })))
    }
  }
  return { pages, deadLinks }
}

function routeOf(url: string, routes: readonly string[]): string | null {
  const [path = '/'] = addressOf(url).split('?')
  // A path that is written out wins over one that has a parameter, as it does in the router.
  const fitting = routes.filter((route) =>
    new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
  )
  return fitting.toSorted((a, b) => a.split(':').length - b.split(':').length)[0] ?? null
}

const linksOf = (root: Element, language: Language): readonly string[] =>
  elementsOf(root, ({ name }) => name === 'a')
    .map(({ attributes }) => attributes.href ?? '')
    .filter((href) => languageOfPath(href) === language)
    .map((href) => href.replace(/#.*$/, ''))
