import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { reconciliation } from '#test/support/reports.ts'

/** Budget 2018 gave the RCMP 19 M$ over five years, then 5,8 M$ a year; the federal page omits it. */
let app: TestApp
let officer: Person
let approver: Person
let stranger: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  officer = await app.person('agent', 'officer', 'GRC')
  approver = await app.person('chef', 'approver', 'GRC')
  stranger = await app.person('autre', 'officer', 'SPC')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const budget2018 = {
  code: 'CA-2018',
  programme: 'CA-STRATEGY-2004',
  title: {
    fr: 'Budget de 2018 : capacité d’enquête de la GRC',
    en: 'Budget 2018: RCMP investigative capacity',
  },
  measures: [],
  organization: 'GRC',
  terms: [
    {
      kind: 'term',
      amount: '19 M$',
      firstFiscalYear: '2018-2019',
      lastFiscalYear: '2022-2023',
      stated: true,
    },
    { kind: 'recurring', amount: '5,8 M$', firstFiscalYear: '2023-2024', stated: false },
  ],
  source: {
    document: 'BUDGET-2018',
    quote: '19 millions de dollars sur cinq ans, et 5,8 millions de dollars par année par la suite',
    title: { fr: 'Budget de 2018', en: 'Budget 2018' },
    url: 'https://www.budget.gc.ca/2018/',
  },
}

const plannedOf = async (query = '') =>
  (await reconciliation(auditor, `?jurisdiction=CA${query}`)).totals.planned

describe('an envelope that people enter', () => {
  let version = 0
  let before: Record<string, string | undefined>

  test('is a draft that its organization and the auditors see, and nobody else', async () => {
    before = {
      all: await plannedOf(),
      ten: await plannedOf('&from=2018-2019&to=2022-2023&spread=straight-line'),
      year: await plannedOf('&from=2025-2026&to=2025-2026&spread=straight-line'),
    }
    const entered = await officer.send('POST', '/envelopes', { body: budget2018 })
    expect([entered.status, entered.headers.etag]).toEqual([201, '"1"'])
    expect(entered.body).toMatchObject({
      code: 'CA-2018',
      state: 'draft',
      preparedBy: officer.email,
      terms: [
        { amount: '19000000.00', asStated: '19 M$', precision: '1000000.00', stated: true },
        { amount: '5800000.00', asStated: '5,8 M$', precision: '100000.00', lastFiscalYear: null },
      ],
      source: { document: 'BUDGET-2018', sha256: null, url: 'https://www.budget.gc.ca/2018/' },
    })
    for (const person of [officer, approver, auditor]) {
      expect((await person.get('/envelopes/CA-2018')).body).toEqual(entered.body)
      expect((await person.get('/envelopes?limit=500')).body.items.at(-1)).toEqual(entered.body)
    }
    const unseen = await stranger.get('/envelopes/CA-2018')
    expect([unseen.status, unseen.body.code]).toEqual([404, 'funding/envelope-not-found'])
    expect((await stranger.get('/envelopes?limit=500')).body.count).toBe(32)
    expect(await plannedOf()).toBe(before.all)
    version = entered.body.version
  })

  test('goes to an approver, comes back with a reason, and is mended', async () => {
    const step = async (person: Person, verb: string, body?: unknown) => {
      const answer = await person.step(`/envelopes/CA-2018/${verb}`, version, body)
      expect([verb, answer.status]).toEqual([verb, 200])
      version = answer.body.version
      return answer.body
    }
    expect((await step(officer, 'submit')).state).toBe('submitted')
    const returned = await step(approver, 'return', { reason: 'Citez la page.' })
    expect(returned).toMatchObject({ state: 'draft', submittedBy: null })
    const source = { ...budget2018.source, quote: `${budget2018.source.quote} (p. 235)` }
    const changed = await officer.send('PUT', '/envelopes/CA-2018', {
      version,
      body: { ...budget2018, source },
    })
    expect([changed.status, changed.body.source.quote]).toEqual([200, source.quote])
    version = changed.body.version
    await step(officer, 'submit')
  })

  test('approved, moves the federal totals by exactly what it grants', async () => {
    const approved = await approver.step('/envelopes/CA-2018/approve', version)
    expect(approved.body).toMatchObject({
      state: 'approved',
      approvedBy: approver.email,
      position: expect.any(Number),
    })
    expect((await approver.get('/envelopes/CA-2018')).headers.etag).toBe(approved.headers.etag)
    const { row } = await reconciliation(auditor, '?jurisdiction=CA&by=envelope')
    // 19 M$, and four years of 5,8 M$ opened: 2023-2024 to 2026-2027.
    expect(row('CA-2018')).toMatchObject({ planned: '42200000.00', flags: ['nothing-recorded'] })
    expect(await plannedOf()).toBe(plus(before.all, 42_200_000n))
    expect(await plannedOf('&from=2018-2019&to=2022-2023&spread=straight-line')).toBe(
      plus(before.ten, 19_000_000n),
    )
    expect(await plannedOf('&from=2025-2026&to=2025-2026&spread=straight-line')).toBe(
      plus(before.year, 5_800_000n),
    )
  })

  test('is then an envelope of the plan for everybody, with its source', async () => {
    const { body } = await stranger.get('/envelopes/CA-2018')
    expect(body).toMatchObject({ state: 'approved', source: { document: 'BUDGET-2018' } })
    expect(body).not.toHaveProperty('preparedBy')
    expect((await stranger.get('/envelopes?limit=500')).body.count).toBe(33)
    const { body: workbook } = await auditor.get('/verify')
    expect(workbook).toMatchObject({ isIntact: true })
  })

  test('leaves every report of before as it was', async () => {
    const { body } = await auditor.get('/events?limit=500')
    const entered = body.items.find(({ type }: { type: string }) => type === 'envelope.entered')
    const asOf = entered.position - 1
    expect(await plannedOf(`&asOf=${asOf}`)).toBe(before.all)
    const rows = (await reconciliation(auditor, `?jurisdiction=CA&by=envelope&asOf=${asOf}`)).rows
    expect(rows.some(({ key }) => key === 'CA-2018')).toBe(false)
  })

  test('can be related to another, and a scenario then reads it so', async () => {
    const low = async () => {
      const { body } = await auditor.get(
        '/reports/comparison?scenario=low&from=2018-2019&to=2025-2026',
      )
      return body.rows.at(-1).ca.planned
    }
    const high = await low()
    const entered = await officer.send('POST', '/relations', {
      body: {
        from: 'CA-2018',
        to: 'CA-2017',
        kind: 'unknown',
        stated: false,
        ifNotAdditive: 'replaces',
        citation: 'Le budget de 2018 ne dit pas comment il se rapporte à celui de 2017.',
        document: 'BUDGET-2018',
      },
    })
    expect(entered.status).toBe(201)
    const { id } = entered.body
    expect((await officer.get('/relations?limit=500')).body.items.at(-1)).toEqual(entered.body)
    expect((await stranger.get('/relations?limit=500')).body.count).toBe(7)
    const submitted = await officer.step(`/relations/${id}/submit`, entered.body.version)
    expect(await low()).toBe(high)
    const own = await officer.step(`/relations/${id}/approve`, submitted.body.version)
    expect([own.status, own.body.code]).toEqual([403, 'identity/forbidden'])
    const approved = await approver.step(`/relations/${id}/approve`, submitted.body.version)
    expect(approved.body).toMatchObject({ state: 'approved', approvedBy: approver.email })
    const inForce = (await stranger.get('/relations?limit=500')).body.items
    expect(inForce).toContainEqual({
      from: 'CA-2018',
      to: 'CA-2017',
      kind: 'unknown',
      stated: false,
      ifNotAdditive: 'replaces',
      citation: 'Le budget de 2018 ne dit pas comment il se rapporte à celui de 2017.',
      document: 'BUDGET-2018',
      reading: null,
      state: 'approved',
    })
    // CA-2017 counts nothing from 2018-2019: four of its five years of 1,2 M$, and 1,3 M$ since.
    expect(await low()).toBe(plus(high, -(4n * 1_200_000n + 4n * 1_300_000n)))
  })
})

describe('more envelopes for the same measures', () => {
  test('leave one grand total, whatever the question, and print in every workbook', async () => {
    const two = {
      officer: await app.person('agente', 'officer', 'MSP'),
      approver: await app.person('cheffe', 'approver', 'MSP'),
    }
    const before = (await reconciliation(auditor)).totals.planned
    for (const [code, measures] of [
      ['QC-M12-2', ['12']],
      ['QC-COMMUNICATION-2', ['3', '4', 'A1']],
    ] as const) {
      const term = { kind: 'term', amount: '100000', stated: true }
      const years = { firstFiscalYear: '2024-2025', lastFiscalYear: '2025-2026' }
      const entered = await two.officer.send('POST', '/envelopes', {
        body: {
          ...{ code, measures, programme: 'QC-PLAN-2021', organization: 'MSP' },
          title: { fr: 'Ajout', en: 'Addition' },
          terms: [{ ...term, ...years }],
          source: { document: 'CT-226', quote: '100 000 $' },
        },
      })
      expect(entered.status).toBe(201)
      await two.officer.step(`/envelopes/${code}/submit`, 1)
      expect((await two.approver.step(`/envelopes/${code}/approve`, 2)).status).toBe(200)
    }
    const { totals, row, tieOut } = await reconciliation(auditor)
    expect(totals.planned).toBe(plus(before, 200_000n))
    expect(row('QC-12').envelopes).toEqual(['QC-M12', 'QC-M12-2'])
    expect(row('QC-3')).toMatchObject({ planned: null, repeated: true })
    // The announcement is still compared with its own table.
    expect(tieOut).toMatchObject({ table: '147106925.00' })
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
    for (const report of ['reconciliation', 'comparison', 'announcements']) {
      expect((await auditor.get(`/reports/${report}.xlsx`)).status).toBe(200)
    }
  })
})

const plus = (amount: string | undefined, dollars: bigint): string => {
  const [whole = '', cents = ''] = (amount ?? '').split('.')
  return `${BigInt(whole) + dollars}.${cents}`
}
