import { randomUUID } from 'node:crypto'
import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organizationOfRole, roles } from '#features/identity/actor.ts'
import { actOf } from '#features/identity/calls.public.ts'
import {
  type Act,
  isOpenToAnybody,
  may,
  permissions,
  reach,
} from '#features/identity/permission.ts'
import { languageOfPath } from '#platform/http/page-address.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { type Audience, audienceOf, type Listener } from '#test/support/audience.ts'
import { recordOf } from '#test/support/refusals.ts'
import { collectRoutes } from '#test/support/registered-routes.ts'

/**
 * Who may do what, written down a second time and by hand: an edit of the table in permission.ts
 * is meant to be noticed here. For each act: officer, approver, auditor, analyst, administrator,
 * somebody without a role. `own` is the organization the role is held for.
 */
const written: Readonly<Record<Act, string>> = {
  'session.open': 'all all all all all all',
  'session.own': 'all all all all all all',
  'token.own': 'all all all all all all',
  'token.manage': '- - - - all -',
  'user.manage': '- - - - all -',
  'organization.manage': '- - - - all -',
  'plan.read': 'all all all all all -',
  'report.read': 'all all all all all -',
  'commitment.read': 'own own all - - -',
  'commitment.enter': 'own - - - - -',
  'commitment.decide': '- own - - - -',
  'expenditure.read': 'own own all - - -',
  'expenditure.enter': 'own - - - - -',
  'expenditure.decide': '- own - - - -',
  'import.read': 'own own all - - -',
  'import.prepare': 'own - - - - -',
  'import.decide': '- own - - - -',
  'extract.read': 'own own all - - -',
  'extract.load': 'own - - - - -',
  'matching.read': 'own own all - - -',
  'matching.prepare': 'own - - - - -',
  'matching.sign': '- own - - - -',
  'proposal.read': 'own own all - - -',
  'proposal.prepare': 'own - - - - -',
  'proposal.decide': '- own - - - -',
  'journal.read': '- - all - - -',
  'event.read': '- - all - - -',
  'record.verify': '- - all - - -',
  'observation.read': '- - all - - -',
  'observation.write': '- - all - - -',
  'period.read': 'all all all all all -',
  'period.manage': '- - - - all -',
}

const proposals = ['/envelopes/:code', '/relations/:id', '/revisions/:id']

/** What every route does. One that is registered and not here fails, and so does the reverse. */
const routesOf: Readonly<Partial<Record<Act, readonly string[]>>> = {
  'plan.read': [
    'GET /organizations.csv',
    'GET /programmes.csv',
    'GET /measures.csv',
    'GET /announcements.csv',
    'GET /envelopes.csv',
    'GET /relations.csv',
    'GET /organizations',
    'GET /programmes',
    'GET /measures',
    'GET /measures/:code',
    'GET /announcements',
    'GET /envelopes',
    'GET /envelopes/:code',
    'GET /relations',
  ],
  'report.read': [
    'GET /reports/:report',
    'GET /year-end/:id/report.json',
    'GET /year-end/:id/report.xlsx',
    'GET /exports',
    'POST /exports',
    'GET /exports/:id',
    'POST /exports/:id/cancel',
    'GET /exports/:id/file',
  ],
  'session.open': ['POST /session'],
  'session.own': [
    'GET /session',
    'DELETE /session',
    'PUT /session/password',
    'GET /sessions.csv',
    'GET /sessions',
    'DELETE /sessions',
    'DELETE /sessions/:id',
  ],
  'token.own': ['GET /tokens.csv', 'GET /tokens', 'POST /tokens', 'DELETE /tokens/:id'],
  'user.manage': [
    'GET /users.csv',
    'GET /users',
    'GET /users/:id',
    'POST /users',
    'PATCH /users/:id',
    'POST /users/:id/disable',
    'POST /users/:id/enable',
  ],
  'organization.manage': ['PATCH /organizations/:code'],
  'period.read': ['GET /periods.csv', 'GET /periods'],
  'period.manage': ['POST /periods/close', 'POST /periods/reopen'],
  'commitment.read': ['GET /commitments.csv', 'GET /commitments', 'GET /commitments/:id'],
  'commitment.enter': [
    'POST /commitments',
    'PATCH /commitments/:id',
    'DELETE /commitments/:id',
    'POST /commitments/:id/submit',
  ],
  'commitment.decide': [
    'POST /commitments/:id/approve',
    'POST /commitments/:id/return',
    'POST /commitments/:id/release',
  ],
  'expenditure.read': ['GET /expenditures.csv', 'GET /expenditures', 'GET /expenditures/:id'],
  'expenditure.enter': [
    'POST /expenditures',
    'PATCH /expenditures/:id',
    'DELETE /expenditures/:id',
    'POST /expenditures/:id/submit',
    'POST /expenditures/:id/reverse',
    'POST /expenditures/:id/refund',
    'POST /expenditures/:id/reclassify',
  ],
  'expenditure.decide': [
    'GET /approvals.csv',
    'GET /approvals',
    'POST /expenditures/approve',
    'POST /expenditures/:id/approve',
    'POST /expenditures/:id/return',
    'POST /expenditures/:id/requests/:requestId/approve',
    'POST /expenditures/:id/requests/:requestId/refuse',
  ],
  'import.read': [
    'GET /imports.csv',
    'GET /imports/:id/rows.csv',
    'GET /imports',
    'GET /imports/:id',
    'GET /imports/:id/errors.xlsx',
  ],
  'import.prepare': [
    'GET /imports/template.xlsx',
    'POST /imports/expenditures',
    'DELETE /imports/:id',
    'POST /imports/:id/confirm',
    'POST /imports/:id/submit',
    'POST /imports/:id/reverse',
  ],
  'import.decide': [
    'POST /imports/:id/approve',
    'POST /imports/:id/return',
    'POST /imports/:id/reversal/approve',
    'POST /imports/:id/reversal/refuse',
  ],
  'extract.read': [
    'GET /extracts.csv',
    'GET /extracts/:id/rows.csv',
    'GET /extract-mappings.csv',
    'GET /extracts',
    'GET /extracts/:id',
    'GET /extracts/:id/rows',
    'GET /extract-mappings',
  ],
  'extract.load': ['POST /extracts', 'PUT /extract-mappings'],
  'matching.read': ['GET /matching/runs.csv', 'GET /matching/runs', 'GET /matching/runs/:id'],
  'matching.prepare': [
    'POST /matching/runs',
    'POST /matching/matches',
    'DELETE /matching/matches/:id',
    'POST /matching/runs/:id/causes',
    'POST /matching/runs/:id/split',
  ],
  'matching.sign': ['POST /matching/runs/:id/sign'],
  'proposal.read': [
    'GET /revisions.csv',
    'GET /year-end.csv',
    ...proposals.slice(1).map((path) => `GET ${path}`),
    'GET /revisions',
    'GET /year-end',
    'GET /year-end/:id',
    'POST /year-end/preview',
  ],
  'proposal.prepare': [
    ...['POST /envelopes', 'POST /relations', 'POST /revisions', 'POST /year-end'],
    ...proposals.flatMap((path) => [`PUT ${path}`, `DELETE ${path}`, `POST ${path}/submit`]),
  ],
  'proposal.decide': [...proposals, '/year-end/:id'].flatMap((path) => [
    `POST ${path}/approve`,
    `POST ${path}/return`,
  ]),
  'journal.read': [
    'GET /journal/entries',
    'GET /journal/entries.csv',
    'GET /journal/entries.hledger',
  ],
  'event.read': ['GET /events', 'GET /events.csv'],
  'record.verify': [
    'GET /verify',
    'POST /verify/workbook',
    'GET /anchors',
    'GET /anchors.csv',
    'GET /evidence',
  ],
  'observation.read': ['GET /observations', 'GET /observations.csv'],
  'observation.write': ['POST /observations'],
}

/** What answers anybody: no figure and no name is behind it. */
const openRoutes = [
  'GET /',
  'GET /assets/:hash/:name',
  'GET /health/live',
  'GET /health/ready',
  'GET /api/v1/openapi.json',
  'GET /docs',
  'GET /docs/',
  'GET /docs/static/*',
  'GET /docs/json',
  'GET /docs/yaml',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
]

const prefix = '/api/v1'

interface Way {
  readonly method: string
  readonly url: string
  readonly act: Act | null
}

let app: TestApp
let ways: readonly Way[]
let audience: Audience

beforeAll(async () => {
  const { made, routes } = await collectRoutes(() => testApp())
  app = made
  // Pages are in page-authorization.story.test.ts.
  ways = routes.flatMap(waysOf).filter(({ url }) => languageOfPath(url) === null)
  audience = await audienceOf(app)
})
afterAll(() => app.close())

const waysOf = ({ method, url, config }: RouteOptions): readonly Way[] =>
  [method].flat().map((each) => ({ method: each, url, act: config?.act ?? null }))

/** A HEAD is the GET of the same address, and guarded like it. */
const nameOf = ({ method, url }: Way): string =>
  `${method === 'HEAD' ? 'GET' : method} ${url.replace(prefix, '')}`

describe('the table of who may do what', () => {
  test.each(Object.entries(written))('%s is for %s', (name, line) => {
    const act = Object.keys(permissions).find((known): known is Act => known === name)
    if (act === undefined) {
      throw new RangeError(`permission.ts has no ${name}`)
    }
    const reached = roles.map((role) => {
      const organization = organizationOfRole(role, 'MSP')
      return reach({ email: 'x', roles: [{ role, organization }] }, act)
    })
    const found = [...reached, reach({ email: 'x', roles: [] }, act)].map((organizations) =>
      organizations.length === 0 ? '-' : organizations.join() === '*' ? 'all' : 'own',
    )
    expect(found.join(' ')).toBe(line)
    expect(reached.every((each) => ['', '*', 'MSP'].includes(each.join()))).toBe(true)
  })

  test('has no act that is not written here', () => {
    expect(Object.keys(permissions).toSorted()).toEqual(Object.keys(written).toSorted())
  })

  test('reaches several organizations for who holds a role in several', () => {
    const held = ['MJQ', 'MSP', 'MJQ'].map((organization) => ({
      role: 'officer' as const,
      organization,
    }))
    expect(reach({ email: 'x', roles: held }, 'expenditure.enter')).toEqual(['MJQ', 'MSP'])
  })
})

describe('every route', () => {
  test('says what it does, and it is what is written here', () => {
    const guarded = ways.filter(({ act }) => act !== null)
    const found = guarded.map((way) => `${way.act} ${nameOf(way)}`)
    const expected = Object.entries(routesOf).flatMap(([act, names]) =>
      names.map((name) => `${act} ${name}`),
    )
    expect([...new Set(found)].toSorted()).toEqual(expected.toSorted())
    expect(guarded.every(({ url }) => url.startsWith(`${prefix}/`))).toBe(true)
  })

  test('that says nothing is one that answers anybody, and is written here', () => {
    const open = ways.filter(({ act }) => act === null).map((way) => `GET ${way.url}`)
    expect([...new Set(open)].toSorted()).toEqual(openRoutes.toSorted())
    const methods = ways.filter(({ act }) => act === null).map(({ method }) => method)
    expect([...new Set(methods)].toSorted()).toEqual(['GET', 'HEAD'])
  })

  test('below the prefix that forgets to say so stops the start', () => {
    expect(() => actOf({ url: '/api/v1/things', config: {} })).toThrow(
      'the route /api/v1/things declares no act of permission.ts',
    )
  })
})

/** Nothing that exists, so that nothing changes where the asker is let through. */
const addressOf = ({ url }: Way): string =>
  url.replace(prefix, '').replace(/:(\w+)/g, (_, name) => (/id$/i.test(name) ? randomUUID() : 'x'))

/** Allowed means let through to the body and the document, whatever these then say. */
function expectedOf(act: Act, { actor }: Listener): number | 'let through' {
  if (isOpenToAnybody(act)) {
    return 'let through'
  }
  return actor === null ? 401 : may(actor, act) ? 'let through' : 403
}

describe('whoever asks', () => {
  test('is let through to every route they may use anywhere, and refused at all others', async () => {
    const found: unknown[] = []
    const expected: unknown[] = []
    for (const way of ways) {
      for (const [name, listener] of Object.entries(audience)) {
        if (way.act !== null) {
          expected.push([nameOf(way), way.method, name, expectedOf(way.act, listener)])
          found.push([nameOf(way), way.method, name, await outcomeOf(way, listener)])
        }
      }
    }
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(400)
  })

  test('and is refused leaves nothing behind, whatever the body', async () => {
    const before = await recordOf(app.database.owner)
    for (const way of ways) {
      for (const listener of Object.values(audience)) {
        const isRefused = way.act !== null && expectedOf(way.act, listener) !== 'let through'
        if (isRefused && way.method !== 'HEAD') {
          const answer = await ask(way, listener, { organization: 'MSP', unheardOf: true })
          const code = listener.actor === null ? 'identity/token-refused' : 'identity/forbidden'
          expect([nameOf(way), answer.body.code]).toEqual([nameOf(way), code])
        }
      }
    }
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test('hears first that they are nobody, then that it is not theirs, then what is wrong', async () => {
    const url = '/expenditures'
    const body = { unheardOf: true }
    const statusOf = async (who: string): Promise<unknown> =>
      (await audience[who]?.person.send('POST', url, { body }))?.status
    expect(await statusOf('no token')).toBe(401)
    expect(await statusOf('analyst')).toBe(403)
    expect(await statusOf('officer')).toBe(422)
  })
})

async function outcomeOf(way: Way, listener: Listener): Promise<number | 'let through'> {
  const { status } = await ask(way, listener)
  expect(status).toBeLessThan(500)
  return status === 401 || status === 403 ? status : 'let through'
}

const ask = (way: Way, { person }: Listener, body?: unknown) =>
  person.send(way.method as 'POST', addressOf(way), { ...(body === undefined ? {} : { body }) })
