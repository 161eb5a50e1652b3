import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { proposed } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'
import { bringRows } from '#test/support/imports.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import { revision } from '#test/support/revisions.ts'
import { type Route, routesOf } from '#test/support/routes.ts'
import { sessionFor } from '#test/support/sessions.ts'
import { yearEnd } from '#test/support/year-ends.ts'

/** Whoever changes a document says which version of it they saw: every route, from the router's list. */
let app: TestApp
/** Holds every role that acts. */
let person: Person
let changing: readonly Route[]

beforeAll(async () => {
  app = await testApp()
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  for (const organization of ['MSP', 'GRC']) {
    await app.person('officer', 'officer', organization)
    await app.person('person', 'officer', organization)
    await app.person('person', 'approver', organization)
  }
  person = await app.person('person', 'administrator')
  // A page's form holds the version that it shows (expenditure-pages.story.test.ts).
  changing = routesOf(app.server).filter(
    ({ method, path }) =>
      path.startsWith('/api/v1/') &&
      ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) &&
      path.includes('/:'),
  )
  subjects.imports = async () => ({ id: (await bringRows(person, [{}])).body.id })
  subjects.expenditures = async (route) => {
    const isAboutRequest = route.path.includes('/:requestId')
    const waiting = isAboutRequest ? await post(officer, approver) : await submitted(officer)
    const asked = isAboutRequest
      ? await officer.step(`/expenditures/${waiting.id}/reverse`, waiting.version, {
          reason: 'Erreur',
        })
      : null
    return { id: waiting.id, requestId: asked?.body.requests[0].id ?? '' }
  }
  subjects.users = async () => {
    const { email } = await app.person(`somebody-${randomUUID()}`, 'officer')
    const { items } = (await person.get('/users?limit=500')).body
    return { id: items.find((user: { email: string }) => user.email === email).id }
  }
  subjects.tokens = async () => ({ id: (await person.send('POST', '/tokens')).body.id })
  subjects.sessions = async () => {
    await sessionFor(app, person.email)
    return { id: (await person.get('/sessions')).body.items[0].id }
  }
  subjects.exports = async () => ({
    id: (await person.send('POST', '/exports', { body: { report: 'comparison' } })).body.id,
  })
  subjects.organizations = async () => ({ code: 'MSP' })
  const enter = async (url: string, sent: object) => {
    const { status, text, body } = await officer.send('POST', url, { body: sent })
    expect([url, status, text]).toEqual([url, 201, text])
    return body
  }
  subjects.commitments = async () => ({ id: (await proposed(officer)).id })
  const rows = ['5.00', '-5.00'].map((amount) => ledgerRow('2025-06-03', 'F-1', amount))
  await bring(officer, { rows })
  const period = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
  const { run } = await enter('/matching/runs', period)
  const lines = { extractRows: [2, 3], expenditures: [], reason: 'Annulation' }
  const { matches } = await enter('/matching/matches', { run, ...lines })
  subjects.matching = async ({ path }) => ({ id: path.includes('/runs/') ? run : matches[0].id })
  subjects.revisions = async () => ({ id: (await enter('/revisions', revision())).id })
  subjects.relations = async () => ({ id: (await enter('/relations', relation)).id })
  let years = 0
  subjects['year-end'] = async () => {
    years += 1
    const fiscalYear = `${2020 + years}-${2021 + years}`
    return { id: (await enter('/year-end', yearEnd({ fiscalYear }))).id }
  }
  let entered = 0
  subjects.envelopes = async () => {
    entered += 1
    return { code: (await enter('/envelopes', { ...envelope, code: `CA-T${entered}` })).code }
  }
})
afterAll(() => app.close())

type Parameters = Readonly<Record<string, string>>

/** By the noun of the address: something there is, in a state where all but the version is right. */
const subjects: Record<string, (route: Route) => Promise<Parameters>> = {}

const relation = { from: 'QC-M12', to: 'QC-M13', kind: 'adds', stated: false, citation: '…' }
const envelope = {
  code: 'CA-T',
  programme: 'CA-STRATEGY-2004',
  title: { fr: 'Budget de 2026', en: 'Budget 2026' },
  organization: 'GRC',
  terms: [
    {
      kind: 'term',
      amount: '19 M$',
      firstFiscalYear: '2026-2027',
      lastFiscalYear: '2028-2029',
      stated: true,
    },
  ],
  source: { document: 'BUDGET-2026', quote: 'dix-neuf millions de dollars' },
}

/** What replaces the whole document says all of it. */
const replacements: Readonly<Record<string, object>> = {
  'PUT /api/v1/envelopes/:code': envelope,
  'PUT /api/v1/relations/:id': relation,
  'PUT /api/v1/revisions/:id': revision(),
}

async function addressOf(route: Route): Promise<string> {
  const [noun = ''] = route.path.replace('/api/v1/', '').split('/')
  const subject = subjects[noun]
  if (subject === undefined) {
    throw new Error(`${route.method} ${route.path}: say above how a subject of ${noun} is made`)
  }
  const parameters = await subject(route)
  return route.path
    .replace('/api/v1', '')
    .replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? `no ${name}`)
}

interface Schema {
  readonly anyOf?: readonly Schema[]
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** The least that a schema takes. */
function least(schema: Schema): unknown {
  if (schema.enum !== undefined || schema.examples !== undefined) {
    return [...(schema.enum ?? []), ...(schema.examples ?? [])][0]
  }
  const [first] = schema.anyOf ?? []
  if (first !== undefined) {
    return least(first)
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, least(schema.properties?.[name] ?? {})]),
      )
    case 'array':
      return [least(schema.items ?? {})]
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    default:
      return 'Motif'
  }
}

async function bodyOf({ method, path }: Route): Promise<object | undefined> {
  const replacement = replacements[`${method} ${path}`]
  if (replacement !== undefined) {
    return replacement
  }
  const { body: document } = await person.get('/openapi.json')
  const documented = path.replace(/:(\w+)/g, '{$1}')
  const operation = document.paths[documented]?.[method.toLowerCase()]
  expect(operation, `${method} ${documented} in the OpenAPI document`).toBeDefined()
  const schema = operation.requestBody?.content?.['application/json']?.schema
  return operation.requestBody?.required === true ? (least(schema) as object) : undefined
}

describe('a step of a document', () => {
  test('is one of those that the router knows', () => {
    expect(changing.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'PATCH /api/v1/expenditures/:id',
        'DELETE /api/v1/expenditures/:id',
        'POST /api/v1/expenditures/:id/approve',
        'POST /api/v1/expenditures/:id/refund',
        'POST /api/v1/commitments/:id/release',
        'PUT /api/v1/revisions/:id',
        'POST /api/v1/expenditures/:id/requests/:requestId/refuse',
      ]),
    )
  })

  test('is refused without If-Match, and with one that is stale, and changes nothing', async () => {
    for (const route of changing) {
      const address = await addressOf(route)
      const body = await bodyOf(route)
      const ask = (headers: Record<string, string>, version?: number) =>
        person.send(route.method as 'POST', address, {
          headers,
          ...(body === undefined ? {} : { body }),
          ...(version === undefined ? {} : { version }),
        })
      await expectRefusal(app, { status: 428, code: 'http/if-match-missing' }, (headers) =>
        ask(headers),
      )
      const stale = await ask({}, 2_000_000_000)
      expect([route, stale.status]).toEqual([route, 412])
    }
  })
})

describe('what names its versions in the body', () => {
  test('is refused without one', async () => {
    const { id } = await submitted(await app.person('another', 'officer'))
    const asks = [
      ['/expenditures/approve', { items: [{ id }] }, '/items/0/version'],
      ['/periods/close', { organization: 'MSP', fiscalYear: '2025-2026', period: 1 }, '/version'],
      [
        '/periods/reopen',
        { organization: 'MSP', fiscalYear: '2025-2026', period: 1, reason: 'Motif' },
        '/version',
      ],
    ] as const
    for (const [url, body, pointer] of asks) {
      await expectRefusal(
        app,
        { status: 422, code: 'http/invalid-body', errors: [[pointer, 'input/missing']] },
        (headers) => person.send('POST', url, { body, headers }),
      )
    }
  })
})
