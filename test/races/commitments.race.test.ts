import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, proposed } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { runs } from '#test/support/tier.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

interface Document {
  readonly id: string
  readonly version: number
}

const approve = (kind: 'commitments' | 'expenditures', { id, version }: Document) =>
  approver.step(`/${kind}/${id}/approve`, version)
const release = ({ id, version }: Document, body: object = {}) =>
  approver.step(`/commitments/${id}/release`, version, { reason: 'Terminé', ...body })
const statuses = (answers: readonly Answered[]) =>
  answers.map(({ status, body }) => (status === 200 ? 200 : body.code)).toSorted()

const balancesOf = async (envelope: string) => {
  const { rows } = await app.database.owner.query(
    `select
      sum(amount) filter (where account = 'available')::text as available,
      sum(amount) filter (where account = 'committed')::text as committed
    from journal_balance where envelope = $1`,
    [envelope],
  )
  return rows[0]
}

describe('ten clients race for the last dollar of an envelope', () => {
  test('committed never exceeds available, whatever year they commit on', async () => {
    // QC-MA4 grants 40 000.00: ten times 5 000.00 is two too many.
    const years = ['2021-2022', '2023-2024', '2025-2026']
    const documents = []
    for (let place = 0; place < 10; place += 1) {
      const fiscalYear = years[place % years.length]
      documents.push(await proposed(officer, { measure: 'QC-A4', amount: '5000.00', fiscalYear }))
    }
    const answers = await Promise.all(documents.map((each) => approve('commitments', each)))
    expect(statuses(answers)).toEqual([
      ...Array.from({ length: 8 }, () => 200),
      ...Array.from({ length: 2 }, () => 'commitments/above-headroom'),
    ])
    expect(await balancesOf('QC-MA4')).toEqual({ available: '0.00', committed: '40000.00' })
  })

  test('commitments and spending of one envelope share it', async () => {
    // QC-M2 grants 50 000.00: six documents of 10 000.00 of both kinds, and one is too many.
    const waiting: (readonly ['commitments' | 'expenditures', Document])[] = []
    for (let place = 0; place < 3; place += 1) {
      const change = { measure: 'QC-2', amount: '10000.00' }
      waiting.push(['commitments', await proposed(officer, change)])
      waiting.push(['expenditures', await submitted(officer, { ...change, supplier: `${place}` })])
    }
    const answers = await Promise.all(waiting.map(([kind, each]) => approve(kind, each)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
    expect((await balancesOf('QC-M2')).available).toBe('0.00')
  })
})

describe('one commitment', () => {
  test('released by ten at once is released once', async () => {
    const held = await commit(officer, approver, { measure: 'QC-15', amount: '100.00' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => release(held)))
    expect(statuses(answers)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 'commitments/stale'),
    ])
    expect((await balancesOf('QC-M15')).committed).toBe('0.00')
  })

  test('consumed by ten at once gives what it holds and not a cent more', async () => {
    const held = await commit(officer, approver, { measure: 'QC-16', amount: '100.00' })
    const documents = []
    for (let place = 0; place < 10; place += 1) {
      const change = { measure: 'QC-16', amount: '30.00', commitment: held.id }
      // One in two is of another year, whose money is not the commitment's.
      const serviceDate = place % 2 === 0 ? '2025-06-15' : '2024-06-15'
      documents.push(await submitted(officer, { ...change, serviceDate, supplier: `${place}` }))
    }
    const answers = await Promise.all(documents.map((each) => approve('expenditures', each)))
    expect(statuses(answers)).toEqual([
      ...Array.from({ length: 4 }, () => 200),
      ...Array.from({ length: 6 }, () => 'commitments/not-open'),
    ])
    const { body } = await auditor.get(`/commitments/${held.id}`)
    expect(body).toMatchObject({ state: 'closed', consumed: '100.00', remaining: '0.00' })
  })

  const rounds = runs(6, 200)
  test(`consumed and released at once ends where one of the two orders ends (${rounds} rounds)`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const held = await commit(officer, approver, { measure: 'QC-25', amount: '100.00' })
      const change = { measure: 'QC-25', amount: '60.00', commitment: held.id }
      const spending = await submitted(officer, { ...change, documentNumber: `${round}` })
      const [consumed, released] = await Promise.all([
        approve('expenditures', spending),
        release(held),
      ])
      const { body } = await auditor.get(`/commitments/${held.id}`)
      const found = [...statuses([consumed]), ...statuses([released]), body.consumed, body.released]
      expect([
        [200, 'commitments/stale', '60.00', '0.00'],
        ['commitments/not-open', 200, '0.00', '100.00'],
      ]).toContainEqual(found)
    }
  })
})

describe('one expenditure', () => {
  test('refunded by ten at once is refunded once, and never beyond its amount', async () => {
    const posted = await post(officer, approver, { measure: 'QC-17', amount: '100.00' })
    const body = { amount: '60.00', date: '2026-01-05', reason: 'Trop-perçu' }
    const asked = await Promise.all(
      Array.from({ length: 10 }, () =>
        officer.step(`/expenditures/${posted.id}/refund`, posted.version, body),
      ),
    )
    const [first] = asked.filter(({ status }) => status === 200)
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(1)
    const url = `/expenditures/${posted.id}/requests/${first?.body.requests[0].id}/approve`
    const decided = await Promise.all(
      Array.from({ length: 10 }, () => approver.step(url, first?.body.version)),
    )
    expect(decided.filter(({ status }) => status === 200)).toHaveLength(1)
    const read = await auditor.get(`/expenditures/${posted.id}`)
    expect(read.body.refunded).toBe('60.00')
  })

  test('and its neighbours reclassified past one another all arrive', async () => {
    const places = ['QC-13', 'QC-20', 'QC-23', 'QC-29']
    const asked = []
    for (const [place, measure] of places.entries()) {
      for (let each = 0; each < 2; each += 1) {
        const posted = await post(officer, approver, { measure, documentNumber: `${each}` })
        const target = places[(place + 1 + each) % places.length]
        const body = { measure: target, reason: 'Mauvaise mesure' }
        asked.push(
          (await officer.step(`/expenditures/${posted.id}/reclassify`, posted.version, body)).body,
        )
      }
    }
    const answers = await Promise.all(
      asked.map(({ id, version, requests }) =>
        approver.step(`/expenditures/${id}/requests/${requests[0].id}/approve`, version),
      ),
    )
    expect(statuses(answers)).toEqual(asked.map(() => 200))
  })
})

test('the record is whole after all of it', async () => {
  expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
})
