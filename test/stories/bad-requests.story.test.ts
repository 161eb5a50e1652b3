import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCursor } from '#core/page.ts'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { disable } from '#features/identity/identity.actions.ts'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { draft, submitted } from '#test/support/drafts.ts'
import { type Expected, expectRefusal, recordOf } from '#test/support/refusals.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const json = { 'content-type': 'application/json' }
const text = JSON.stringify(draft())

type Body = readonly [
  what: string,
  body: string | Buffer,
  type: Record<string, string>,
  expected: Expected,
]

const malformed = (code: string, pointer = ''): Expected => ({
  status: 400,
  code,
  errors: [[pointer, code]],
})

const bodies: readonly Body[] = [
  ['cut off', '{"amount": "5.00"', json, malformed('http/malformed-json')],
  ['with a comma too many', '{"amount": "5.00",}', json, malformed('http/malformed-json')],
  ['of white space', '  \n', json, malformed('http/body-missing')],
  [
    'that names a field twice',
    '{"amount": "5.00", "amount": "6.00"}',
    json,
    malformed('http/json-duplicate-key', '/amount'),
  ],
  [
    'with a null character',
    '{"supplier": "a\\u0000b"}',
    json,
    malformed('http/json-nul', '/supplier'),
  ],
  ['that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), json, malformed('http/json-not-utf8')],
  [
    'that is too large',
    JSON.stringify({ ...draft(), description: 'x'.repeat(1_048_576) }),
    json,
    { status: 413, code: 'http/body-too-large' },
  ],
  [
    'of another type',
    text,
    { 'content-type': 'text/plain' },
    { status: 415, code: 'http/unsupported-type' },
  ],
  [
    'with an unknown field',
    JSON.stringify({ ...draft(), state: 'posted' }),
    json,
    { status: 422, code: 'http/invalid-body', errors: [['/state', 'input/unknown-field']] },
  ],
  [
    'that is a list',
    '[]',
    json,
    { status: 422, code: 'http/invalid-body', errors: [['', 'input/wrong-type']] },
  ],
]

describe('a body', () => {
  test.each(bodies)('%s is refused', (_what, body, type, expected) =>
    expectRefusal(app, expected, (headers) =>
      officer.send('POST', '/expenditures', { body, headers: { ...type, ...headers } }),
    ),
  )

  test('that is missing is refused', () =>
    expectRefusal(app, { status: 400, code: 'http/body-missing' }, (headers) =>
      officer.send('POST', '/expenditures', { headers }),
    ))

  test('with several things wrong names each of them', () =>
    expectRefusal(
      app,
      {
        status: 422,
        code: 'http/invalid-body',
        errors: [
          ['/serviceDate', 'date/malformed'],
          ['/supplier', 'input/too-short'],
          ['/amount', 'money/ambiguous'],
        ],
      },
      (headers) =>
        officer.send('POST', '/expenditures', {
          body: draft({ serviceDate: 'hier', supplier: ' ', amount: '1,234' }),
          headers,
        }),
    ))
})

describe('a token', () => {
  const refusal: Expected = { status: 401, code: 'identity/token-refused' }
  const refuses = async (person: Person, headers: Record<string, string> = {}) => {
    const ask = (language: Record<string, string>) =>
      person.send('POST', '/expenditures', { body: draft(), headers: { ...language, ...headers } })
    await expectRefusal(app, refusal, ask)
    expect((await ask({})).headers['www-authenticate']).toBe('Bearer')
  }

  test.each([
    ['that nobody was given', `Bearer vigie_${'A'.repeat(43)}`],
    ['of another form', 'Bearer secret'],
    ['of another scheme', 'Basic b2ZmaWNlcjpzZWNyZXQ='],
    ['that is empty', 'Bearer '],
  ])('%s is refused', (_what, authorization) => refuses(officer, { authorization }))

  test('is needed, and its absence is said before anything else', async () => {
    const url = '/api/v1/expenditures'
    const answer = await app.server.inject({ method: 'POST', url, payload: '{', headers: json })
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'identity/token-refused' })
  })

  test('of a disabled person is refused from the next request on', async () => {
    const leaving = await app.person('leaving', 'officer')
    expect((await leaving.get('/expenditures')).status).toBe(200)
    const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
    await perform(app.database.service, call, (context) => disable(context, leaving.email))
    await refuses(leaving)
  })

  test('that has expired is refused', async () => {
    const late = await app.person('late', 'officer')
    expect((await late.get('/expenditures')).status).toBe(200)
    await app.database.owner.query(
      `update api_token set expires_at = now() - interval '1 second'
      from person where person.id = api_token.person and person.email = $1`,
      [late.email],
    )
    await refuses(late)
  })
})

describe('a version', () => {
  test('that has changed since is refused, with both versions', async () => {
    const { id, number } = await submitted(officer)
    const stale: Expected = { status: 412, code: 'expenditures/stale', says: [number, '1', '2'] }
    await expectRefusal(app, stale, (headers) =>
      approver.send('POST', `/expenditures/${id}/approve`, { version: 1, headers }),
    )
  })

  test('is needed wherever a document is changed', async () => {
    const { id } = await submitted(officer)
    const missing: Expected = { status: 428, code: 'http/if-match-missing' }
    const body = { reason: 'Motif' }
    const request = `/requests/${randomUUID()}`
    const asks: readonly (readonly [Person, 'POST' | 'PATCH' | 'DELETE', string, unknown?])[] = [
      [officer, 'PATCH', '', { supplier: 'Autre' }],
      [officer, 'DELETE', ''],
      [officer, 'POST', '/submit'],
      [officer, 'POST', '/reverse', body],
      [approver, 'POST', '/approve'],
      [approver, 'POST', '/return', body],
      [approver, 'POST', `${request}/approve`],
      [approver, 'POST', `${request}/refuse`, body],
    ]
    for (const [person, method, step, sent] of asks) {
      await expectRefusal(app, missing, (headers) =>
        person.send(method, `/expenditures/${id}${step}`, { body: sent, headers }),
      )
    }
  })

  test.each(['2', '*', 'W/"2"', '"2", "3"', '"0"', '"99999999999"'])(
    '%s is no version',
    async (tag) => {
      const { id } = await submitted(officer)
      const headers = { 'if-match': tag }
      await expectRefusal(app, { status: 400, code: 'http/if-match-malformed' }, (language) =>
        approver.send('POST', `/expenditures/${id}/approve`, {
          headers: { ...headers, ...language },
        }),
      )
    },
  )
})

describe('an idempotency key', () => {
  const enter = (key: string, headers = {}, body: unknown = draft()) =>
    officer.send('POST', '/expenditures', { body, key, headers })

  test('gives the first answer again, byte for byte, and makes one document', async () => {
    const key = randomUUID()
    const first = await enter(key)
    const before = await recordOf(app.database.owner)
    const again = await enter(key)
    expect([again.status, again.text, again.headers.etag]).toEqual([201, first.text, '"1"'])
    expect(again.headers['content-type']).toBe(first.headers['content-type'])
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test('used again for another body is refused', async () => {
    const key = randomUUID()
    await enter(key)
    await expectRefusal(app, { status: 422, code: 'http/key-reused' }, (headers) =>
      enter(key, headers, draft({ amount: '1234.51' })),
    )
  })

  test('of another person is another key', async () => {
    const other = await app.person('other', 'officer')
    const key = randomUUID()
    const mine = await enter(key)
    const theirs = await other.send('POST', '/expenditures', { body: draft(), key })
    expect(theirs.status).toBe(201)
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  test('is not used up by a refusal', async () => {
    const key = randomUUID()
    const unknown = draft({ measure: 'QC-99' })
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'expenditures/measure-unknown',
        errors: [['/measure', 'expenditures/measure-unknown']],
      },
      (headers) => enter(key, headers, unknown),
    )
    expect((await enter(key)).status).toBe(201)
  })

  test.each(['', 'with space', 'é', 'x'.repeat(256)])('%j is no key', (key) =>
    expectRefusal(app, { status: 400, code: 'http/key-malformed' }, (headers) =>
      enter(key, headers),
    ),
  )

  test('is looked at after who may, and before the version', async () => {
    const { id, version } = await submitted(officer)
    const key = randomUUID()
    const approve = (options: object) =>
      approver.send('POST', `/expenditures/${id}/approve`, { key, ...options })
    const first = await approve({ version })
    expect(first.body.state).toBe('posted')
    const again = await approve({ version })
    const without = await approve({})
    expect([again.text, without.text]).toEqual([first.text, first.text])
    const ofApprover = `(select person.id from person where person.email = '${approver.email}')`
    await app.database.owner.query(
      `update person_role set organization = 'MJQ' where person_role.person = ${ofApprover}`,
    )
    await expectRefusal(app, { status: 404, code: 'expenditures/not-found' }, (headers) =>
      approve({ version, headers }),
    )
    await app.database.owner.query(
      `delete from person_role where person_role.person = ${ofApprover}`,
    )
    await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
      approve({ version, headers }),
    )
    approver = await app.person('successor', 'approver')
  })
})

describe('a question', () => {
  const noSuchDay = encodeCursor(['2025-02-30', '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'])
  const invalid = (field: string, code: string): Expected => ({
    status: 400,
    code: 'http/invalid-query',
    errors: [[`/${field}`, code]],
  })
  const questions: readonly (readonly [string, Expected])[] = [
    ['/expenditures?limit=0', invalid('limit', 'page/limit')],
    ['/expenditures?limit=501', invalid('limit', 'page/limit')],
    ['/expenditures?limit=ten', invalid('limit', 'page/limit')],
    ['/expenditures?limit=1&limit=2', invalid('limit', 'input/wrong-type')],
    ['/expenditures?state=lost', invalid('state', 'input/not-allowed')],
    ['/expenditures?period=2025-2026-P14', invalid('period', 'period/malformed')],
    ['/expenditures?fiscalYear=2025-2027', invalid('fiscalYear', 'fiscal-year/not-consecutive')],
    ['/expenditures?from=2025-13-01', invalid('from', 'date/impossible')],
    ['/expenditures?funding=own,free', invalid('funding', 'expenditures/funding-unknown')],
    ['/expenditures?colour=blue', invalid('colour', 'input/unknown-field')],
    ['/expenditures?cursor=!', invalid('cursor', 'page/cursor')],
    [`/expenditures?cursor=${noSuchDay}`, invalid('cursor', 'date/impossible')],
    [`/expenditures?cursor=${encodeCursor([])}`, invalid('cursor', 'date/malformed')],
    [
      `/expenditures?cursor=${encodeCursor(['2025-02-01', 'x'])}`,
      { status: 400, code: 'page/cursor' },
    ],
    [`/events?cursor=${encodeCursor(['first'])}`, { status: 400, code: 'page/cursor' }],
    [`/journal/entries?cursor=${encodeCursor(['1', '2'])}`, { status: 400, code: 'page/cursor' }],
    ['/expenditures?text=%00', { status: 400, code: 'http/malformed-url' }],
    ['/expenditures/not-an-id', { status: 404, code: 'http/not-found' }],
    ['/measures/QC-99', { status: 404, code: 'programmes/measure-not-found', says: ['QC-99'] }],
    ['/envelopes/QC-M99', { status: 404, code: 'funding/envelope-not-found', says: ['QC-M99'] }],
    ['/reports/surprise', { status: 404, code: 'reports/unknown', says: ['surprise'] }],
    ['/reports/reconciliation.pdf', { status: 404, code: 'reports/unknown' }],
    ['/reports/reconciliation?by=mood', invalid('by', 'input/not-allowed')],
    ['/reports/reconciliation?jurisdiction=US', invalid('jurisdiction', 'input/not-allowed')],
    ['/reports/comparison?scenario=wild', invalid('scenario', 'input/not-allowed')],
    [
      '/reports/reconciliation?from=2025-2026&to=2024-2025',
      { status: 400, code: 'reports/range-backwards', says: ['2025-2026', '2024-2025'] },
    ],
    ...['reconciliation', 'comparison', 'exceptions', 'forecast', 'reconciliation.xlsx'].map(
      (name): readonly [string, Expected] => [
        `/reports/${name}?from=2025-2026&to=2035-2036`,
        { status: 422, code: 'reports/horizon-not-open', says: ['2035-2036', '2026-2027'] },
      ],
    ),
    ['/reports/reconciliation.csv?asOf=999999', { status: 422, code: 'audit/moment-ahead' }],
    ['/reports/reconciliation.csv?dialect=excel', invalid('dialect', 'input/not-allowed')],
    ['/nothing-here', { status: 404, code: 'http/unknown-route' }],
  ]

  test.each(questions)('%s is refused', (url, expected) =>
    expectRefusal(app, expected, (headers) => auditor.get(url, headers)),
  )

  // platform/http/lists.ts starts the list over instead: whoever follows cursors never ends.
  test('with the cursor of another list is refused', () =>
    expectRefusal(app, { status: 400, code: 'page/cursor' }, (headers) =>
      auditor.get(`/measures?cursor=${encodeCursor(['QC-M12'])}`, headers),
    ))

  test('with a method that is not there is refused', () =>
    expectRefusal(app, { status: 404, code: 'http/unknown-route' }, (headers) =>
      officer.send('PUT', '/expenditures', { body: draft(), headers }),
    ))

  test('in the name of the system is refused', () => {
    const system = personOf(app.server, 'system', 'vigie_system')
    return expectRefusal(app, { status: 401, code: 'identity/token-refused' }, (headers) =>
      system.get('/expenditures', headers),
    )
  })
})
