import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import {
  closePeriods,
  periodsOfYear,
  reopenPeriods,
  startedPeriods,
} from '#test/support/periods.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'
import { testToday } from '#test/support/urls.ts'

let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

type Case = readonly [what: string, change: Record<string, unknown>, expected: Expected]

const invalid = (pointer: string, code: string): Expected => ({
  status: 422,
  code: 'http/invalid-body',
  errors: [[pointer, code]],
})
const refused = (pointer: string, code: string, ...says: string[]): Expected => ({
  status: 422,
  code,
  errors: [[pointer, code]],
  says,
})

const enter = (change: Record<string, unknown>) => (headers: Record<string, string>) =>
  officer.send('POST', '/expenditures', { body: draft(change), headers })

const amounts: readonly Case[] = [
  ['with three decimals', { amount: '10.001' }, invalid('/amount', 'money/too-many-decimals')],
  ['of 1,234', { amount: '1,234' }, invalid('/amount', 'money/ambiguous')],
  ['below zero', { amount: '-5.00' }, invalid('/amount', 'input/not-positive')],
  ['in parentheses', { amount: '(5,00)' }, invalid('/amount', 'input/not-positive')],
  ['of zero', { amount: '0.00' }, invalid('/amount', 'input/not-positive')],
  ['that is a JSON number', { amount: 1234.5 }, invalid('/amount', 'input/wrong-type')],
  ['with an exponent', { amount: '1e3' }, invalid('/amount', 'money/exponent')],
  ['in another currency', { amount: '5,00 €' }, invalid('/amount', 'money/currency')],
  ['that is empty', { amount: '' }, invalid('/amount', 'money/empty')],
  ['one cent too large', { amount: '10000000000000.00' }, invalid('/amount', 'money/too-large')],
  ['that is missing', { amount: undefined }, invalid('/amount', 'input/missing')],
]

const places: readonly Case[] = [
  [
    'an unknown measure',
    { measure: 'QC-99' },
    refused('/measure', 'expenditures/measure-unknown', 'QC-99'),
  ],
  [
    'an unknown envelope',
    { measure: null, envelope: 'QC-M99' },
    refused('/envelope', 'expenditures/envelope-unknown', 'QC-M99'),
  ],
  [
    'neither a measure nor an envelope',
    { measure: null },
    refused('/measure', 'expenditures/cell-missing'),
  ],
  [
    'a shared measure given another envelope',
    { measure: 'QC-3', envelope: 'QC-M1' },
    refused('/envelope', 'expenditures/envelope-not-of-measure', 'QC-M1', 'QC-3'),
  ],
  [
    'a self-funded measure given one',
    { measure: 'QC-6', envelope: 'QC-M8' },
    refused('/envelope', 'expenditures/self-funded-takes-no-envelope', 'QC-6'),
  ],
  [
    'an envelope that is not of the measure',
    { measure: 'QC-12', envelope: 'QC-M15' },
    refused('/envelope', 'expenditures/envelope-not-of-measure', 'QC-M15', 'QC-12'),
  ],
  [
    'federal money for a measure of Quebec',
    { measure: 'QC-12', envelope: 'CA-2022' },
    refused('/envelope', 'expenditures/envelope-not-of-measure', 'CA-2022'),
  ],
  [
    'a commitment that nobody made',
    { commitment: '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192' },
    refused('/commitment', 'commitments/unknown'),
  ],
  [
    'a commitment by the number that people see',
    { commitment: 'E-2025-2026-000001' },
    invalid('/commitment', 'id/malformed'),
  ],
]

const dates: readonly Case[] = [
  [
    'after today',
    { serviceDate: '2026-11-17' },
    refused('/serviceDate', 'expenditures/service-date-ahead', '2026-11-17', testToday),
  ],
  [
    'before fiscal years begin',
    { serviceDate: '1990-03-31' },
    refused('/serviceDate', 'expenditures/service-date-too-early', '1990-03-31'),
  ],
  [
    'not in the calendar',
    { serviceDate: '2026-02-29' },
    invalid('/serviceDate', 'date/impossible'),
  ],
  ['written another way', { serviceDate: '15/06/2025' }, invalid('/serviceDate', 'date/malformed')],
  ['with an hour', { serviceDate: '2025-06-15T00:00' }, invalid('/serviceDate', 'date/malformed')],
]

describe('an amount', () => {
  test.each(amounts)('%s is refused', (_what, change, expected) =>
    expectRefusal(app, expected, enter(change)),
  )

  test('is read as people paste it, and kept to the cent', async () => {
    const entered = await officer.send('POST', '/expenditures', {
      body: draft({ amount: '1\u00a0234,50\u00a0$' }),
    })
    expect(entered.body.amount).toBe('1234.50')
  })
})

describe('a place', () => {
  test.each(places)('%s is refused', (_what, change, expected) =>
    expectRefusal(app, expected, enter(change)),
  )

  test('a measure is known by its number as by its code', async () => {
    const entered = await officer.send('POST', '/expenditures', {
      body: draft({ measure: ' a3 ' }),
    })
    expect(entered.body).toMatchObject({ measure: 'QC-A3', envelope: 'QC-MA3' })
  })

  test('an envelope that serves one measure gives it, with what is noticed about it', async () => {
    const body = draft({ measure: undefined, envelope: 'QC-M8', documentNumber: 'F-8' })
    const entered = await officer.send('POST', '/expenditures', { body })
    expect(entered.body).toMatchObject({ measure: 'QC-8', flags: ['not-a-lead'] })
  })

  test('a draft moved to another measure takes the envelope of that one', async () => {
    const entered = await officer.send('POST', '/expenditures', { body: draft() })
    const change = (version: number, body: unknown) =>
      officer.send('PATCH', `/expenditures/${entered.body.id}`, { version, body })
    const moved = await change(1, { measure: 'QC-15' })
    expect(moved.body).toMatchObject({ measure: 'QC-15', envelope: 'QC-M15' })
    expect((await change(2, { measure: '6' })).body).toMatchObject({ envelope: null })
    expect((await change(3, { measure: 'A2' })).body.envelope).toBe('QC-COMMUNICATION')
    const common = await change(4, { measure: null })
    expect(common.body).toMatchObject({ measure: null, envelope: 'QC-COMMUNICATION' })
    await expectRefusal(
      app,
      refused('/envelope', 'expenditures/envelope-not-of-measure'),
      (headers) =>
        officer.send('PATCH', `/expenditures/${entered.body.id}`, {
          version: 5,
          body: { measure: 'QC-12', envelope: 'QC-M15' },
          headers,
        }),
    )
  })
})

describe('a service date', () => {
  test.each(dates)('%s is refused', (_what, change, expected) =>
    expectRefusal(app, expected, enter(change)),
  )

  test('of today is in time', async () => {
    const body = draft({ serviceDate: testToday, measure: 'QC-6' })
    const entered = await officer.send('POST', '/expenditures', { body })
    expect(entered.body).toMatchObject({ state: 'draft', fiscalYear: '2026-2027' })
  })

  test('decides the fiscal year: asking for another one is refused', () =>
    expectRefusal(
      app,
      invalid('/fiscalYear', 'input/unknown-field'),
      enter({ fiscalYear: '2024-2025' }),
    ))

  test.each([
    ['the day before the first year', '2021-03-31', '2020-2021'],
    ['the day after the last year', '2026-04-01', '2026-2027'],
  ])('outside the term (%s) is kept, and submitted only with a justification', async (...row) => {
    const [, serviceDate, fiscalYear] = row
    const entered = await officer.send('POST', '/expenditures', { body: draft({ serviceDate }) })
    expect(entered.status).toBe(201)
    expect(entered.body).toMatchObject({ fiscalYear, flags: ['outside-term'] })
    const { id, number } = entered.body
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'expenditures/justification-needed',
        says: [number, serviceDate],
      },
      (headers) => officer.send('POST', `/expenditures/${id}/submit`, { version: 1, headers }),
    )
    await officer.send('PATCH', `/expenditures/${id}`, {
      version: 1,
      body: { justification: 'Service rendu avant le plan' },
    })
    const handed = await officer.step(`/expenditures/${id}/submit`, 2)
    expect(handed.body).toMatchObject({ state: 'submitted', flags: ['outside-term'] })
    const posted = await approver.step(`/expenditures/${id}/approve`, 3)
    expect(posted.body.flags).toContain('outside-term')
  })

  test.each(['2021-04-01', '2026-03-31'])('%s is inside the term', async (serviceDate) => {
    const entered = await officer.send('POST', '/expenditures', { body: draft({ serviceDate }) })
    expect(entered.body.flags).not.toContain('outside-term')
  })

  test('of self-funded spending outside the years of the plan is justified too', async () => {
    const body = draft({ measure: 'QC-9', serviceDate: '2026-04-01' })
    const entered = await officer.send('POST', '/expenditures', { body })
    expect(entered.body.flags).toContain('outside-term')
    await expectRefusal(
      app,
      { status: 422, code: 'expenditures/justification-needed' },
      (headers) =>
        officer.send('POST', `/expenditures/${entered.body.id}/submit`, { version: 1, headers }),
    )
  })
})

describe('a closed period', () => {
  const year = '2025-2026'
  const close = (numbers: readonly number[], of = year) =>
    closePeriods(app.database.owner, 'MSP', periodsOfYear(of, numbers))
  const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  afterEach(() => reopenPeriods(app.database.owner, 'MSP'))

  const recorded = async (documentNumber: string) => {
    const { recordedIn, flags, fiscalYear } = await post(officer, approver, { documentNumber })
    // Whatever recorded it, it belongs to the year of its service.
    expect(fiscalYear).toBe(year)
    return { recordedIn, flags }
  }

  test('sends a late document to the supplementary period of its year', async () => {
    await close([3])
    expect(await recorded('L-1')).toEqual({
      recordedIn: { fiscalYear: year, period: 13 },
      flags: [],
    })
  })

  test('of another month changes nothing', async () => {
    await close([2, 4, 13])
    expect(await recorded('L-2')).toEqual({
      recordedIn: { fiscalYear: year, period: 3 },
      flags: [],
    })
  })

  test('with its supplementary period closed too: the next open one of the year', async () => {
    await close([3, 4, 13])
    expect(await recorded('L-3')).toEqual({
      recordedIn: { fiscalYear: year, period: 5 },
      flags: [],
    })
  })

  test('with its whole year: the first of the next year, flagged as a late item', async () => {
    await close([...months, 13])
    expect(await recorded('L-4')).toEqual({
      recordedIn: { fiscalYear: '2026-2027', period: 1 },
      flags: ['late-item'],
    })
  })

  test('with its year and some of the next: the first that is open', async () => {
    await close([...months, 13])
    await close([1, 2], '2026-2027')
    expect(await recorded('L-5')).toEqual({
      recordedIn: { fiscalYear: '2026-2027', period: 3 },
      flags: ['late-item'],
    })
  })

  test('of another organization changes nothing', async () => {
    await closePeriods(app.database.owner, 'MJQ', startedPeriods(year))
    expect((await recorded('L-6')).recordedIn).toEqual({ fiscalYear: year, period: 3 })
  })

  test('with nothing open after it refuses the approval, until one opens', async () => {
    const { id, version } = await submitted(officer, { documentNumber: 'L-7' })
    await closePeriods(app.database.owner, 'MSP', startedPeriods(year))
    await closePeriods(app.database.owner, 'MSP', startedPeriods('2026-2027'))
    await expectRefusal(
      app,
      { status: 422, code: 'periods/none-open', says: ['2025-06-15', 'MSP'] },
      (headers) => approver.send('POST', `/expenditures/${id}/approve`, { version, headers }),
    )
    await reopenPeriods(app.database.owner, 'MSP')
    const posted = await approver.step(`/expenditures/${id}/approve`, version)
    expect(posted.body.recordedIn).toEqual({ fiscalYear: year, period: 3 })
  })

  test('with nothing open after it refuses a reversal too', async () => {
    const { id, version } = await post(officer, approver, { documentNumber: 'L-8' })
    const asked = await officer.step(`/expenditures/${id}/reverse`, version, { reason: 'Erreur' })
    await closePeriods(app.database.owner, 'MSP', startedPeriods(year))
    await closePeriods(app.database.owner, 'MSP', startedPeriods('2026-2027'))
    await expectRefusal(app, { status: 422, code: 'periods/none-open' }, (headers) =>
      approver.send('POST', `/expenditures/${id}/requests/${asked.body.requests[0].id}/approve`, {
        version: asked.body.version,
        headers,
      }),
    )
  })
})
