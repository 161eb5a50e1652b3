import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, commitment, correct, proposed } from '#test/support/commitments.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import { reconciliation } from '#test/support/reports.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let jurist: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  jurist = await app.person('jurist', 'officer', 'MJQ')
})
afterAll(() => app.close())

const step = (person: Person, { id, version }: Document, verb: string, body?: unknown) =>
  person.step(`/commitments/${id}/${verb}`, version, body)
const reason = { reason: 'Motif' }

interface Document {
  readonly id: string
  readonly version: number
}

describe('the life of a commitment', () => {
  test('entered, returned, corrected, approved by another person, released', async () => {
    const entered = await officer.send('POST', '/commitments', { body: commitment() })
    expect([entered.status, entered.headers.etag]).toEqual([201, '"1"'])
    expect(entered.body).toEqual({
      id: expect.any(String),
      number: 'E-2025-2026-000001',
      state: 'draft',
      version: 1,
      organization: 'MSP',
      measure: 'QC-12',
      envelope: 'QC-M12',
      fiscalYear: '2025-2026',
      heldIn: '2025-2026',
      recordedIn: null,
      supplier: 'PIPQ',
      reference: 'C-17',
      description: 'Projet pilote',
      amount: '1000.00',
      consumed: '0.00',
      released: '0.00',
      remaining: '1000.00',
      flags: [],
      preparedBy: officer.email,
      submittedBy: null,
      approvedBy: null,
      releasedBy: null,
      entry: null,
      position: null,
    })
    const waiting = await step(officer, entered.body, 'submit')
    const returned = await step(approver, waiting.body, 'return', reason)
    expect(returned.body).toMatchObject({ state: 'draft', submittedBy: null })
    const changed = await officer.send('PATCH', `/commitments/${entered.body.id}`, {
      version: returned.body.version,
      body: { measure: '15', amount: '900.00' },
    })
    expect(changed.body).toMatchObject({ measure: 'QC-15', envelope: 'QC-M15', amount: '900.00' })
    const again = await step(officer, changed.body, 'submit')
    const approved = await step(approver, again.body, 'approve')
    expect(approved.body).toMatchObject({
      state: 'approved',
      approvedBy: approver.email,
      // Today's period, whatever the year it is committed on.
      recordedIn: { fiscalYear: '2026-2027', period: 8 },
    })
    const { position } = approved.body
    const read = await auditor.get(`/commitments/${entered.body.id}`)
    expect(read.body.position).toBe(position)
    const events = (await auditor.get('/events?limit=500')).body.items
    expect(
      events.find((event: Document & { position: number }) => event.position === position),
    ).toMatchObject({ type: 'commitment.approved', actor: approver.email })
    const released = await step(approver, approved.body, 'release', reason)
    expect(released.body).toMatchObject({ state: 'closed', releasedBy: approver.email })
  })

  test('a draft is deleted, and its number is not given again', async () => {
    const { body } = await officer.send('POST', '/commitments', { body: commitment() })
    const { status } = await officer.send('DELETE', `/commitments/${body.id}`, { version: 1 })
    expect(status).toBe(204)
    const next = await officer.send('POST', '/commitments', { body: commitment() })
    expect([body.number, next.body.number]).toEqual(['E-2025-2026-000002', 'E-2025-2026-000003'])
  })

  test('is listed with what it was asked for and what remains, page by page', async () => {
    for (const amount of ['10.00', '20.00', '40.00']) {
      await commit(officer, approver, { measure: 'QC-24', supplier: 'Liste 100 %', amount })
    }
    const query =
      'measure=24&state=approved&supplier=liste%20100&fiscalYear=2025-26&envelope=QC-M24'
    const all = (await auditor.get(`/commitments?organization=MSP&${query}`)).body
    expect(all).toMatchObject({ count: 3, total: '70.00', remaining: '70.00', nextCursor: null })
    const first = (await auditor.get(`/commitments?limit=2&${query}`)).body
    const second = (await auditor.get(`/commitments?limit=2&${query}&cursor=${first.nextCursor}`))
      .body
    expect([...first.items, ...second.items]).toEqual(all.items)
    expect((await jurist.get('/commitments')).body).toMatchObject({ count: 0, total: '0.00' })
  })
})

describe('reports', () => {
  test('show committed and available by every dimension, in one grand total', async () => {
    const ways = ['measure', 'axis', 'lead', 'organization', 'envelope', 'fiscal-year', 'period']
    const before = new Map<string, string>()
    for (const by of ways) {
      const { totals } = await reconciliation(auditor, `?by=${by}`)
      before.set(by, totals.committed ?? '')
    }
    expect(new Set(before.values()).size).toBe(1)
    const held = await commit(officer, approver, { measure: 'QC-26', amount: '1000.00' })
    await post(officer, approver, { measure: 'QC-26', amount: '400.00', commitment: held.id })
    const cents = (text = '') => BigInt(text.replace('.', ''))
    for (const by of ways) {
      const { totals } = await reconciliation(auditor, `?by=${by}`)
      expect(cents(totals.committed) - cents(before.get(by))).toBe(60_000n)
    }
    for (const [by, key] of [
      ['measure', 'QC-26'],
      ['envelope', 'QC-M26'],
    ]) {
      const { row } = await reconciliation(auditor, `?by=${by}`)
      expect(row(key ?? '')).toMatchObject({ committed: '600.00', spent: '400.00' })
    }
    const byPeriod = await reconciliation(auditor, '?by=period')
    expect(byPeriod.row('2025-2026-P03').committed).toBe('-400.00')
  })

  test('flag a measure whose commitments and spending are above what is planned', async () => {
    // QC-MA3 grants 450 000.00: all is committed, then spending goes beyond it.
    await commit(officer, approver, { measure: 'QC-A3', amount: '450000.00' })
    const { row: full } = await reconciliation(auditor)
    expect(full('QC-A3')).toMatchObject({ available: '0.00', flags: [] })
    await post(officer, approver, { measure: 'QC-A3', amount: '5.00', justification: 'Autorisé' })
    const { row } = await reconciliation(auditor)
    expect(row('QC-A3')).toMatchObject({ available: '-5.00', flags: ['over-committed'] })
  })
})

describe('bad input', () => {
  const refusals: readonly [string, Record<string, unknown>, string, string][] = [
    ['a self-funded measure', { measure: 'QC-6' }, '/measure', 'commitments/self-funded'],
    [
      'a year after the term',
      { fiscalYear: '2026-2027' },
      '/fiscalYear',
      'commitments/year-not-opened',
    ],
    [
      'a year of a recurring amount that is not opened yet',
      { organization: 'MSP', measure: null, envelope: 'CA-2009', fiscalYear: '2027-2028' },
      '/fiscalYear',
      'commitments/year-not-opened',
    ],
    ['an unknown measure', { measure: 'QC-99' }, '/measure', 'expenditures/measure-unknown'],
    [
      'an envelope that is not of the measure',
      { envelope: 'QC-M15' },
      '/envelope',
      'expenditures/envelope-not-of-measure',
    ],
    ['neither', { measure: null }, '/measure', 'expenditures/cell-missing'],
  ]
  test.each(refusals)('%s', (_what, change, pointer, code) =>
    expectRefusal(app, { status: 422, code, errors: [[pointer, code]] }, (headers) =>
      officer.send('POST', '/commitments', { body: commitment(change), headers }),
    ),
  )

  test('more than the envelope can bear: the refusal says every operand', async () => {
    // QC-MA4 grants 40 000.00.
    const document = await proposed(officer, { measure: 'QC-A4', amount: '40000.01' })
    const expected = { status: 422, code: 'commitments/above-headroom', says: [document.number] }
    await expectRefusal(app, expected, (headers) =>
      approver.send('POST', `/commitments/${document.id}/approve`, {
        version: document.version,
        headers,
      }),
    )
    const { body } = await step(approver, document, 'approve')
    expect(body.detail.replaceAll('\u00a0', ' ')).toBe(
      `${document.number} : 40 000,01 $ dépasse la marge de QC-MA4 pour 2025-2026, 40 000,00 $ (disponible de l’exercice 0,00 $, non réparti 40 000,00 $, insuffisance des autres exercices 0,00 $, disponible de toute la durée 40 000,00 $).`,
    )
  })

  test('approved or released by who prepared it, in whatever role', async () => {
    const both = await app.person('both', 'officer')
    await app.person('both', 'approver')
    const own = await proposed(both)
    const ownWork = { status: 403, code: 'commitments/own-work' }
    await expectRefusal(app, ownWork, (headers) =>
      both.send('POST', `/commitments/${own.id}/approve`, { version: own.version, headers }),
    )
    const approved = (await step(approver, own, 'approve')).body
    await expectRefusal(app, ownWork, (headers) =>
      both.send('POST', `/commitments/${own.id}/release`, {
        version: approved.version,
        body: reason,
        headers,
      }),
    )
    const forged = `update commitment set approved_by = 'both@vigie.test' where id = $1`
    await expect(app.database.owner.query(forged, [own.id])).rejects.toMatchObject({
      constraint: expect.stringMatching(/^commitment_/),
    })
  })

  test('released twice, or beyond what remains', async () => {
    const held = await commit(officer, approver, { measure: 'QC-25', amount: '100.00' })
    const release = (version: number, body: object) => (headers: Record<string, string>) =>
      approver.send('POST', `/commitments/${held.id}/release`, { version, body, headers })
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'commitments/above-remaining',
        errors: [['/amount', 'commitments/above-remaining']],
      },
      release(held.version, { ...reason, amount: '100.01' }),
    )
    const { body: closed } = await step(approver, held, 'release', reason)
    await expectRefusal(
      app,
      { status: 409, code: 'commitments/wrong-state', says: [held.number] },
      release(closed.version, reason),
    )
    await expectRefusal(
      app,
      { status: 412, code: 'commitments/stale' },
      release(held.version, reason),
    )
  })

  test('without a reason, or with a version nobody saw', async () => {
    const held = await proposed(officer)
    expect((await step(approver, held, 'return', {})).status).toBe(422)
    expect((await step(approver, { ...held, version: 99 }, 'approve')).status).toBe(412)
    const bare = await approver.send('POST', `/commitments/${held.id}/approve`)
    expect(bare.status).toBe(428)
  })

  test('seen by another organization like one that does not exist', async () => {
    const { id } = await commit(officer, approver)
    const foreign = await jurist.get(`/commitments/${id}`)
    const unknown = await jurist.get('/commitments/0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192')
    expect([foreign.status, foreign.body.detail]).toEqual([404, unknown.body.detail])
  })
})

describe('an expenditure that names a commitment', () => {
  const enter = (change: Record<string, unknown>) => (headers: Record<string, string>) =>
    officer.send('POST', '/expenditures', { body: draft(change), headers })
  const refused = (code: string) => ({
    status: 422,
    code,
    errors: [['/commitment', code]] as const,
  })

  test('of another envelope, of another organization, or not open is refused', async () => {
    const other = await commit(officer, approver, { measure: 'QC-15' })
    const code = 'commitments/of-another-envelope'
    await expectRefusal(app, refused(code), enter({ commitment: other.id }))
    await expectRefusal(app, refused(code), enter({ measure: 'QC-6', commitment: other.id }))

    await app.person('officer', 'officer', 'MJQ')
    await expectRefusal(
      app,
      refused('commitments/of-another-organization'),
      enter({ organization: 'MJQ', measure: 'QC-15', commitment: other.id }),
    )
    await expectRefusal(
      app,
      refused('commitments/not-open'),
      enter({ commitment: (await proposed(officer)).id }),
    )
  })

  test('is not approved once nothing remains of it', async () => {
    const held = await commit(officer, approver)
    const waiting = await submitted(officer, { commitment: held.id })
    await step(approver, held, 'release', reason)
    await expectRefusal(app, refused('commitments/not-open'), (headers) =>
      approver.send('POST', `/expenditures/${waiting.id}/approve`, {
        version: waiting.version,
        headers,
      }),
    )
  })
})

describe('corrections that cannot be', () => {
  const ask = (document: Document, kind: string, body: object) => (headers: object) =>
    officer.send('POST', `/expenditures/${document.id}/${kind}`, {
      version: document.version,
      body: { ...reason, ...body },
      headers: { ...headers },
    })

  test('a refund above the expenditure, before the service, after today, of a draft', async () => {
    const posted = await post(officer, approver, { amount: '100.00', documentNumber: 'bad' })
    const cases = [
      [{ amount: '100.01', date: '2026-01-05' }, '/amount', 'expenditures/refund-above'],
      [{ amount: '1.00', date: '2025-06-14' }, '/date', 'expenditures/refund-before-service'],
      [{ amount: '1.00', date: '2026-11-17' }, '/date', 'expenditures/refund-date-ahead'],
    ] as const
    for (const [body, pointer, code] of cases) {
      const expected = { status: 422, code, errors: [[pointer, code]] as const }
      await expectRefusal(app, expected, ask(posted, 'refund', body))
    }
    const waiting = await submitted(officer, { documentNumber: 'bad too' })
    await expectRefusal(
      app,
      { status: 409, code: 'expenditures/wrong-state' },
      ask(waiting, 'refund', { amount: '1.00', date: '2026-01-05' }),
    )
  })

  test('a reclassification to where it stands, or to nowhere', async () => {
    const posted = await post(officer, approver, { documentNumber: 'same' })
    const same = 'expenditures/same-place'
    for (const body of [{}, { measure: '12' }, { serviceDate: posted.serviceDate }]) {
      const expected = { status: 422, code: same, errors: [['/measure', same]] as const }
      await expectRefusal(app, expected, ask(posted, 'reclassify', body))
    }
    const unknown = 'expenditures/measure-unknown'
    await expectRefusal(
      app,
      { status: 422, code: unknown, errors: [['/measure', unknown]] },
      ask(posted, 'reclassify', { measure: 'QC-99' }),
    )
  })

  test('a reversal of what is reversed or reclassified already; two requests at a time', async () => {
    const posted = await post(officer, approver, { documentNumber: 'twice' })
    const { body: reversed } = await correct([officer, approver], posted, 'reverse')
    const wrongState = { status: 409, code: 'expenditures/wrong-state', says: [posted.number] }
    await expectRefusal(app, wrongState, ask(reversed, 'reverse', {}))
    await expectRefusal(app, wrongState, ask(reversed, 'reclassify', { measure: 'QC-15' }))
    const other = await post(officer, approver, { documentNumber: 'open' })
    const refund = { amount: '1.00', date: '2026-01-05' }
    const { body: asked } = await ask(other, 'refund', refund)({})
    await expectRefusal(
      app,
      { status: 409, code: 'expenditures/request-open' },
      ask(asked, 'reverse', {}),
    )
  })
})
