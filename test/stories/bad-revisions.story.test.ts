import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import { revise, revision, submittedRevision, type Two } from '#test/support/revisions.ts'

/** Revisions that cannot be: each refused with its reason, and nothing changed. */
let app: TestApp
let two: Two
let federal: Two
let stranger: Person

beforeAll(async () => {
  app = await testApp()
  const pair = async (organization: string): Promise<Two> => ({
    officer: await app.person(`agent-${organization.toLowerCase()}`, 'officer', organization),
    approver: await app.person(`chef-${organization.toLowerCase()}`, 'approver', organization),
  })
  two = await pair('MSP')
  federal = await pair('SPC')
  stranger = await app.person('etranger', 'officer', 'MJQ')
})
afterAll(() => app.close())

const shared = 'QC-COMMUNICATION'
/** A supplement of one line, of the shared envelope unless the line says otherwise. */
const one = (line: Record<string, unknown>, change: Record<string, unknown> = {}) => ({
  ...change,
  lines: [{ envelope: shared, amount: '100.00', ...line }],
})
const moved = (
  kind: string,
  ...lines: readonly (readonly [Record<string, unknown>, string])[]
) => ({
  kind,
  lines: lines.map(([cell, amount]) => ({ envelope: shared, ...cell, amount })),
})

const refusals: readonly (readonly [string, Record<string, unknown>, string, string])[] = [
  ['no line at all', { lines: [] }, '/lines', 'input/too-short'],
  ['no reason', { reason: ' ' }, '/reason', 'input/too-short'],
  ['no document', { documentReference: '' }, '/documentReference', 'input/too-short'],
  [
    'a day that has not come',
    { effectiveOn: '2026-11-17' },
    '/effectiveOn',
    'funding/effective-date-ahead',
  ],
  [
    'a day before all fiscal years',
    { effectiveOn: '1989-06-15' },
    '/effectiveOn',
    'funding/effective-date-too-early',
  ],
  [
    'a negative supplement',
    one({ amount: '-1.00' }),
    '/lines/0/amount',
    'funding/line-not-positive',
  ],
  ['a supplement of zero', one({ amount: '0.00' }), '/lines/0/amount', 'funding/line-not-positive'],
  [
    'a negative reduction',
    one({ amount: '-1.00' }, { kind: 'reduction' }),
    '/lines/0/amount',
    'funding/line-not-positive',
  ],
  [
    'a line that moves nothing',
    moved('distribution', [{}, '-1.00'], [{ measure: '3' }, '1.00'], [{ measure: '4' }, '0.00']),
    '/lines/2/amount',
    'funding/line-moves-nothing',
  ],
  [
    'an unknown envelope',
    one({ envelope: 'QC-M99' }),
    '/lines/0/envelope',
    'funding/envelope-unknown',
  ],
  [
    'a measure that is no member',
    one({ measure: '12' }),
    '/lines/0/measure',
    'funding/not-a-member',
  ],
  [
    'a year outside the term',
    one({ fiscalYear: '2026-2027' }),
    '/lines/0/fiscalYear',
    'funding/outside-term',
  ],
  [
    'a distribution to a measure that is no member',
    moved('distribution', [{}, '-100.00'], [{ measure: '12' }, '100.00']),
    '/lines/1/measure',
    'funding/not-a-member',
  ],
  [
    'a distribution to a year outside the term',
    moved('distribution', [{}, '-100.00'], [{ fiscalYear: '2026-2027' }, '100.00']),
    '/lines/1/fiscalYear',
    'funding/outside-term',
  ],
  [
    'one cell twice',
    moved('supplement', [{ measure: '3' }, '1.00'], [{ measure: 'QC-3' }, '2.00']),
    '/lines/1',
    'funding/line-repeated',
  ],
  [
    'an unbalanced distribution',
    moved('distribution', [{}, '-100.00'], [{ measure: '3' }, '99.99']),
    '/lines',
    'funding/unbalanced',
  ],
  [
    'an unbalanced transfer',
    moved('transfer', [{}, '-100.00'], [{ envelope: 'QC-M12' }, '100.01']),
    '/lines',
    'funding/unbalanced',
  ],
  [
    'a transfer inside one envelope',
    moved('transfer', [{}, '-100.00'], [{ measure: '3' }, '100.00']),
    '/lines',
    'funding/one-envelope',
  ],
  [
    'a transfer to another government',
    moved('transfer', [{}, '-100.00'], [{ envelope: 'CA-2004' }, '100.00']),
    '/lines',
    'funding/several-programmes',
  ],
  [
    'an envelope that gives and receives',
    moved(
      'transfer',
      [{}, '-100.00'],
      [{ measure: '3' }, '50.00'],
      [{ envelope: 'QC-M12' }, '50.00'],
    ),
    '/lines',
    'funding/gives-and-receives',
  ],
  [
    'a distribution between envelopes',
    moved('distribution', [{}, '-100.00'], [{ envelope: 'QC-M12' }, '100.00']),
    '/lines',
    'funding/several-envelopes',
  ],
]

describe('a revision is refused for', () => {
  test.each(refusals)('%s', async (_what, change, pointer, code) => {
    const field = code.startsWith('input/')
    await expectRefusal(
      app,
      { status: 422, code: field ? 'http/invalid-body' : code, errors: [[pointer, code]] },
      (headers) => two.officer.send('POST', '/revisions', { body: revision(change), headers }),
    )
  })

  test('recurring money of a year that is not open', async () => {
    const change = one({ envelope: 'CA-2009', fiscalYear: '2027-2028' })
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'funding/year-not-open',
        errors: [['/lines/0/fiscalYear', 'funding/year-not-open']],
        says: ['2027-2028', 'CA-2009'],
      },
      (headers) => federal.officer.send('POST', '/revisions', { body: revision(change), headers }),
    )
  })

  test('recurring money without its year', async () => {
    const body = revision(one({ envelope: 'CA-2007' }))
    const errors = [['/lines/0/fiscalYear', 'funding/fiscal-year-needed']] as const
    await expectRefusal(
      app,
      { status: 422, code: 'funding/fiscal-year-needed', errors },
      (headers) => federal.officer.send('POST', '/revisions', { body, headers }),
    )
  })

  test('money of the term that would go to a recurring year', async () => {
    const body = revision(
      moved(
        'distribution',
        [{ envelope: 'CA-2009' }, '-100.00'],
        [{ envelope: 'CA-2009', fiscalYear: '2020-2021' }, '100.00'],
      ),
    )
    const errors = [['/lines', 'funding/outside-term']] as const
    await expectRefusal(app, { status: 422, code: 'funding/outside-term', errors }, (headers) =>
      federal.officer.send('POST', '/revisions', { body, headers }),
    )
  })

  test('all that is wrong at once', async () => {
    const body = revision({
      effectiveOn: '2026-11-17',
      ...moved('supplement', [{ measure: '12' }, '-1.00'], [{ fiscalYear: '2019-2020' }, '1.00']),
    })
    const refused = await two.officer.send('POST', '/revisions', { body })
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/effectiveOn',
      '/lines/0/amount',
      '/lines/0/measure',
      '/lines/1/fiscalYear',
    ])
  })

  test('an envelope of another organization', async () => {
    await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
      stranger.send('POST', '/revisions', { body: revision(), headers }),
    )
  })

  test('the givers of two organizations', async () => {
    await app.person('agent-msp', 'officer', 'MEQ')
    const lines = [
      { envelope: shared, amount: '1.00' },
      { envelope: 'QC-M8', amount: '1.00' },
    ]
    const errors = [['/lines', 'funding/several-organizations']] as const
    await expectRefusal(
      app,
      { status: 422, code: 'funding/several-organizations', errors },
      (headers) => two.officer.send('POST', '/revisions', { body: revision({ lines }), headers }),
    )
  })
})

describe('an approval is refused', () => {
  test('to who prepared it, also when they hold both roles', async () => {
    const waiting = await submittedRevision(two)
    const both = await app.person('agent-msp', 'approver', 'MSP')
    await expectRefusal(app, { status: 403, code: 'funding/own-work' }, (headers) =>
      both.send('POST', `/revisions/${waiting.id}/approve`, { version: waiting.version, headers }),
    )
  })

  test('of a version that changed since, and without any', async () => {
    const waiting = await submittedRevision(two)
    const url = `/revisions/${waiting.id}/approve`
    await expectRefusal(app, { status: 412, code: 'funding/stale' }, (headers) =>
      two.approver.send('POST', url, { version: 1, headers }),
    )
    await expectRefusal(app, { status: 428, code: 'http/if-match-missing' }, (headers) =>
      two.approver.send('POST', url, { headers }),
    )
  })

  test('of a draft, and of what is approved already', async () => {
    const draft = (await two.officer.send('POST', '/revisions', { body: revision() })).body
    const approve = ({ id, version }: { id: string; version: number }) =>
      expectRefusal(app, { status: 409, code: 'funding/wrong-state' }, (headers) =>
        two.approver.send('POST', `/revisions/${id}/approve`, { version, headers }),
      )
    await approve(draft)
    await approve((await revise(two)).body)
  })

  test('above the headroom, with every operand', async () => {
    // QC-M18 grants 68 466.00.
    await post(two.officer, two.approver, { measure: 'QC-18', amount: '68000.00' })
    const line = { envelope: 'QC-M18', amount: '466.01' }
    const waiting = await submittedRevision(two, { kind: 'reduction', lines: [line] })
    const url = `/revisions/${waiting.id}/approve`
    await expectRefusal(app, { status: 422, code: 'funding/above-headroom' }, (headers) =>
      two.approver.send('POST', url, { version: waiting.version, headers }),
    )
    const { body } = await two.approver.step(url, waiting.version)
    expect(body.detail.replaceAll('\u00a0', ' ')).toBe(
      `${waiting.number} : 466,01 $ dépasse la marge de QC-M18, 466,00 $ (disponible de cette part 68 466,00 $, non réparti 68 466,00 $, insuffisance des autres parts -68 000,00 $, disponible en tout 466,00 $).`,
    )
    const exact = await revise(two, { kind: 'reduction', lines: [{ ...line, amount: '466.00' }] })
    expect(exact.status).toBe(200)
  })

  test('of a transfer that its giver cannot bear', async () => {
    const change = moved(
      'transfer',
      [{ envelope: 'QC-M18' }, '-0.01'],
      [{ envelope: 'QC-M12' }, '0.01'],
    )
    const waiting = await submittedRevision(two, change)
    await expectRefusal(
      app,
      { status: 422, code: 'funding/above-headroom', says: ['QC-M18'] },
      (headers) =>
        two.approver.send('POST', `/revisions/${waiting.id}/approve`, {
          version: waiting.version,
          headers,
        }),
    )
  })

  test('of a distribution that its source cell does not hold, though the envelope would', async () => {
    const change = moved(
      'distribution',
      [{ measure: '3', fiscalYear: '2024-2025' }, '-1.00'],
      [{ measure: '4' }, '1.00'],
    )
    const waiting = await submittedRevision(two, change)
    await expectRefusal(
      app,
      { status: 422, code: 'funding/cell-holds-less', says: ['QC-3 2024-2025'] },
      (headers) =>
        two.approver.send('POST', `/revisions/${waiting.id}/approve`, {
          version: waiting.version,
          headers,
        }),
    )
  })

  test('to strangers, like what does not exist', async () => {
    const waiting = await submittedRevision(two)
    const approver = await app.person('chef-mjq', 'approver', 'MJQ')
    const foreign = await approver.step(`/revisions/${waiting.id}/approve`, waiting.version)
    expect([foreign.status, foreign.body.code]).toEqual([404, 'funding/revision-not-found'])
    expect((await stranger.get(`/revisions/${waiting.id}`)).status).toBe(404)
    expect((await stranger.get('/revisions')).body.count).toBe(0)
  })
})
