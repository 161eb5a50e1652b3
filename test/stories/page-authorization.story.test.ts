import { randomBytes, randomUUID } from 'node:crypto'
import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Act, isOpenToAnybody, may } from '#features/identity/permission.ts'
import { csrfTokenOf } from '#features/identity/session.public.ts'
import { addressOf, languageOfPath } from '#platform/http/page-address.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { type Audience, audienceOf, type Listener } from '#test/support/audience.ts'
import { type Seen, visitor } from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { collectRoutes } from '#test/support/registered-routes.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** A page with a form, and where the form goes. */
const asForms = (...paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => [`GET ${path}`, `POST ${path}`])
const ofExpenditure = (step: string): string => `/expenditures/:id/${step}`

const proposals = ['/revisions/:id', '/proposals/envelopes/:code', '/proposals/relations/:id']

/** What every page does, without its language. One that is registered and not here fails. */
const pagesOf: Readonly<Partial<Record<Act, readonly string[]>>> = {
  'session.open': ['GET /sign-in', 'POST /sign-in', 'POST /sign-out'],
  'session.own': [
    'GET /',
    'GET /account',
    'POST /account/sessions/end',
    'POST /account/sessions/:id/end',
    ...asForms('/account/password'),
  ],
  'token.own': [
    ...['GET /tokens.csv', 'GET /tokens.xlsx'],
    ...asForms('/tokens', '/tokens/:id/revoke'),
  ],
  'user.manage': ['GET /users.csv', 'GET /users.xlsx', ...asForms('/users', '/users/:id')],
  'expenditure.read': [
    'GET /expenditures',
    'GET /expenditures.csv',
    'GET /expenditures.xlsx',
    'GET /expenditures/:id',
  ],
  'expenditure.enter': [
    'GET /expenditures/new',
    'GET /expenditures/new/standing.html',
    ...asForms(
      '/expenditures/new/paste',
      '/expenditures/new/submit',
      ...['edit', 'submit', 'delete', 'refund', 'reclassify', 'reverse'].map(ofExpenditure),
    ),
    'POST /expenditures/new',
  ],
  'expenditure.decide': [
    'GET /approvals.csv',
    'GET /approvals.xlsx',
    ...asForms(
      '/approvals',
      ...['approve', 'return', 'requests/:requestId/approve', 'requests/:requestId/refuse'].map(
        ofExpenditure,
      ),
    ),
  ],
  'organization.manage': ['POST /organizations/:code'],
  'commitment.read': [
    'GET /commitments',
    'GET /commitments.csv',
    'GET /commitments.xlsx',
    'GET /commitments/:id',
    'GET /commitments/:id/movements.csv',
    'GET /commitments/:id/movements.xlsx',
  ],
  'commitment.enter': asForms(
    '/commitments/new',
    ...['edit', 'submit', 'delete'].map((step) => `/commitments/:id/${step}`),
  ),
  'commitment.decide': asForms(
    ...['approve', 'return', 'release'].map((step) => `/commitments/:id/${step}`),
  ),
  'proposal.read': [
    'GET /revisions',
    'GET /revisions.csv',
    'GET /revisions.xlsx',
    'GET /revisions/:id',
    'GET /revisions/:id/lines.csv',
    'GET /revisions/:id/lines.xlsx',
    ...['', '/preview', '/:id/figures'].flatMap((list) => [
      `GET /year-end${list}.csv`,
      `GET /year-end${list}.xlsx`,
    ]),
    ...['envelopes', 'relations'].flatMap((list) => [
      `GET /proposals/${list}.csv`,
      `GET /proposals/${list}.xlsx`,
    ]),
    'GET /proposals',
    'GET /proposals/envelopes/:code',
    'GET /proposals/relations/:id',
    'GET /year-end',
    'GET /year-end/preview',
    'GET /year-end/:id',
  ],
  'proposal.prepare': [
    ...asForms(
      '/revisions/new',
      '/proposals/envelopes/new',
      '/proposals/relations/new',
      ...['edit', 'submit', 'delete'].flatMap((step) => proposals.map((path) => `${path}/${step}`)),
    ),
    'POST /year-end/preview',
  ],
  'proposal.decide': asForms(
    ...['approve', 'return'].flatMap((step) =>
      [...proposals, '/year-end/:id'].map((path) => `${path}/${step}`),
    ),
  ),
  'plan.read': ['measures', 'envelopes', 'organizations'].flatMap((list) => [
    `GET /${list}`,
    `GET /${list}.csv`,
    `GET /${list}.xlsx`,
    `GET /${list}/:code`,
  ]),
  'report.read': [
    'GET /year-end/:id/report.json',
    'GET /year-end/:id/report.xlsx',
    'GET /reconciliation',
    'GET /reconciliation.csv',
    'GET /reconciliation.xlsx',
    'GET /comparison',
    'GET /comparison/chart.svg',
    'GET /comparison.csv',
    'GET /comparison.xlsx',
    'GET /reports',
    'GET /reports/:report',
    ...['overview', 'timing'].flatMap((name) => [`GET /${name}.csv`, `GET /${name}.xlsx`]),
    'GET /exports',
    'GET /exports/:id/file.xlsx',
    ...asForms('/exports/new', '/exports/:id/cancel'),
  ],
  'extract.read': [
    'GET /extracts',
    'GET /extracts.csv',
    'GET /extracts.xlsx',
    'GET /extracts/:id',
    'GET /extracts/:id/rows.csv',
    'GET /extracts/:id/rows.xlsx',
    ...['', '.csv', '.xlsx'].map((ending) => `GET /extracts/mappings${ending}`),
  ],
  'extract.load': ['POST /extracts', ...asForms('/extracts/mapping')],
  'import.read': [
    'GET /imports',
    'GET /imports.csv',
    'GET /imports.xlsx',
    'GET /imports/:id',
    'GET /imports/:id/errors.xlsx',
    'GET /imports/:id/rows.csv',
    'GET /imports/:id/rows.xlsx',
  ],
  'import.prepare': [
    'POST /imports',
    'POST /imports/:id',
    ...['read-again', 'discard', 'submit', 'reverse'].flatMap((step) => [
      `GET /imports/:id/${step}`,
      `POST /imports/:id/${step}`,
    ]),
  ],
  'import.decide': ['approve', 'return', 'approve-reversal', 'refuse-reversal'].flatMap((step) => [
    `GET /imports/:id/${step}`,
    `POST /imports/:id/${step}`,
  ]),
  'matching.read': [
    'GET /matching',
    'GET /matching/:id',
    'GET /matching/:id/open.csv',
    'GET /matching/:id/open.xlsx',
  ],
  'matching.prepare': ['POST /matching', 'POST /matching/:id'],
  'matching.sign': ['GET /matching/:id/sign', 'POST /matching/:id/sign'],
  'journal.read': ['GET /journal', 'GET /journal.csv', 'GET /journal.xlsx', 'GET /journal/:id'],
  'event.read': ['GET /events', 'GET /events.csv', 'GET /events.xlsx', 'GET /events/:position'],
  'observation.read': ['GET /observations', 'GET /observations.csv', 'GET /observations.xlsx'],
  'observation.write': ['POST /observations'],
  'record.verify': [
    'GET /verify',
    'GET /verify/workbook',
    'POST /verify/workbook',
    'GET /evidence.zip',
    'GET /anchors',
    'GET /anchors.csv',
    'GET /anchors.xlsx',
  ],
  'period.read': ['GET /periods', 'GET /periods.csv', 'GET /periods.xlsx'],
  'period.manage': ['GET /periods/:organization/:period', 'POST /periods/:organization/:period'],
}

interface Way {
  readonly method: string
  readonly url: string
  readonly act: Act | null
}

const secret = randomBytes(32).toString('base64url')

let app: TestApp
let ways: readonly Way[]
let audience: Audience
let cookies: ReadonlyMap<string, string>

beforeAll(async () => {
  const { made, routes } = await collectRoutes(() => testApp({ sessionSecret: secret }))
  app = made
  ways = routes
    .flatMap(waysOf)
    .filter(({ url, method }) => languageOfPath(url) !== null && method !== 'HEAD')
  audience = await audienceOf(app)
  const held = Object.entries(audience).filter(([, { actor }]) => actor !== null)
  cookies = new Map(
    await Promise.all(
      held.map(async ([name, { person }]) => [name, await sessionFor(app, person.email)] as const),
    ),
  )
})
afterAll(() => app.close())

const waysOf = ({ method, url, config }: RouteOptions): readonly Way[] =>
  [method].flat().map((each) => ({ method: each, url, act: config?.act ?? null }))

const nameOf = ({ method, url }: Way): string => `${method} ${addressOf(url)}`

describe('every page', () => {
  test('says what it does, in both languages, and it is what is written here', () => {
    const expected = Object.entries(pagesOf).flatMap(([act, names]) =>
      names.map((name) => `${act} ${name}`),
    )
    for (const language of ['fr', 'en']) {
      const here = ways.filter(({ url }) => languageOfPath(url) === language)
      const found = here.map((way) => `${way.act} ${nameOf(way)}`)
      expect([...new Set(found)].toSorted()).toEqual(expected.toSorted())
    }
  })
})

describe('whoever opens a page', () => {
  test('is let through where a role of theirs allows, refused elsewhere, or asked to sign in', async () => {
    const found: unknown[] = []
    const expected: unknown[] = []
    for (const way of ways) {
      for (const [name, listener] of Object.entries(audience)) {
        expected.push([way.method, way.url, name, expectedOf(way, listener)])
        found.push([way.method, way.url, name, outcomeOf(await ask(way, name))])
      }
    }
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(100)
  })

  test('and is refused leaves nothing behind', async () => {
    const before = await recordOf(app.database.owner)
    for (const way of ways) {
      for (const [name, listener] of Object.entries(audience)) {
        if (expectedOf(way, listener) !== 'let through') {
          await ask(way, name)
        }
      }
    }
    expect(await recordOf(app.database.owner)).toEqual(before)
  })
})

function expectedOf({ act }: Way, { actor }: Listener): string {
  if (act !== null && isOpenToAnybody(act)) {
    return 'let through'
  }
  return actor === null ? 'to sign in' : act !== null && may(actor, act) ? 'let through' : 'refused'
}

function outcomeOf({ status, location = '', html }: Seen): string {
  expect(status).toBeLessThan(500)
  if (status === 403) {
    return 'refused'
  }
  const asksToSignIn = status === 401 && html.includes('name="password"')
  return (status === 303 && location.includes('/sign-in?next=')) || asksToSignIn
    ? 'to sign in'
    : 'let through'
}

/** Of nothing that exists, so that nothing changes where the asker is let through. */
async function ask({ method, url }: Way, name: string): Promise<Seen> {
  const cookie = cookies.get(name)
  const browser = visitor(app, cookie)
  const address = url.replace(/:(\w+)/g, (_, part) => (/id$/i.test(part) ? randomUUID() : 'x'))
  if (method === 'GET') {
    return browser.get(address)
  }
  // Signing out would end the session of the next question; it is open to anybody.
  const csrf = cookie === undefined ? '' : csrfTokenOf(secret, cookie.split('=')[1] ?? '')
  return url.endsWith('/sign-out')
    ? visitor(app).post(address, {})
    : browser.post(address, { csrf, key: randomUUID() })
}
