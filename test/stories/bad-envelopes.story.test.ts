import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { expectRefusal } from '#test/support/refusals.ts'

/** Envelopes and relations that cannot be: each refused with its reason, and nothing changed. */
let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  for (const organization of ['SPC', 'MSP']) {
    officer = await app.person('agent', 'officer', organization)
    approver = await app.person('chef', 'approver', organization)
  }
})
afterAll(() => app.close())

const term = {
  kind: 'term',
  amount: '1000000.00',
  firstFiscalYear: '2026-2027',
  lastFiscalYear: '2028-2029',
  stated: true,
}
const envelope = (change: Record<string, unknown> = {}) => ({
  code: 'CA-2026',
  programme: 'CA-STRATEGY-2004',
  title: { fr: 'Budget de 2026', en: 'Budget 2026' },
  measures: [],
  organization: 'SPC',
  terms: [term],
  source: { document: 'BUDGET-2026', quote: 'un million de dollars sur trois ans' },
  ...change,
})
const quebec = (...measures: readonly string[]) => ({
  code: 'QC-2026',
  programme: 'QC-PLAN-2021',
  organization: 'MSP',
  measures,
})
const known = { document: 'STRATEGIE-NATIONALE', quote: '…' }

const refusals: readonly (readonly [string, Record<string, unknown>, string, string])[] = [
  ['a code of no known form', { code: 'budget 2026' }, '/code', 'funding/code-malformed'],
  ['a code of the other government', { code: 'QC-2026' }, '/code', 'funding/code-malformed'],
  ['a code that an envelope bears', { code: 'CA-2009' }, '/code', 'funding/code-taken'],
  ['a code that a measure bears', { ...quebec(), code: 'QC-8' }, '/code', 'funding/code-taken'],
  ['an unknown programme', { programme: 'CA-X' }, '/programme', 'funding/programme-unknown'],
  ['an unknown measure', quebec('99'), '/measures/0', 'funding/measure-unknown'],
  ['federal money for a measure', { measures: ['12'] }, '/measures/0', 'funding/measure-elsewhere'],
  ['a measure twice', quebec('3', 'QC-3'), '/measures/1', 'funding/measure-repeated'],
  ['a self-funded measure', quebec('6'), '/measures/0', 'funding/measure-paid-otherwise'],
  ['a part of its own for a member', quebec('3'), '/measures/0', 'funding/measure-paid-otherwise'],
  [
    'a shared part for a measure with an envelope',
    quebec('3', '12'),
    '/measures/1',
    'funding/measure-paid-otherwise',
  ],
  [
    'an organization of the other government',
    { organization: 'MSP' },
    '/organization',
    'funding/organization-elsewhere',
  ],
  ['no term', { terms: [] }, '/terms', 'input/too-short'],
  [
    'an amount of zero',
    { terms: [{ ...term, amount: '0' }] },
    '/terms/0/amount',
    'input/not-positive',
  ],
  [
    'two fixed totals',
    { terms: [term, { ...term, firstFiscalYear: '2029-2030', lastFiscalYear: '2030-2031' }] },
    '/terms/1/kind',
    'funding/several-terms',
  ],
  [
    'terms that overlap',
    {
      terms: [term, { kind: 'recurring', amount: '1', firstFiscalYear: '2028-2029', stated: true }],
    },
    '/terms/1/firstFiscalYear',
    'funding/terms-overlap',
  ],
  [
    'a term that goes backwards',
    { terms: [{ ...term, lastFiscalYear: '2025-2026' }] },
    '/terms/0/lastFiscalYear',
    'funding/term-backwards',
  ],
  [
    'a fixed total without an end',
    { terms: [{ ...term, lastFiscalYear: null }] },
    '/terms/0/lastFiscalYear',
    'funding/term-without-end',
  ],
  [
    'words that say another amount',
    { terms: [{ ...term, asStated: '2 M$' }] },
    '/terms/0/asStated',
    'funding/as-stated-differs',
  ],
  [
    'a hash that is none',
    { source: { ...known, sha256: 'abc' } },
    '/source/sha256',
    'funding/sha256-malformed',
  ],
  [
    'another document under a known code',
    { source: { ...known, sha256: '0'.repeat(64) } },
    '/source/sha256',
    'funding/source-differs',
  ],
]

describe('an envelope is refused for', () => {
  test.each(refusals)('%s', async (_what, change, pointer, code) => {
    const isField = code.startsWith('input/')
    await expectRefusal(
      app,
      { status: 422, code: isField ? 'http/invalid-body' : code, errors: [[pointer, code]] },
      (headers) => officer.send('POST', '/envelopes', { body: envelope(change), headers }),
    )
  })

  test('a code that another draft bears, wherever that draft is', async () => {
    const mjq = await app.person('autre', 'officer', 'SPC')
    await mjq.send('POST', '/envelopes', { body: envelope({ code: 'CA-PRIS' }) })
    await expectRefusal(app, { status: 422, code: 'funding/code-taken' }, (headers) =>
      officer.send('POST', '/envelopes', { body: envelope({ code: 'CA-PRIS' }), headers }),
    )
  })

  test('an organization whose officer one is not', async () => {
    const body = envelope({ organization: 'GRC' })
    await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
      officer.send('POST', '/envelopes', { body, headers }),
    )
  })

  test('another code than its address', async () => {
    const { body } = await officer.send('POST', '/envelopes', { body: envelope({ code: 'CA-A' }) })
    const errors = [['/code', 'funding/code-differs']] as const
    await expectRefusal(app, { status: 422, code: 'funding/code-differs', errors }, (headers) =>
      officer.send('PUT', '/envelopes/CA-A', {
        version: body.version,
        body: envelope({ code: 'CA-B' }),
        headers,
      }),
    )
  })

  test('its own approver, its draft, and a version that changed', async () => {
    await officer.send('POST', '/envelopes', { body: envelope({ code: 'CA-C' }) })
    const approve = (person: Person, version: number, status: number, code: string) =>
      expectRefusal(app, { status, code }, (headers) =>
        person.send('POST', '/envelopes/CA-C/approve', { version, headers }),
      )
    await approve(approver, 1, 409, 'funding/wrong-state')
    await officer.step('/envelopes/CA-C/submit', 1)
    await approve(approver, 1, 412, 'funding/stale')
    const both = await app.person('agent', 'approver', 'SPC')
    await approve(both, 2, 403, 'funding/own-work')
  })
})

test('a draft can be deleted, and its code is free again', async () => {
  const enter = () => officer.send('POST', '/envelopes', { body: envelope({ code: 'CA-D' }) })
  await enter()
  const deleted = await officer.send('DELETE', '/envelopes/CA-D', { version: 1 })
  expect(deleted.status).toBe(204)
  expect((await officer.get('/envelopes/CA-D')).status).toBe(404)
  expect((await enter()).status).toBe(201)
})

const relation = (change: Record<string, unknown> = {}) => ({
  from: 'CA-2022',
  to: 'CA-2009',
  kind: 'adds',
  stated: false,
  citation: '…',
  ...change,
})

describe('a relation', () => {
  test.each([
    ['an unknown envelope', { to: 'CA-1999' }, '/to', 'funding/envelope-unknown'],
    ['itself', { to: 'CA-2022' }, '/to', 'funding/relation-to-itself'],
    ['another government', { to: 'QC-M12' }, '/to', 'funding/relation-elsewhere'],
    [
      'an unknown one without its reading',
      { kind: 'unknown' },
      '/ifNotAdditive',
      'funding/reading-misplaced',
    ],
    [
      'a reading where none is needed',
      { ifNotAdditive: 'includes' },
      '/ifNotAdditive',
      'funding/reading-misplaced',
    ],
    ['an unknown document', { document: 'X' }, '/document', 'funding/source-unknown'],
    // CA-2009 may replace CA-2007 already, in the low reading.
    [
      'a circle',
      { from: 'CA-2007', to: 'CA-2009', kind: 'includes' },
      '/kind',
      'funding/relation-circular',
    ],
  ])('is refused for %s', async (_what, change, pointer, code) => {
    await expectRefusal(app, { status: 422, code, errors: [[pointer, code]] }, (headers) =>
      officer.send('POST', '/relations', { body: relation(change), headers }),
    )
  })

  test('is refused for a circle that two approvals would close together', async () => {
    const submitted = async (from: string, to: string) => {
      const body = relation({ from, to, kind: 'includes' })
      const entered = (await officer.send('POST', '/relations', { body })).body
      return (await officer.step(`/relations/${entered.id}/submit`, entered.version)).body
    }
    const both = [await submitted('CA-2017', 'CA-2019'), await submitted('CA-2019', 'CA-2017')]
    const answers = await Promise.all(
      both.map(({ id, version }) => approver.step(`/relations/${id}/approve`, version)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    const refused = answers.find(({ status }) => status === 422)
    expect(refused?.body.code).toBe('funding/relation-circular')
  })

  test('can be changed and deleted while it is a draft', async () => {
    const { body } = await officer.send('POST', '/relations', { body: relation() })
    const url = `/relations/${body.id}`
    const changed = await officer.send('PUT', url, {
      version: 1,
      body: relation({ kind: 'renews' }),
    })
    expect(changed.body).toMatchObject({ kind: 'renews', version: 2 })
    expect((await officer.get(url)).body).toEqual(changed.body)
    expect((await officer.send('DELETE', url, { version: 2 })).status).toBe(204)
    expect((await officer.get(url)).body.code).toBe('funding/relation-not-found')
  })
})
