import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { proposed } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import { submittedRevision, type Two } from '#test/support/revisions.ts'
import { closeYear, yearEnd } from '#test/support/year-ends.ts'

/** The steps of a year-end, and everything that is refused about one. */
let app: TestApp
let two: Two
let stranger: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  stranger = await app.person('etrangere', 'approver', 'MJQ')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const prepare = (change: Record<string, unknown> = {}, person = two.officer) =>
  person.send('POST', '/year-end', { body: yearEnd(change) })
const read = async (id: string) => (await auditor.get(`/year-end/${id}`)).body

describe('what cannot be closed is refused, previewed or prepared', () => {
  const policy = (change: Record<string, unknown>) => ({
    policies: [{ envelope: 'QC-M8', policy: 'lapse', ...change }],
  })
  const field = (pointer: string, code: string) => ({ pointer, code })
  const percent = '/policies/0/percent'
  const cases: readonly (readonly [
    string,
    Record<string, unknown>,
    { pointer: string; code: string },
  ])[] = [
    [
      'a programme that does not exist',
      { programme: 'QC-PLAN-1999' },
      field('/programme', 'year-end/programme-unknown'),
    ],
    ['a year under way', { fiscalYear: '2026-2027' }, field('/fiscalYear', 'year-end/not-ended')],
    [
      'a year before the programme',
      { fiscalYear: '2020-2021' },
      field('/fiscalYear', 'year-end/before-programme'),
    ],
    [
      'an envelope that does not exist',
      policy({ envelope: 'QC-M99' }),
      field('/policies/0/envelope', 'year-end/envelope-unknown'),
    ],
    [
      'an envelope of another programme',
      policy({ envelope: 'CA-2009' }),
      field('/policies/0/envelope', 'year-end/of-another-programme'),
    ],
    [
      'an envelope twice',
      { policies: [1, 2].map(() => ({ envelope: 'QC-M8', policy: 'lapse' })) },
      field('/policies/1/envelope', 'year-end/envelope-twice'),
    ],
    [
      'a percentage that is missing',
      policy({ policy: 'carry-percent' }),
      field(percent, 'year-end/percent-missing'),
    ],
    [
      'a percentage where none belongs',
      policy({ percent: '5' }),
      field(percent, 'year-end/percent-unused'),
    ],
  ]

  test.each(cases)('%s', async (_what, change, { pointer, code }) => {
    for (const url of ['/year-end/preview', '/year-end']) {
      await expectRefusal(app, { status: 422, code, errors: [[pointer, code]] }, (headers) =>
        two.officer.send('POST', url, { body: yearEnd(change), headers }),
      )
    }
  })

  test.each(['100.01', 101, -1, '2.555', '1e1', 'beaucoup', ''])(
    'a percentage of %s',
    async (value) => {
      const expected = {
        status: 422,
        code: 'http/invalid-body',
        errors: [[percent, 'year-end/percent-malformed']] as const,
      }
      await expectRefusal(app, expected, (headers) =>
        two.officer.send('POST', '/year-end', {
          body: yearEnd(policy({ policy: 'carry-percent', percent: value })),
          headers,
        }),
      )
    },
  )

  test('by who is not of the programme’s organization', async () => {
    const officer = await app.person('agent-mjq', 'officer', 'MJQ')
    await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
      officer.send('POST', '/year-end', { body: yearEnd(), headers }),
    )
    const { status } = await officer.send('POST', '/year-end/preview', { body: yearEnd() })
    expect(status).toBe(403)
  })
})

describe('a year-end', () => {
  test('is previewed with the figures that preparing it keeps, and with nothing else', async () => {
    const body = yearEnd({ fiscalYear: '2021-2022' })
    const preview = await two.officer.send('POST', '/year-end/preview', { body })
    const prepared = await prepare({ fiscalYear: '2021-2022' })
    const { programme, fiscalYear, carriedTo, digest, figures, totals } = prepared.body
    expect(preview.body).toEqual({ programme, fiscalYear, carriedTo, digest, figures, totals })
  })

  test('prepared again takes the place of what was there, under its id', async () => {
    const first = await prepare({ fiscalYear: '2021-2022' })
    const { version } = first.body
    expect([first.status, first.headers.etag, first.body.state]).toEqual([
      201,
      `"${version}"`,
      'submitted',
    ])
    const other = await app.person('autre', 'officer')
    const policies = [{ envelope: 'QC-M8', policy: 'carry-percent', percent: 2.5 }]
    const again = await prepare({ fiscalYear: '2021-2022', policies }, other)
    expect(again.body).toMatchObject({
      id: first.body.id,
      version: version + 1,
      preparedBy: other.email,
      policies: [{ envelope: 'QC-M8', policy: 'carry-percent', percent: '2.50' }],
    })
    const url = `/year-end/${first.body.id}/approve`
    const stale = await two.approver.step(url, version)
    expect([stale.status, stale.body.code]).toEqual([412, 'funding/stale'])
    // The version may be in the body instead, as in a bulk approval.
    const stated = await two.approver.send('POST', url, { body: { version } })
    expect([stated.status, stated.body.code]).toEqual([412, 'funding/stale'])
  })

  test('is returned with a reason, and prepared again', async () => {
    const { id, version } = (await prepare({ fiscalYear: '2021-2022' })).body
    const url = `/year-end/${id}/return`
    const without = await two.approver.step(url, version, { reason: ' ' })
    expect([without.status, without.body.code]).toEqual([422, 'http/invalid-body'])
    const returned = await two.approver.step(url, version, { reason: 'Politique de QC-M8' })
    expect(returned.body).toMatchObject({ state: 'draft', version: version + 1, submittedBy: null })
    const early = await two.approver.step(`/year-end/${id}/approve`, version + 1)
    expect([early.status, early.body.code]).toEqual([409, 'funding/wrong-state'])
    expect((await prepare({ fiscalYear: '2021-2022' })).body).toMatchObject({
      id,
      state: 'submitted',
      version: version + 2,
    })
  })

  test('is not approved by who prepared it, and not seen by who is of no part of it', async () => {
    const both = await app.person('deux', 'officer')
    await app.person('deux', 'approver')
    const { id, version } = (await prepare({ fiscalYear: '2021-2022' }, both)).body
    await expectRefusal(app, { status: 403, code: 'funding/own-work' }, (headers) =>
      both.send('POST', `/year-end/${id}/approve`, { version, headers }),
    )
    for (const step of ['approve', 'return']) {
      const body = step === 'return' ? { reason: 'x' } : undefined
      await expectRefusal(app, { status: 404, code: 'year-end/not-found' }, (headers) =>
        stranger.send('POST', `/year-end/${id}/${step}`, {
          version,
          headers,
          ...(body === undefined ? {} : { body }),
        }),
      )
    }
    expect((await stranger.get(`/year-end/${id}`)).status).toBe(404)
    expect((await stranger.get('/year-end')).body).toMatchObject({ items: [], count: 0 })
  })

  test('is refused at approval when its figures changed, and says so before', async () => {
    const { id, version } = (await prepare({ fiscalYear: '2024-2025' })).body
    expect((await read(id)).current).toBe(true)
    await post(two.officer, two.approver, { measure: 'QC-2', serviceDate: '2024-06-15' })
    expect((await read(id)).current).toBe(false)
    await expectRefusal(app, { status: 412, code: 'year-end/figures-changed' }, (headers) =>
      two.approver.send('POST', `/year-end/${id}/approve`, { version, headers }),
    )
    const again = (await prepare({ fiscalYear: '2024-2025' })).body
    const approved = await two.approver.step(`/year-end/${id}/approve`, again.version)
    expect([approved.status, approved.body.state]).toEqual([200, 'approved'])
    expect((await read(id)).figures).toEqual(again.figures)
  })

  test('is refused where spending of another year changed what is left for it', async () => {
    // The last year takes what no open year draws on.
    const { id, version } = (await prepare()).body
    await post(two.officer, two.approver, { measure: 'QC-2', serviceDate: '2022-06-15' })
    const answer = await two.approver.step(`/year-end/${id}/approve`, version)
    expect(answer.body.code).toBe('year-end/figures-changed')
  })

  test('is approved once, and answers its key again', async () => {
    const { id, version } = (await prepare({ fiscalYear: '2023-2024' })).body
    const approve = () =>
      two.approver.send('POST', `/year-end/${id}/approve`, { version, key: 'close-2023' })
    const first = await approve()
    expect(first.status).toBe(200)
    expect((await approve()).text).toBe(first.text)
    await expectRefusal(app, { status: 409, code: 'funding/wrong-state' }, (headers) =>
      two.approver.send('POST', `/year-end/${id}/approve`, { version: version + 1, headers }),
    )
  })

  test('is listed by its organization and by auditors', async () => {
    const { body } = await auditor.get('/year-end?state=approved&limit=1')
    expect(body.items.map(({ fiscalYear }: { fiscalYear: string }) => fiscalYear)).toEqual([
      '2023-2024',
    ])
    const next = await auditor.get(`/year-end?state=approved&limit=1&cursor=${body.nextCursor}`)
    expect(next.body.items[0].fiscalYear).toBe('2024-2025')
    expect(body.count).toBe(2)
  })

  test('refuses what waited for it: a commitment and a revision submitted before', async () => {
    const commitment = await proposed(two.officer, { fiscalYear: '2022-2023', measure: 'QC-13' })
    const revision = await submittedRevision(two, {
      kind: 'supplement',
      lines: [{ envelope: 'QC-M12', fiscalYear: '2022-2023', amount: '5.00' }],
    })
    expect((await closeYear(two, { fiscalYear: '2022-2023' })).status).toBe(200)
    for (const [url, version, code] of [
      [`/commitments/${commitment.id}`, commitment.version, 'commitments/year-closed'],
      [`/revisions/${revision.id}`, revision.version, 'funding/year-closed'],
    ] as const) {
      const answer = await two.approver.step(`${url}/approve`, version)
      expect([answer.status, answer.body.code]).toEqual([422, code])
    }
  })
})

describe('the new year’s recurring money', () => {
  test('is there when the year is closed: each start and each load of the plan opens it', async () => {
    const { rows } = await app.database.owner.query(`
      select distinct envelope from funding_opening where fiscal_year = '2026-2027' order by 1`)
    expect(rows.map(({ envelope }) => envelope)).toEqual([
      'CA-2007',
      'CA-2009',
      'CA-2017',
      'CA-CCPE',
    ])
  })
})
