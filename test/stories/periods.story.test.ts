import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { closing, reopening } from '#test/support/periods.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let administrator: Person
let officer: Person
let approver: Person
let auditor: Person
let analyst: Person

beforeAll(async () => {
  app = await testApp({ today: calendarDate('2026-06-16') })
  administrator = await app.person('administrator', 'administrator')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  analyst = await app.person('analyst', 'analyst')
})
afterAll(() => app.close())

const year = '2025-2026'
const close = (body: object, options: object = {}) =>
  administrator.send('POST', '/periods/close', { body: { ...closing, ...body }, ...options })
const reopen = (body: object, options: object = {}) =>
  administrator.send('POST', '/periods/reopen', { body: { ...reopening, ...body }, ...options })
const periodOf = async (number: number, organization = 'MSP', of = year) => {
  const list = await analyst.get(`/periods?organization=${organization}&fiscalYear=${of}&limit=500`)
  return list.body.items.find(({ period }: { period: number }) => period === number)
}
const eventsOf = async (number: string) =>
  (await auditor.get(`/events?subject=period/MSP/${year}-P${number}`)).body.items

describe('the list of periods', () => {
  test('has the thirteen of each fiscal year, used or not, with the state of each', async () => {
    const { body } = await analyst.get('/periods?organization=MSP&fiscalYear=2026-2027')
    expect(body).toMatchObject({ count: 13, nextCursor: null, total: null })
    const states = body.items.map(({ state }: { state: string }) => state)
    expect(states).toEqual([...Array(3).fill('open'), ...Array(10).fill('not-started')])
    expect(body.items[2]).toEqual({
      organization: 'MSP',
      fiscalYear: '2026-2027',
      period: 3,
      key: '2026-2027-P03',
      version: 1,
      state: 'open',
      fiscalYearState: 'open',
      closedBy: null,
      closedAt: null,
    })
  })

  test('has period 13 open from the day after the year', async () => {
    expect((await periodOf(13)).state).toBe('open')
    expect((await periodOf(13, 'MSP', '2026-2027')).state).toBe('not-started')
  })

  test('covers, unless asked, who records and the years of their plan to the present one', async () => {
    const { body } = await analyst.get('/periods?limit=500')
    const seen = new Set(
      body.items.map((item: { organization: string; fiscalYear: string }) => item.organization),
    )
    // Only MSP has somebody who may enter.
    expect([...seen]).toEqual(['MSP'])
    const years = [...new Set(body.items.map((item: { fiscalYear: string }) => item.fiscalYear))]
    expect([years[0], years.at(-1), years.length]).toEqual(['2021-2022', '2026-2027', 6])
    expect(body.count).toBe(6 * 13)
  })

  test('answers any organization and year that is asked, and nothing for an unknown one', async () => {
    const old = await analyst.get('/periods?organization=SPC&fiscalYear=2004-2005')
    expect(old.body.count).toBe(13)
    expect(old.body.items[12]).toMatchObject({ key: '2004-2005-P13', state: 'open' })
    expect((await analyst.get('/periods?organization=SPC')).body.items[0].key).toBe('2004-2005-P01')
    expect((await analyst.get('/periods?organization=XYZ')).body).toMatchObject({ count: 0 })
    const coming = await analyst.get('/periods?organization=MSP&fiscalYear=2027-2028')
    expect(coming.body.items[0]).toMatchObject({
      state: 'not-started',
      fiscalYearState: 'not-started',
    })
  })

  test('is read page by page, and by state', async () => {
    const first = await analyst.get('/periods?organization=MSP&state=not-started&limit=6')
    expect(first.body).toMatchObject({ count: 10, items: { length: 6 } })
    const second = await analyst.get(
      `/periods?organization=MSP&state=not-started&limit=6&cursor=${first.body.nextCursor}`,
    )
    expect(second.body).toMatchObject({ items: { length: 4 }, nextCursor: null })
  })

  test.each([
    ['state=shut', '/state', 'input/not-allowed'],
    ['fiscalYear=2025', '/fiscalYear', 'fiscal-year/malformed'],
    ['organisation=MSP', '/organisation', 'input/unknown-field'],
  ])('refuses a query of %s', (query, pointer, code) =>
    expectRefusal(
      app,
      { status: 400, code: 'http/invalid-query', errors: [[pointer, code]] },
      (headers) => analyst.get(`/periods?${query}`, headers),
    ),
  )
})

describe('a period is closed', () => {
  test('by an administrator, and says by whom and when', async () => {
    const closed = await close({ period: 1, reason: 'Fin de mois' })
    expect(closed.body).toEqual({
      organization: 'MSP',
      fiscalYear: year,
      period: 1,
      key: '2025-2026-P01',
      version: 2,
      state: 'closed',
      position: expect.any(Number),
    })
    const [event] = await eventsOf('01')
    expect(event).toMatchObject({
      type: 'period.closed',
      actor: administrator.email,
      position: closed.body.position,
      before: { state: 'open', version: 1 },
      after: { state: 'closed', version: 2 },
      reason: 'Fin de mois',
    })
    expect(await periodOf(1)).toMatchObject({
      state: 'closed',
      fiscalYearState: 'open',
      version: 2,
      closedBy: administrator.email,
      closedAt: event.at,
    })
  })

  test('by nobody else', async () => {
    for (const person of [officer, approver, auditor, analyst]) {
      for (const step of ['close', 'reopen']) {
        await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
          person.send('POST', `/periods/${step}`, { body: { ...reopening, period: 2 }, headers }),
        )
      }
    }
  })

  test('for one organization: another one goes on', async () => {
    expect((await periodOf(1, 'MJQ')).state).toBe('open')
  })

  test('at the version that was seen', async () => {
    const stale: Expected = {
      status: 412,
      code: 'periods/stale',
      errors: [['/version', 'periods/stale']],
      says: ['2025-2026-P01 MSP'],
    }
    await expectRefusal(app, stale, (headers) => close({ period: 1 }, { headers }))
    await expectRefusal(app, stale, (headers) => reopen({ period: 1, version: 3 }, { headers }))
    await expectRefusal(app, { ...stale, says: ['2025-2026-P02 MSP'] }, (headers) =>
      close({ period: 2, version: 2 }, { headers }),
    )
  })

  test('once', () =>
    expectRefusal(app, { status: 409, code: 'periods/wrong-state' }, (headers) =>
      close({ period: 1, version: 2 }, { headers }),
    ))

  test('only when it has begun', async () => {
    const refusal: Expected = {
      status: 422,
      code: 'periods/not-begun',
      errors: [['/period', 'periods/not-begun']],
    }
    await expectRefusal(app, { ...refusal, says: ['2026-07-01'] }, (headers) =>
      close({ fiscalYear: '2026-2027', period: 4 }, { headers }),
    )
    await expectRefusal(app, { ...refusal, says: ['2027-04-01'] }, (headers) =>
      close({ fiscalYear: '2026-2027', period: 13 }, { headers }),
    )
  })

  test('only of an organization that there is', () =>
    expectRefusal(
      app,
      {
        status: 422,
        code: 'organizations/unknown',
        errors: [['/organization', 'organizations/unknown']],
      },
      (headers) => close({ organization: 'XYZ' }, { headers }),
    ))

  test.each([
    ['no version', { version: undefined }, '/version', 'input/missing'],
    ['version zero', { version: 0 }, '/version', 'input/too-small'],
    ['period 14', { period: 14 }, '/period', 'input/too-large'],
    ['a period of text', { period: '3' }, '/period', 'input/wrong-type'],
    ['a blank reason', { reason: ' ' }, '/reason', 'input/too-short'],
    ['a field too many', { force: true }, '/force', 'input/unknown-field'],
  ])('never with %s', (_what, change, pointer, code) =>
    expectRefusal(
      app,
      { status: 422, code: 'http/invalid-body', errors: [[pointer, code]] },
      (headers) => close(change, { headers }),
    ),
  )

  test('once for a key, however often it is sent', async () => {
    const key = 'close-P12'
    const first = await close({ period: 12 }, { key })
    const again = await close({ period: 12 }, { key })
    expect([first.status, again.text]).toEqual([200, first.text])
    expect(await eventsOf('12')).toHaveLength(1)
  })
})

describe('a period with documents in it', () => {
  test('is not closed: each of them is listed', async () => {
    const { body: drafted } = await officer.send('POST', '/expenditures', {
      body: draft({ serviceDate: '2025-05-01', documentNumber: 'W-1' }),
    })
    const handedIn = await submitted(officer, { serviceDate: '2025-05-31', documentNumber: 'W-2' })
    await submitted(officer, { serviceDate: '2025-06-01', documentNumber: 'W-3' })
    const refused = await close({ period: 2 })
    expect(refused.body).toMatchObject({ status: 422, code: 'periods/documents-waiting' })
    expect(refused.body.errors).toEqual([
      {
        pointer: '/period',
        code: 'periods/documents-waiting',
        detail: `${drafted.number} (brouillon, 2025-05-01)`,
        value: drafted.id,
      },
      {
        pointer: '/period',
        code: 'periods/documents-waiting',
        detail: `${handedIn.number} (soumise, 2025-05-31)`,
        value: handedIn.id,
      },
    ])
    await approver.step(`/expenditures/${handedIn.id}/approve`, handedIn.version)
    expect((await close({ period: 2 })).body.errors).toHaveLength(1)
    await officer.send('DELETE', `/expenditures/${drafted.id}`, { version: 1 })
    expect((await close({ period: 2 })).body.state).toBe('closed')
  })

  test('of another organization is closed', async () => {
    const jurist = await app.person('jurist', 'officer', 'MJQ')
    await submitted(jurist, { organization: 'MJQ', measure: 'QC-28', serviceDate: '2025-07-15' })
    expect((await close({ period: 4 })).status).toBe(200)
    const refused = await close({ organization: 'MJQ', period: 4 })
    expect(refused.body.code).toBe('periods/documents-waiting')
  })

  test('that are late for a closed month: they wait in period 13', async () => {
    const late = await submitted(officer, { serviceDate: '2025-05-15', documentNumber: 'W-4' })
    const refused = await close({ period: 13 })
    expect(refused.body.errors.map(({ value }: { value: string }) => value)).toEqual([late.id])
    const posted = await approver.step(`/expenditures/${late.id}/approve`, late.version)
    expect(posted.body.recordedIn).toEqual({ fiscalYear: year, period: 13 })
    expect((await close({ period: 13 })).status).toBe(200)
  })

  test('that are late with period 13 closed: they wait in the next open one', async () => {
    const late = await submitted(officer, { serviceDate: '2025-04-15', documentNumber: 'W-5' })
    // P01 and P02 are closed, P13 too; P03 still holds a document of June.
    const refused = await close({ period: 3 })
    expect(refused.body.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      expect.stringContaining('2025-06-01'),
      expect.stringContaining('2025-04-15'),
    ])
    const posted = await approver.step(`/expenditures/${late.id}/approve`, late.version)
    expect(posted.body).toMatchObject({ recordedIn: { fiscalYear: year, period: 3 }, flags: [] })
  })

  test('that were posted and are asked to be reversed is closed', async () => {
    const { id, version } = await post(officer, approver, { serviceDate: '2025-08-15' })
    const asked = await officer.step(`/expenditures/${id}/reverse`, version, { reason: 'Erreur' })
    expect((await close({ period: 5 })).status).toBe(200)
    const url = `/expenditures/${id}/requests/${asked.body.requests[0].id}/approve`
    const reversed = await approver.step(url, asked.body.version)
    const { body } = await auditor.get('/journal/entries?limit=500')
    const mirror = body.items.find((each: { id: string }) => each.id === reversed.body.reversedBy)
    expect(mirror.recordedIn).toEqual({ fiscalYear: year, period: 6 })
  })
})

describe('a closed period is reopened', () => {
  test('with a reason, and takes what is posted after', async () => {
    const missing = { reason: undefined, period: 5, version: 2 }
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'periods/reason-needed',
        errors: [['/reason', 'periods/reason-needed']],
      },
      (headers) => reopen(missing, { headers }),
    )
    const reopened = await reopen({ period: 5, version: 2, reason: 'Facture oubliée' })
    expect(reopened.body).toMatchObject({ state: 'open', version: 3 })
    expect((await eventsOf('05')).at(-1)).toMatchObject({
      type: 'period.reopened',
      reason: 'Facture oubliée',
      before: { state: 'closed', version: 2 },
      after: { state: 'open', version: 3 },
    })
    expect(await periodOf(5)).toMatchObject({ state: 'open', closedBy: null, closedAt: null })
    const posted = await post(officer, approver, { serviceDate: '2025-08-20' })
    expect(posted.recordedIn).toEqual({ fiscalYear: year, period: 5 })
  })

  test('only when it is closed', async () => {
    const open: Expected = { status: 409, code: 'periods/wrong-state' }
    await expectRefusal(app, open, (headers) => reopen({ period: 5, version: 3 }, { headers }))
    await expectRefusal(app, open, (headers) => reopen({ period: 7, version: 1 }, { headers }))
  })
})

describe('a fiscal year', () => {
  test('is closed when its thirteen periods are, and open again with one of them', async () => {
    const closeAll = async (numbers: readonly number[]) => {
      for (const period of numbers) {
        await close({ organization: 'MEQ', period })
      }
    }
    await closeAll([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect((await periodOf(1, 'MEQ')).fiscalYearState).toBe('open')
    await closeAll([13])
    expect((await periodOf(1, 'MEQ')).fiscalYearState).toBe('closed')
    await reopen({ organization: 'MEQ', period: 13 })
    expect((await periodOf(1, 'MEQ')).fiscalYearState).toBe('open')
  })

  test('leaves the record whole', async () => {
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })
})
