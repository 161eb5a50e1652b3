import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unzipParts } from '#platform/files/deterministic-zip.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post } from '#test/support/drafts.ts'

/** What an auditor asks of the record over HTTP. */
let app: TestApp
let officer: Person
let auditor: Person
let posted: { id: string }

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  posted = await post(officer, approver, { supplier: 'Été', description: '=1+1' })
})
afterAll(() => app.close())

const typesOf = async (query: string): Promise<readonly string[]> =>
  (await auditor.get(`/events?${query}`)).body.items.map(({ type }: { type: string }) => type)

describe('the trail', () => {
  test('says who, when, from where, what before and after, and why', async () => {
    const { body } = await auditor.get(`/events?subject=expenditure/${posted.id}&limit=2`)
    expect(body).toMatchObject({ count: 3, total: null })
    expect(body.items[0]).toMatchObject({
      type: 'expenditure.entered',
      actor: officer.email,
      address: '127.0.0.1',
      operatingSystemUser: null,
      before: null,
      after: { supplier: 'Été', state: 'draft' },
      reason: null,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const { items } = (await auditor.get(`/events?request=${body.items[0].request}`)).body
    expect(items).toEqual([body.items[0]])
    const rest = await auditor.get(
      `/events?subject=expenditure/${posted.id}&limit=2&cursor=${body.nextCursor}`,
    )
    expect(rest.body).toMatchObject({ items: [{ type: 'expenditure.posted' }], nextCursor: null })
  })

  test('is searched by type, its beginning, actor, instants, and words', async () => {
    const steps = ['expenditure.entered', 'expenditure.submitted', 'expenditure.posted']
    expect(await typesOf('type=expenditure.*')).toEqual(steps)
    expect(await typesOf('type=expenditure.posted')).toEqual(['expenditure.posted'])
    expect(await typesOf(`actor=${officer.email}`)).toEqual(steps.slice(0, 2))
    expect(await typesOf('text=%C3%A9T%C3%A9&type=expenditure.*')).toEqual(steps)
    expect(await typesOf('text=nowhere')).toEqual([])
    expect(await typesOf('from=2999-01-01T00:00:00Z')).toEqual([])
    expect(await typesOf('to=2999-01-01T00:00:00-05:00&order=newest&limit=1')).toEqual([
      'expenditure.posted',
    ])
    expect(await auditor.get('/events?from=yesterday')).toMatchObject({
      status: 400,
      body: { code: 'http/invalid-query', errors: [{ pointer: '/from' }] },
    })
  })

  test('is read from the newest too, page by page, each event once', async () => {
    const seen: number[] = []
    let cursor = ''
    do {
      const { body } = await auditor.get(`/events?order=newest&limit=3${cursor}`)
      seen.push(...body.items.map(({ position }: { position: number }) => position))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(seen.map((_, place) => seen.length - place))
  })

  test('is a file in both dialects, with before and after in one cell each', async () => {
    const open = await auditor.get('/events.csv?type=expenditure.*')
    expect(open).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename=events.csv',
      },
    })
    const [header, ...rows] = open.text.trimEnd().split('\n')
    expect(header).toBe(
      'position,at,type,actor,request,address,operating_system_user,subject,before,after,reason,previous,hash',
    )
    expect(rows).toHaveLength(3)
    const french = await auditor.get('/events.csv?dialect=excel-fr')
    expect(french.text).toMatch(/^\uFEFFPosition;Instant;Type;Auteur;/)
  })
})

describe('an observation', () => {
  const observed = { subject: 'event/3', text: 'La facture manque au dossier.' }

  test('is written by an auditor, as an event of its own, and read by auditors', async () => {
    const written = await auditor.send('POST', '/observations', { body: observed })
    expect(written).toMatchObject({ status: 201, body: { ...observed, writtenBy: auditor.email } })
    const { body } = await auditor.get('/observations?subject=event/3')
    expect(body).toMatchObject({ count: 1, nextCursor: null, total: null })
    const { position, id } = written.body
    expect(body.items).toEqual([{ ...written.body, at: expect.stringMatching(/Z$/) }])
    const event = await auditor.get(`/events?subject=observation/${id}`)
    expect(event.body.items).toMatchObject([{ position, after: observed }])
    expect((await auditor.get('/observations?subject=event/4')).body.items).toEqual([])
  })

  test.each([
    ['without a text', { subject: 'event/3' }],
    ['with an empty text', { subject: 'event/3', text: ' ' }],
    ['with a field more', { ...observed, amount: '1.00' }],
  ])('%s is refused', async (_what, body) => {
    expect(await auditor.send('POST', '/observations', { body })).toMatchObject({ status: 422 })
  })

  test('is neither written nor read by anybody else', async () => {
    expect(await officer.send('POST', '/observations', { body: observed })).toMatchObject({
      status: 403,
    })
    expect(await officer.get('/observations')).toMatchObject({ status: 403 })
  })
})

describe('the record as a whole', () => {
  test.each(['/verify', '/anchors', '/evidence', '/events', '/events.csv'])(
    '%s is for auditors',
    async (path) => {
      expect(await auditor.get(path)).toMatchObject({ status: 200 })
      expect(await officer.get(path)).toMatchObject({ status: 403 })
    },
  )

  test('is verified, and what is not anchored is said', async () => {
    const { body } = await auditor.get('/verify')
    expect(body).toMatchObject({
      isIntact: true,
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
      unanchored: { from: 1, to: body.position },
    })
    expect(body.checks.map(({ code }: { code: string }) => code)).toEqual([
      'chain',
      'chain-head',
      'entries-sealed',
      'people',
      'entries-balanced',
      'balances',
      'flags',
      'identity',
      'revisions',
      'proposals',
      'commitments',
      'documents',
      'documents-posted',
      'documents-sealed',
      'corrections',
      'requests',
      'imports',
      'extracts',
      'matchings',
      'matchings-add-up',
      'grand-totals',
      'year-ends',
      'commitments-held',
      'frozen-reports',
      'guards',
    ])
  })

  test('is a pack of the same bytes whenever it is the same record', async () => {
    const ask = () =>
      app.server.inject({
        url: '/api/v1/evidence',
        headers: { authorization: `Bearer ${auditor.token}` },
      })
    const [one, two] = [await ask(), await ask()]
    expect(one.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename=evidence.zip',
    })
    expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
    const parts = unzipParts(one.rawPayload)
    expect([...parts.keys()].sort()).toEqual([
      'FORMAT.md',
      'anchors.jsonl',
      'entries.jsonl',
      'events.jsonl',
      'manifest.json',
      'public-key.pem',
    ])
    const { body } = await auditor.get('/verify')
    const manifest = JSON.parse(Buffer.from(parts.get('manifest.json') ?? []).toString())
    expect(manifest).toMatchObject({ position: body.position, seal: body.seal })
    expect(manifest.files['events.jsonl'].lines).toBe(body.position)
  })
})

const guarded = ['expenditure', 'expenditure_request']

/** Facts changed in a document's own row, which no hash of a chain covers. */
describe('a document that no longer says what its event says', () => {
  test.each([
    ['its supplier', `update expenditure set supplier = 'Autre' where number = $1`],
    [
      'its state',
      `update expenditure set state = 'submitted', approved_by = null, entry = null,
      recorded_fiscal_year = null, recorded_period = null where number = $1`,
    ],
    ['its amount', 'update expenditure set amount = 0.01 where number = $1'],
    [
      'a request',
      `insert into expenditure_request (expenditure, kind, reason, asked_by)
      select id, 'reverse', 'x', 'system' from expenditure where number = $1`,
    ],
  ])('is named: %s', async (_what, statement) => {
    const client = await app.database.owner.connect()
    const number = (await auditor.get(`/expenditures/${posted.id}`)).body.number
    try {
      for (const table of guarded) {
        await client.query(`alter table ${table} disable trigger all`)
      }
      const { rows } = await client.query('select * from expenditure where number = $1', [number])
      await client.query(statement, [number])
      const { body } = await auditor.get('/verify')
      const { breaks } = body.checks.find(({ code }: { code: string }) => code === 'documents')
      expect(breaks).toMatchObject([{ place: `expenditure ${number}` }])
      await client.query('delete from expenditure_request')
      await client.query('delete from expenditure where number = $1', [number])
      await client.query(
        'insert into expenditure select * from json_populate_record(null::expenditure, $1)',
        [JSON.stringify(rows[0])],
      )
      expect((await auditor.get('/verify')).body.isIntact).toBe(false)
    } finally {
      for (const table of guarded) {
        await client.query(`alter table ${table} enable trigger all`)
        await client.query(`alter table ${table} enable always trigger signed`)
      }
      await client.query('alter table expenditure enable always trigger settled')
      client.release()
    }
    expect((await auditor.get('/verify')).body.isIntact).toBe(true)
  })

  test('and one that is gone, or that nobody ever recorded', async () => {
    const { owner } = app.database
    const entered = await officer.send('POST', '/expenditures', { body: draft() })
    await owner.query('delete from expenditure where id = $1', [entered.body.id])
    const codesOf = async () =>
      (await auditor.get('/verify')).body.checks.flatMap(
        ({ code, breaks }: { code: string; breaks: unknown[] }) =>
          breaks.length > 0 ? [code] : [],
      )
    expect(await codesOf()).toEqual(['documents-posted'])
  })
})

test('a role that no event gave is named', async () => {
  await app.database.owner.query(`
    insert into person_role (person, role, organization)
    select id, 'approver', 'MJQ' from person where email = '${officer.email}'`)
  const { body } = await auditor.get('/verify')
  const { breaks } = body.checks.find(({ code }: { code: string }) => code === 'people')
  expect(breaks).toMatchObject([
    { place: `person ${officer.email}`, found: expect.stringContaining('approver MJQ') },
  ])
})
